import type { DoorknockElement } from "../../host/host.ts";
import { adviseOnTab } from "./host-advice.ts";
import { addRules, isOwn } from "./own-nodes.ts";
import { createPanel } from "./own-tab.ts";
import { RowTab } from "./row-tab.ts";
import { SectionTab } from "./section-tab.ts";
import { findPropertyId, type TabOptions } from "./tab-options.ts";
import { findTabRow } from "./tab-row.ts";

/**
 * The plugin's tab in one drawer. Another call for the same drawer, also of another build, finds
 * the tab at the drawer and uses it.
 */
export type AttachedTab = {
  readonly element: DoorknockElement;
  /**
   * Shows the tab with other options. Returns a function that removes the tab if no later call uses
   * it.
   */
  use(options: TabOptions): () => void;
};

const key = Symbol.for("doorknock.tab");
type Drawer = Element & { [key]?: AttachedTab };

/** Hosts often add the row of tabs a moment after the drawer. Until then no section is shown. */
const sectionDelayMs = 300;
/** More returns in a short time mean that the page removes the tab again and again. */
const mostReturns = 30;
const returnsMs = 10_000;

/** Adds the plugin's tab to the drawer, or finds the tab that the drawer has. */
export function attach(drawer: Drawer, options: TabOptions): { element: DoorknockElement; off: () => void } {
  const tab = drawer[key] ?? createAttachedTab(drawer);
  drawer[key] = tab;
  return { element: tab.element, off: tab.use(options) };
}

function createAttachedTab(drawer: Drawer): AttachedTab {
  const element = document.createElement("doorknock-campaigns") as DoorknockElement;
  const panel = createPanel();
  const removeRules = addRules(drawer);
  const listening = new AbortController();
  let options: TabOptions = {};
  let mayUseSection = false;
  let returns: number[] = [];

  const applyProperty = () => {
    const id = findPropertyId(drawer, options);
    if (id !== element.getAttribute("property-id")) {
      if (id === null) element.removeAttribute("property-id");
      else element.setAttribute("property-id", id);
    }
  };
  const context = {
    drawer,
    panel,
    getOptions: () => options,
    /** The element is added when the agent first opens the tab, because it loads the plugin. */
    fill: () => {
      if (element.isConnected) return;
      panel.append(element);
      if (findPropertyId(drawer, options) === null)
        adviseOnTab(
          "The drawer has no property. Give `propertyId`, or set `data-property-id` on the drawer.",
        );
    },
    noteReturn: () => returns.push(performance.now()),
  };
  const rowTab = new RowTab(context);
  const section = new SectionTab(context);

  const settle = () => {
    returns = returns.filter((at) => performance.now() - at < returnsMs);
    if (returns.length > mostReturns) {
      adviseOnTab("The page removes the tab again and again, so the tab is no longer added.");
      remove();
      return;
    }
    const found = findTabRow(drawer, options);
    if (found) section.remove();
    else rowTab.remove();
    if (found) rowTab.show(found);
    else if (mayUseSection) section.show();
    applyProperty();
  };
  /** Runs a function that changes nodes, so that the observer does not report these changes. */
  const change = (act: () => void) => {
    const pending = observer.takeRecords();
    rowTab.noteHostChanges(pending);
    act();
    if (pending.length > 0 && act !== settle) settle();
    observer.takeRecords();
  };
  let isPlanned = false;
  let isWaiting = false;
  const settleInFrame = () => {
    isPlanned = false;
    if (!isWaiting || listening.signal.aborted) return;
    isWaiting = false;
    change(settle);
  };
  const observer = new MutationObserver((records) => {
    const ofHost = records.filter(({ target }) => !(target instanceof Element && isOwn(target)));
    if (ofHost.length === 0 || listening.signal.aborted) return;
    rowTab.noteHostChanges(ofHost);
    // The first change of a frame is answered before the page is drawn. If the page answers the
    // plugin's change in turn, the plugin waits for the next frame, so that both never loop.
    if (isPlanned) isWaiting = true;
    else {
      isPlanned = true;
      requestAnimationFrame(settleInFrame);
      change(settle);
    }
  });
  const remove = () => {
    listening.abort();
    observer.disconnect();
    rowTab.remove();
    section.remove();
    panel.remove();
    element.remove();
    removeRules();
    delete drawer[key];
  };
  const start = () => {
    observer.observe(drawer, { childList: true, subtree: true, attributes: true });
    for (const name of ["mousedown", "click", "keydown"])
      drawer.addEventListener(name, (event) => change(() => rowTab.handle(event)), {
        capture: true,
        signal: listening.signal,
      });
    setTimeout(() => {
      if (listening.signal.aborted) return;
      mayUseSection = true;
      const { tablist } = options;
      if (tablist !== undefined && !drawer.querySelector(tablist))
        adviseOnTab(`The drawer has no row of tabs ${tablist}. A section stands in for the tab.`);
      change(settle);
    }, sectionDelayMs);
  };
  start();

  let user = 0;
  return {
    element,
    use: (given) => {
      options = given;
      user += 1;
      const own = user;
      change(settle);
      if (given.property !== undefined) element.property = given.property;
      if (given.contacts !== undefined) element.contacts = given.contacts;
      return () => {
        if (user === own && !listening.signal.aborted) remove();
      };
    },
  };
}
