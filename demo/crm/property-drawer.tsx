import { useEffect, useRef } from "preact/hooks";
import type { PropertyRecord } from "../data/records.ts";
import { CampaignsTab } from "./campaigns-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { OwnersTab } from "./owners-tab.tsx";
import { StatusBadge } from "./property-list.tsx";
import { closeDrawer, openDrawer, type Tab, tabs } from "./state.ts";
import { TimelineTab } from "./timeline-tab.tsx";

const labels: Record<Tab, string> = {
  overview: "Overview",
  owners: "Owners",
  timeline: "Timeline",
  campaigns: "Campaigns",
};

const panels = {
  overview: OverviewTab,
  owners: OwnersTab,
  timeline: TimelineTab,
  campaigns: CampaignsTab,
} satisfies Record<Tab, (props: { property: PropertyRecord }) => unknown>;

export function PropertyDrawer({ property, tab }: { property: PropertyRecord; tab: Tab }) {
  const drawer = useRef<HTMLElement>(null);
  const [street, ...place] = property.UnparsedAddress.split(", ");
  useFocusInside(drawer, property.id);
  const Panel = panels[tab];
  return (
    <>
      <div class="backdrop" onClick={closeDrawer} aria-hidden="true" />
      <section
        ref={drawer}
        class="drawer"
        role="dialog"
        aria-labelledby="drawer-title"
        tabIndex={-1}
        onKeyDown={(event) => event.key === "Escape" && closeDrawer()}
      >
        <header>
          <div>
            <h2 id="drawer-title">{street}</h2>
            <p>
              {place.join(", ")} <StatusBadge status={property.StandardStatus} />
            </p>
          </div>
          <button type="button" class="close" aria-label="Close" onClick={closeDrawer}>
            ×
          </button>
        </header>
        <TabList property={property} tab={tab} />
        <div class="panel" role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
          <Panel property={property} />
        </div>
      </section>
    </>
  );
}

function TabList({ property, tab }: { property: PropertyRecord; tab: Tab }) {
  const move = (by: number) => {
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab;
    openDrawer(property, next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label="Property"
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") move(1);
        if (event.key === "ArrowLeft") move(-1);
      }}
    >
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === tab}
          {...(name === tab ? { "aria-controls": `panel-${name}` } : {})}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => openDrawer(property, name)}
        >
          {labels[name]}
        </button>
      ))}
    </div>
  );
}

/**
 * Moves focus into the drawer when the drawer opens, and back to the property's row when the drawer
 * closes.
 */
function useFocusInside(drawer: { current: HTMLElement | null }, propertyId: string): void {
  useEffect(() => {
    drawer.current?.focus();
    return () => document.getElementById(`open-${propertyId}`)?.focus();
  }, [drawer, propertyId]);
}
