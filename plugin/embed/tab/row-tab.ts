import { getAttribute, hiddenMark } from "./own-nodes.ts";
import { createOwnTab, linkPanel, type OwnTab } from "./own-tab.ts";
import { findSelectedTab } from "./selected-tab.ts";
import { copyIndicator, type Indicator } from "./tab-indicator.ts";
import { findKeyTarget } from "./tab-keys.ts";
import { applyLook, CoveredTab, readLooks } from "./tab-look.ts";
import { chooseLabel, type TabOptions } from "./tab-options.ts";
import { findPanelPlace, type PanelPlace, type TabRow } from "./tab-row.ts";

export type TabContext = {
  drawer: Element;
  panel: HTMLElement;
  getOptions: () => TabOptions;
  fill: () => void;
  /** Called when a node of the plugin has to be added again. */
  noteReturn: () => void;
};

/** The plugin's tab in the host's row of tabs, with its panel beside the host's panels. */
export class RowTab {
  readonly #context: TabContext;
  #own: OwnTab | null = null;
  #row: TabRow | null = null;
  #place: PanelPlace | null = null;
  #isOpen = false;
  #covered: CoveredTab | null = null;
  /** The position of the covered tab, by which a new tab of the same position is known. */
  #coveredAt = -1;
  #indicator: Indicator | null = null;
  readonly #hidden = new Set<Element>();
  /** The host's tab that was clicked last, for rows in which no sign names the selected tab. */
  #clicked: HTMLElement | null = null;

  constructor(context: TabContext) {
    this.#context = context;
  }

  readonly #read = (tab: HTMLElement, name: string): string | null =>
    this.#covered?.tab === tab ? this.#covered.read(name) : getAttribute(tab, name);

  #findSelected(tabs: readonly HTMLElement[]): HTMLElement | null {
    const clicked = this.#clicked && tabs.includes(this.#clicked) ? this.#clicked : null;
    return findSelectedTab(tabs, this.#read) ?? clicked ?? tabs[0] ?? null;
  }

