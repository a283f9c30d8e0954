import { Tab, TabGroup, TabList, TabPanel, TabPanels } from "@headlessui/react";
import { tabs, writeText } from "./drawer.js";
import { render } from "./react-drawer.jsx";

/* Tabs of Headless UI. A selected tab has other classes than the other tabs, as Tailwind hosts do. */
render(({ count }) => (
  <TabGroup>
    <TabList className="row">
      {tabs.map((name) => (
        <Tab key={name} className={({ selected }) => (selected ? "tab bold" : "tab")}>
          {name}
        </Tab>
      ))}
    </TabList>
    <TabPanels>
      {tabs.map((name) => (
        <TabPanel key={name}>{writeText(name, count)}</TabPanel>
      ))}
    </TabPanels>
  </TabGroup>
));
