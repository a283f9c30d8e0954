const isDisabled = (tab: HTMLElement) => tab.matches(":disabled, [aria-disabled=true], [data-disabled]");

/** Translates an arrow key to a step in the row of tabs. Returns 0 for a key of the other axis. */
function toStep(key: string, row: HTMLElement): -1 | 0 | 1 {
  const isVertical = row.getAttribute("aria-orientation") === "vertical";
  const isRtl = getComputedStyle(row).direction === "rtl";
  const [back, forward] = isVertical
    ? ["ArrowUp", "ArrowDown"]
    : isRtl
      ? ["ArrowRight", "ArrowLeft"]
      : ["ArrowLeft", "ArrowRight"];
  return key === back ? -1 : key === forward ? 1 : 0;
}

/**
 * Returns the tab to which a key moves if the plugin's tab is at the start or at the end of the
 * move; otherwise null, and the key is left to the host. The plugin's tab is the last tab.
 */
export function findKeyTarget(
  key: string,
  focused: HTMLElement,
  { row, tabs, own }: { row: HTMLElement; tabs: readonly HTMLElement[]; own: HTMLElement },
): HTMLElement | null {
  const all = [...tabs.filter((tab) => !isDisabled(tab)), own];
  const at = all.indexOf(focused);
  if (at < 0) return null;
  const step = toStep(key, row);
  const next = key === "Home" ? 0 : key === "End" ? all.length - 1 : (at + step + all.length) % all.length;
  const target = all[next];
  if (target === undefined || target === focused) return null;
  return focused === own || target === own ? target : null;
}
