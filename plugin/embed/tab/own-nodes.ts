/** Every node that the plugin adds to the host's drawer has this attribute. */
export const ownAttribute = "data-doorknock";
/** Every node of the host that the plugin hides has this attribute. */
export const hiddenMark = "data-doorknock-hidden";

const rules = `
[${hiddenMark}], [${ownAttribute}][hidden] { display: none !important }
[${ownAttribute}=section] { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent) }
[${ownAttribute}=opener] {
  all: unset; box-sizing: border-box; display: flex; align-items: center; justify-content: space-between;
  width: 100%; min-height: 44px; padding: 10px 16px; font: inherit; font-weight: 600; cursor: pointer;
}
[${ownAttribute}=opener]:focus-visible { outline: 2px solid; outline-offset: -2px }
[${ownAttribute}=opener]::after {
  content: ""; width: 7px; height: 7px; margin-inline: 8px 4px; translate: 0 -2px;
  border: solid; border-width: 0 2px 2px 0; rotate: 45deg;
}
[${ownAttribute}=opener][aria-expanded=true]::after { translate: 0 2px; rotate: -135deg }
[${ownAttribute}=opener][data-flush] { padding-inline: 0 }
`;

let sheet: CSSStyleSheet | null = null;
/** The number of attached tabs in each document or shadow root. */
const users = new WeakMap<Document | ShadowRoot, number>();

/**
 * Adds the rules for the plugin's nodes and hidden nodes to the drawer's document or shadow root.
 * Hiding by a rule neither moves nor removes nodes that a framework owns.
 * @returns a function that removes the rules if no other tab needs them
 */
export function addRules(drawer: Element): () => void {
  const found = drawer.getRootNode();
  const root = found instanceof ShadowRoot ? found : document;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
  }
  const used = sheet;
  if (!root.adoptedStyleSheets.includes(used)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, used];
  users.set(root, (users.get(root) ?? 0) + 1);
  return () => {
    const left = (users.get(root) ?? 1) - 1;
    users.set(root, left);
    if (left === 0) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== used);
  };
}

export const isOwn = (node: Element): boolean => node.closest(`[${ownAttribute}]`) !== null;

/** Sets or removes an attribute. Writes only a change, because each write wakes the observers. */
export function setAttribute(element: HTMLElement, name: string, value: string | null): void {
  // A policy of the page can forbid the attribute `style`, but not the property.
  if (name === "style") {
    if (element.style.cssText !== (value ?? "")) element.style.cssText = value ?? "";
  } else if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export const getAttribute = (element: HTMLElement, name: string): string | null =>
  name === "style" ? element.style.cssText : element.getAttribute(name);

let lastId = 0;
export const createId = (kind: string): string => {
  lastId += 1;
  return `doorknock-${kind}-${lastId}`;
};
