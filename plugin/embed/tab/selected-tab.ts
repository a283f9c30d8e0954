/** Reads an attribute of a host's tab as the host has set it. */
export type ReadAttribute = (tab: HTMLElement, name: string) => string | null;

const says = (value: string | null, words: RegExp) => value !== null && words.test(value);

/** The signs of a selected tab, from the surest to the weakest. */
const signs: readonly ((tab: HTMLElement, read: ReadAttribute) => boolean)[] = [
  (tab, read) => read(tab, "aria-selected") === "true",
  (tab, read) => says(read(tab, "data-state"), /^(active|selected|on)$/),
  (tab, read) => says(read(tab, "data-headlessui-state"), /\bselected\b/),
  (tab, read) => says(read(tab, "data-selected"), /^(?!false$)/),
  (tab, read) => says(read(tab, "data-active"), /^(?!false$)/),
  (tab, read) => says(read(tab, "aria-current"), /^(?!false$)/),
  (tab, read) => read(tab, "aria-pressed") === "true",
  (tab, read) => (read(tab, "class") ?? "").split(/\s+/).some((word) => isStateWord(word)),
];

/**
 * Returns whether a class such as `active`, `is-selected` or `Mui-selected` names a selected tab.
 */
const isStateWord = (word: string): boolean =>
  /^[\w-]+$/.test(word) && /(^|[-_])(active|selected|current)($|[-_])/i.test(word);

/** Returns the classes without those that name a selected or a focused tab. */
export const removeStateWords = (classes: string): string =>
  classes
    .split(/\s+/)
    .filter((word) => !isStateWord(word))
    .join(" ");

/** Returns the one tab whose class and style differ from those of all other tabs. */
function findOddTab(tabs: readonly HTMLElement[], read: ReadAttribute): HTMLElement | null {
  const looks = tabs.map((tab) => `${read(tab, "class")} ${read(tab, "style")}`);
  const count = (look: string | undefined) => looks.filter((one) => one === look).length;
  if (new Set(looks).size !== 2) return null;
  const odd = tabs.filter((_, at) => count(looks[at]) === 1);
  return odd.length === 1 ? (odd[0] ?? null) : null;
}

/** Finds the tab that the host shows as selected. Returns null if no sign tells. */
export function findSelectedTab(tabs: readonly HTMLElement[], read: ReadAttribute): HTMLElement | null {
  for (const sign of signs) {
    const found = tabs.filter((tab) => sign(tab, read));
    if (found.length === 1) return found[0] ?? null;
  }
  return findOddTab(tabs, read);
}
