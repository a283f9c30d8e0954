import type { DoorknockElement } from "../../host/host.ts";
import { attach } from "./attached-tab.ts";
import { adviseOnTab } from "./host-advice.ts";
import type { AutoInjectOptions } from "./tab-options.ts";

type Added = { element: DoorknockElement; off: () => void; propertyId: string };

/**
 * Asks the host for the records of the element's property, and sets the records on the element.
 * Drops records that arrive after the agent has moved to another property.
 */
async function loadHostRecords(
  { element }: Added,
  drawer: Element,
  options: AutoInjectOptions,
): Promise<void> {
  const propertyId = element.getAttribute("property-id");
  const [property, contacts] = await Promise.all([options.property?.(drawer), options.contacts?.(drawer)]);
  if (element.getAttribute("property-id") !== propertyId) return;
  element.property = property ?? null;
  element.contacts = contacts ?? null;
}

/** Tells the host's developer that a function of the options has failed. */
const adviseOnFailure = (cause: unknown) =>
  adviseOnTab(`A function of \`autoInject\` failed: ${cause instanceof Error ? cause.message : cause}`);

/**
 * Adds the tab to every drawer that matches `options.drawer`, also to drawers that come later.
 * Returns a function that removes all tabs for good.
 */
export function autoInject(options: AutoInjectOptions): () => void {
  const added = new Map<Element, Added>();
  let isPlanned = false;
  let isOver = false;

  const detach = (drawer: Element) => {
    added.get(drawer)?.off();
    added.delete(drawer);
  };
  const findProperty = (drawer: Element): string | null => {
    try {
      return options.propertyId(drawer);
    } catch (cause) {
      adviseOnFailure(cause);
      return null;
    }
  };
  const follow = (drawer: Element) => {
    const propertyId = findProperty(drawer);
    if (!propertyId) return detach(drawer);
    if (added.get(drawer)?.propertyId === propertyId) return;
    const { property: _property, contacts: _contacts, drawer: _drawer, ...tab } = options;
    const used = { ...attach(drawer, { ...tab, propertyId }), propertyId };
    added.set(drawer, used);
    loadHostRecords(used, drawer, options).catch(adviseOnFailure);
  };
  const look = () => {
    isPlanned = false;
    if (isOver) return;
    for (const drawer of [...added.keys()]) if (!drawer.isConnected) detach(drawer);
    document.querySelectorAll(options.drawer).forEach(follow);
  };
  const observer = new MutationObserver(() => {
    if (!isPlanned) requestAnimationFrame(look);
    isPlanned = true;
  });
  observer.observe(document.documentElement, { childList: true, subtree: true, attributes: true });
  look();
  return () => {
    isOver = true;
    observer.disconnect();
    for (const drawer of [...added.keys()]) detach(drawer);
  };
}
