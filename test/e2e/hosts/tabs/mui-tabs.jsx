import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { useState } from "react";
import { tabs, writeText } from "./drawer.js";
import { render } from "./react-drawer.jsx";

/* Tabs of MUI, with panels as in MUI's documentation. A line below the tab marks the selected tab. */
render(function MuiTabs({ count }) {
  const [value, setValue] = useState(0);
  return (
    <>
      <Tabs value={value} onChange={(_, next) => setValue(next)} aria-label="House">
        {tabs.map((name, at) => (
          <Tab key={name} label={name} id={`tab-${at}`} aria-controls={`panel-${at}`} />
        ))}
      </Tabs>
      {tabs.map((name, at) => (
        <div
          key={name}
          role="tabpanel"
          hidden={value !== at}
          id={`panel-${at}`}
          aria-labelledby={`tab-${at}`}
        >
          {value === at && <p>{writeText(name, count)}</p>}
        </div>
      ))}
    </>
  );
});
