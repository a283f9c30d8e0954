import { isOwn, ownAttribute } from "./own-nodes.ts";

/** The line or shape by which some libraries, such as MUI, mark the selected tab. */
export type Indicator = { host: HTMLElement; own: HTMLElement };

const isOverlapping = (one: DOMRect, other: DOMRect) =>
  one.left >= other.left - 2 && one.right <= other.right + 2;

function isIndicator(element: Element, selected: DOMRect): element is HTMLElement {
  if (!(element instanceof HTMLElement) || isOwn(element)) return false;
  if (element.childElementCount > 0 || element.textContent?.trim()) return false;
  if (getComputedStyle(element).position !== "absolute") return false;
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && isOverlapping(box, selected);
}

/**
 * Finds the host's indicator below or in its selected tab, and creates a copy for the plugin's tab.
 * Returns null if the host has none.
 */
export function copyIndicator(row: Element, selected: HTMLElement, tab: HTMLElement): Indicator | null {
  const near = [...row.children, ...(row.parentElement?.children ?? [])];
  const place = selected.getBoundingClientRect();
  const host = [...near, ...selected.children].find((one) => isIndicator(one, place));
  if (!(host instanceof HTMLElement)) return null;
  const own = document.createElement(host.localName);
  own.className = host.className;
  own.setAttribute(ownAttribute, "indicator");
  own.style.cssText = host.style.cssText;
  if (selected.contains(host)) tab.append(own);
  else {
    const target = tab.getBoundingClientRect();
    own.style.left = `${host.offsetLeft + target.left - place.left}px`;
    own.style.right = "auto";
    own.style.width = `${target.width - (place.width - host.offsetWidth)}px`;
    own.style.transition = "none";
    host.parentElement?.append(own);
  }
  return { host, own };
}
