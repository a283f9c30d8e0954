import { render } from "preact";
import { getDemoNow, startClock } from "./clock.ts";
import "./crm.css";
import "./drawer.css";
import { DemoBar } from "./demo-bar.tsx";
import { startDoorknock } from "./doorknock.ts";
import { PastWeeksButton } from "./past-weeks.tsx";
import { PropertyDrawer } from "./property-drawer.tsx";
import { PropertyList } from "./property-list.tsx";
import { RoleSwitch, signedInAs } from "./role-switch.tsx";
import {
  addActivity,
  currentDrawer,
  isOutreachPage,
  openDrawerById,
  outreachView,
  putOutreachViewInUrl,
} from "./state.ts";

function Crm() {
  const current = currentDrawer.value;
  return (
    <>
      <DemoBar />
      <div class="page" inert={current !== null}>
        <header class="top">
          <span class="brand">Parcelbook</span>
          <nav class="pages" aria-label="Pages">
            <a href="#/" aria-current={isOutreachPage.value ? undefined : "page"}>
              Properties
            </a>
            <a href="#/outreach" aria-current={isOutreachPage.value ? "page" : undefined}>
              Outreach
            </a>
          </nav>
          <span class="agent">
            <span class="agent-name">{signedInAs.value.name}</span>
            <RoleSwitch />
            <span class="avatar" aria-hidden="true">
              {signedInAs.value.initials}
            </span>
          </span>
        </header>
        <main>
          {isOutreachPage.value ? (
            <>
              <doorknock-campaigns view={outreachView.value} />
              <PastWeeksButton />
            </>
          ) : (
            <PropertyList />
          )}
        </main>
      </div>
      {current && <PropertyDrawer property={current.property} tab={current.tab} />}
    </>
  );
}

startDoorknock({
  onNews: (propertyId, text) => {
    const on = (getDemoNow() ?? new Date()).toISOString().slice(0, 10);
    addActivity(propertyId, { on, text });
  },
  onOpenProperty: (propertyId) => openDrawerById(propertyId, "campaigns"),
  onHomeMove: putOutreachViewInUrl,
});

const root = document.getElementById("app");
if (root !== null) render(<Crm />, root);
await startClock();
