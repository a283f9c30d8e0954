import { type ReadonlySignal, signal } from "@preact/signals";
import type { Appearance } from "../host/host.ts";

export type Theme = "light" | "dark";

const darkSystem = matchMedia("(prefers-color-scheme: dark)");

/** The attributes by which common UI kits name the theme of a page or of a part of the page. */
const themeAttributes = [
  "data-theme",
  "data-bs-theme",
  "data-mode",
  "data-color-mode",
  "data-mui-color-scheme",
];

const isTheme = (word: string | null): word is Theme => word === "light" || word === "dark";

/** Lists the elements around the tab, from the inside out, also through the host's shadow roots. */
function listAncestors(element: Element): Element[] {
  const root = element.getRootNode();
  const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  return parent === null ? [] : [parent, ...listAncestors(parent)];
}

function findNamedTheme(ancestor: Element): Theme | undefined {
  const words = [...ancestor.classList, ...themeAttributes.map((name) => ancestor.getAttribute(name))];
  return words.find(isTheme);
}

/**
 * Returns the theme of the host's page around the tab: the theme that the nearest ancestor names by
 * a class or an attribute, otherwise the page's `color-scheme`. If the page has neither, or follows
 * the system itself, returns the theme of the system.
 */
export function findHostTheme(element: Element): Theme {
  const ancestors = listAncestors(element);
  const named = ancestors.map(findNamedTheme).find((theme) => theme !== undefined);
  if (named !== undefined) return named;
  const [parent] = ancestors;
  const scheme = parent === undefined ? "" : getComputedStyle(parent).colorScheme.replace("only", "").trim();
  return isTheme(scheme) ? scheme : darkSystem.matches ? "dark" : "light";
}

/**
 * Follows the theme of the host's page around the tab. The caller calls `update` after the element
 * has moved, and `stop` in the end.
 */
export function followHostTheme(element: Element): {
  theme: ReadonlySignal<Theme>;
  update: () => void;
  stop: () => void;
} {
  const theme = signal(findHostTheme(element));
  const read = () => {
    theme.value = findHostTheme(element);
  };
  const observer = new MutationObserver(read);
  const update = () => {
    observer.disconnect();
    for (const ancestor of listAncestors(element))
      observer.observe(ancestor, { attributeFilter: ["class", "style", ...themeAttributes] });
    read();
  };
  darkSystem.addEventListener("change", read);
  return {
    theme,
    update,
    stop: () => {
      observer.disconnect();
      darkSystem.removeEventListener("change", read);
    },
  };
}

/** Returns the theme of the tab: the element's own, the theme of `init`, or by default "light". */
export function chooseTheme(element: Element, appearance: Appearance | undefined, host: Theme): Theme {
  const wanted = element.getAttribute("theme") ?? appearance?.theme ?? "light";
  if (wanted === "auto") return host;
  return wanted === "dark" ? "dark" : "light";
}