  /** Adds the tab, or brings the tab in line with the host's row. Writes only differences. */
  show(found: TabRow): void {
    this.#row = found;
    const { panel, drawer, getOptions } = this.#context;
    const own = this.#placeTab(found);
    this.#place = findPanelPlace(drawer, found, getOptions(), this.#place);
    if (panel.parentElement !== this.#place.box) {
      if (this.#place.shown) panel.className = this.#place.shown.className;
      this.#place.box.append(panel);
      this.#context.noteReturn();
    }
    linkPanel(panel, own.tab);
    const selected = this.#findSelected(found.tabs);
    if (this.#isOpen && this.#hasHostMoved(found.tabs, selected)) this.#uncover();
    const looks = readLooks(found.tabs, selected, this.#read);
    applyLook(own.tab, this.#isOpen ? looks.selected : looks.idle, this.#isOpen);
    panel.hidden = !this.#isOpen;
    if (!this.#isOpen) return;
    if (selected && this.#covered?.tab !== selected) this.#covered = new CoveredTab(selected);
    this.#coveredAt = selected ? found.tabs.indexOf(selected) : -1;
    this.#hide(this.#place.replaced);
    if (selected && !this.#indicator?.host.isConnected) this.#moveIndicator(found.row, selected, own.tab);
    this.#covered?.cover(looks.idle);
  }

  /** Adds the tab at the end of the row, as a sibling of the host's last tab. */
  #placeTab({ row, tabs }: TabRow): OwnTab {
    const sample = tabs.at(-1) ?? null;
    const last = this.#own;
    const isUsable = last && row.contains(last.tab) && last.tab.localName === (sample?.localName ?? "button");
    const own = isUsable ? last : createOwnTab(row, sample, chooseLabel(this.#context.getOptions()));
    const isAfter =
      sample === null || sample.compareDocumentPosition(own.outer) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (isUsable && isAfter) return own;
    if (last !== own) last?.outer.remove();
    let outermost = sample;
    while (outermost?.parentElement && outermost.parentElement !== row) outermost = outermost.parentElement;
    (outermost?.parentElement ?? row).append(own.outer);
    this.#own = own;
    this.#context.noteReturn();
    return own;
  }

  /** Returns whether the host has selected another tab while the plugin's tab is open. */
  #hasHostMoved(tabs: readonly HTMLElement[], selected: HTMLElement | null): boolean {
    if (this.#covered === null || selected === null || selected === this.#covered.tab) return false;
    const isSameTabAgain = !this.#covered.tab.isConnected && tabs.indexOf(selected) === this.#coveredAt;
    return !isSameTabAgain;
  }

  #hide(elements: readonly Element[]): void {
    for (const element of this.#hidden)
      if (!elements.includes(element)) {
        element.removeAttribute(hiddenMark);
        this.#hidden.delete(element);
      }
    for (const element of elements) {
      if (!element.hasAttribute(hiddenMark)) element.setAttribute(hiddenMark, "");
      this.#hidden.add(element);
    }
  }

  #moveIndicator(row: Element, selected: HTMLElement, tab: HTMLElement): void {
    this.#indicator?.own.remove();
    this.#indicator = copyIndicator(row, selected, tab);
    this.#indicator?.host.setAttribute(hiddenMark, "");
  }

  open(): void {
    if (this.#row === null) return;
    this.#isOpen = true;
    this.#context.fill();
    this.show(this.#row);
  }

  /** Shows the host's selected tab and panel again. */
  #uncover(): void {
    this.#isOpen = false;
    this.#covered?.uncover();
    this.#covered = null;
    this.#hide([]);
    this.#indicator?.host.removeAttribute(hiddenMark);
    this.#indicator?.own.remove();
    this.#indicator = null;
    this.#context.panel.hidden = true;
  }

  #close(): void {
    this.#uncover();
    if (this.#row) this.show(this.#row);
  }

  /** An attribute that the host has written keeps the host's value. */
  noteHostChanges(records: readonly MutationRecord[]): void {
    for (const { target, attributeName } of records)
      if (attributeName && target === this.#covered?.tab) this.#covered.noteHostChange(attributeName);
  }

  /**
   * Handles an event of the drawer before the host does. An event of the plugin's tab does not
   * reach the host. For a host's tab, the host first gets its row back as it was.
   */
  handle(event: Event): void {
    const { target } = event;
    const tab = target instanceof Node ? this.#own?.tab : undefined;
    if (!tab || !this.#row || !(target instanceof Node)) return;
    const hostTab = this.#row.tabs.find((one) => one.contains(target));
    if (event instanceof KeyboardEvent) this.#handleKey(event, tab.contains(target) ? tab : hostTab);
    else if (tab.contains(target)) {
      if (event.type !== "click") return;
      event.preventDefault();
      event.stopPropagation();
      if (!this.#isOpen) this.open();
    } else if (hostTab) {
      this.#clicked = hostTab;
      if (this.#isOpen) this.#close();
    }
  }

  #handleKey(event: KeyboardEvent, focused: HTMLElement | undefined): void {
    const own = this.#own?.tab;
    if (!own || !this.#row || !focused || event.ctrlKey || event.altKey || event.metaKey) return;
    const isPress = event.key === "Enter" || event.key === " ";
    if (isPress && focused !== own && this.#isOpen) this.#close();
    const isOwnPress = isPress && focused === own && !(own instanceof HTMLButtonElement);
    const isTablist = own.getAttribute("role") === "tab";
    const next = isTablist ? findKeyTarget(event.key, focused, { ...this.#row, own }) : null;
    if (!isOwnPress && next === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (isOwnPress || next === own) {
      own.focus();
      if (!this.#isOpen) this.open();
    } else if (next) {
      this.#close();
      next.focus();
      next.click();
    }
  }

  remove(): void {
    if (this.#own === null) return;
    this.#uncover();
    this.#own.outer.remove();
    this.#own = null;
    this.#row = null;
    this.#place = null;
    this.#context.panel.remove();
    this.#context.panel.removeAttribute("class");
  }
}
