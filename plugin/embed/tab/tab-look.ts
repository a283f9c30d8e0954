import { getAttribute, setAttribute } from "./own-nodes.ts";
import { type ReadAttribute, removeStateWords } from "./selected-tab.ts";

/** The attributes by which libraries and hosts tell a selected tab from the others. */
export const lookNames = [
  "class",
  "style",
  "tabindex",
  "aria-selected",
  "aria-current",
  "aria-pressed",
  "data-state",
  "data-selected",
  "data-active",
  "data-headlessui-state",
] as const;

export type TabLook = ReadonlyMap<string, string | null>;

/** Removes what a value says about the focus and the pointer. */
function removePassingState(name: string, value: string | null): string | null {
  if (value === null) return null;
  if (name === "class") return value.replace(/\S*focus-?visible\b(?!:)/gi, "").trim();
  if (name === "data-headlessui-state") return /\bselected\b/.test(value) ? "selected" : "";
  return value;
}

const readLook = (tab: HTMLElement, read: ReadAttribute): TabLook =>
  new Map(lookNames.map((name) => [name, removePassingState(name, read(tab, name))]));

/** The values of an unselected tab, for a row in which only the selected tab can be seen. */
const unselected: Readonly<Record<string, string>> = { "aria-selected": "false", "aria-pressed": "false" };

function deriveIdleLook(selected: TabLook): TabLook {
  const entries = [...selected].map(([name, value]): [string, string | null] => {
    if (name === "class") return [name, value && removeStateWords(value)];
    if (name === "style" || name === "tabindex") return [name, value];
    if (name === "data-state") return [name, value && "inactive"];
    return [name, value && (unselected[name] ?? null)];
  });
  return new Map(entries);
}

const isEnabled = (tab: HTMLElement) => !tab.matches(":disabled, [aria-disabled=true], [data-disabled]");

/** The looks of the host's selected tab and of its other tabs. */
export type TabLooks = { selected: TabLook; idle: TabLook };

export function readLooks(
  tabs: readonly HTMLElement[],
  selectedTab: HTMLElement | null,
  read: ReadAttribute,
): TabLooks {
  const others = tabs.filter((tab) => tab !== selectedTab);
  const sample = others.findLast(isEnabled) ?? others.at(-1);
  const selected = readLook(selectedTab ?? sample ?? document.createElement("button"), read);
  return { selected, idle: sample === undefined ? deriveIdleLook(selected) : readLook(sample, read) };
}

/** Gives the tab a look. A row whose tabs have no state gets `aria-pressed` for its new tab. */
export function applyLook(tab: HTMLElement, look: TabLook, isSelected: boolean): void {
  for (const [name, value] of look) setAttribute(tab, name, value);
  const isTab = tab.getAttribute("role") === "tab";
  if (isTab) setAttribute(tab, "aria-selected", String(isSelected));
  if (isTab && isSelected) setAttribute(tab, "tabindex", "0");
  if (!isTab && !look.get("aria-current") && (look.get("aria-pressed") ?? null) === null)
    setAttribute(tab, "aria-pressed", String(isSelected));
}

/**
 * The host's selected tab while the plugin's tab is open: the tab looks unselected, and gets its
 * own attributes back at the end.
 */
export class CoveredTab {
  readonly #own = new Map<string, string | null>();
  readonly tab: HTMLElement;
  constructor(tab: HTMLElement) {
    this.tab = tab;
  }

  cover(idle: TabLook): void {
    for (const [name, value] of idle) {
      const current = getAttribute(this.tab, name);
      if (current === value) continue;
      if (!this.#own.has(name)) this.#own.set(name, current);
      setAttribute(this.tab, name, value);
    }
  }

  /** Returns the attribute as the host has set it. */
  read(name: string): string | null {
    return this.#own.has(name) ? (this.#own.get(name) ?? null) : getAttribute(this.tab, name);
  }

  /** Forgets an attribute that the host has written since. The host's new value stays. */
  noteHostChange(name: string): void {
    this.#own.delete(name);
  }

  uncover(): void {
    for (const [name, value] of this.#own) setAttribute(this.tab, name, value);
    this.#own.clear();
  }
}
