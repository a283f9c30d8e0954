import * as Tabs from "@radix-ui/react-tabs";
import { tabs, writeText } from "./drawer.js";
import { render } from "./react-drawer.jsx";

/* Tabs of Radix with the markup of shadcn: the row and the panels are siblings. */
render(({ count }) => (
  <Tabs.Root defaultValue="Details" data-slot="tabs" className="flex flex-col gap-2">
    <Tabs.List data-slot="tabs-list" className="shadcn-list">
      {tabs.map((name) => (
        <Tabs.Trigger key={name} value={name} data-slot="tabs-trigger" className="shadcn-trigger">
          {name}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
    {tabs.map((name) => (
      <Tabs.Content key={name} value={name} data-slot="tabs-content" className="flex-1 outline-none">
        {writeText(name, count)}
      </Tabs.Content>
    ))}
  </Tabs.Root>
));
