import { effect } from "@preact/signals";
import { render } from "preact";
import { RequestFailure } from "../data/api.ts";
import type {
  Appearance,
  DoorknockElement,
  InitOptions,
  LoaderSettings,
  ReleasedElements,
} from "../host/host.ts";
import { isHomeElement } from "../host/place.ts";
import { getIdentity, type Identity, keepStates } from "../session/identity.ts";
import { copyHostRecords, homePagePropertyId, openSession, type Session } from "../session/state.ts";
import { getPluginStyleSheets } from "../style/style.ts";
import { Skeleton } from "../ui/feedback.tsx";
import { App } from "../views/app.tsx";
import { chooseLocale, toLanguage } from "../words/language.ts";
import { getLanguage, say, setLanguage } from "../words/say.ts";
import { keepFocusInside } from "./focus-keeper.ts";
import { loadNewerCore } from "./newer-build.ts";
import { chooseTheme, followHostTheme, type Theme } from "./theme.ts";
import { isBrowserTooOld, refuseBrowser } from "./too-old-browser.ts";

type Mount = {
  update(): void;
  /**
   * Closes the element's view if the view belongs to another agent than `identity`, or to another
   * property than the element's current property.
   */
  closeStale(identity: Identity | null): void;
  remove(): void;
};

const mounts = new Map<DoorknockElement, Mount>();
/**
 * Removes the mount (the rendered view) of each element that has left the page. If a host replaces
 * the element of a property by a new element, the new element then shows the view and the draft of
 * the old element.
 */
function removeLeftMounts(): void {
  for (const [element, mount] of mounts) {
    if (element.isConnected) continue;
    mounts.delete(element);
    mount.remove();
  }
}

const isolatedEvents = ["keydown", "keyup", "keypress"] as const;

/**
 * Keeps key events inside the shadow root, so that the host's shortcuts don't fire while the agent
 * types. The Tab key still reaches the host. The Escape key also reaches the host, unless a dialog
 * of the plugin is open.
 */
function isolateKeys(root: ShadowRoot): void {
  const stop = (event: KeyboardEvent) => {
    const isOurs = event.key === "Escape" ? root.querySelector("dialog[open]") !== null : event.key !== "Tab";
    if (isOurs) event.stopPropagation();
  };
  for (const name of isolatedEvents) root.addEventListener(name, stop as EventListener);
}

/**
 * Adds one focusable element to the light DOM, so that the Tab key can reach the shadow root. A
 * drawer's focus trap (Radix, focus-trap) sees only the light DOM, and jumps from the last
 * focusable element that it sees to the first.
 */
function addSentinel(element: DoorknockElement): void {
  if (element.querySelector(":scope > [slot=end]")) return;
  const sentinel = document.createElement("span");
  sentinel.slot = "end";
  sentinel.tabIndex = 0;
  sentinel.setAttribute("role", "note");
  element.append(sentinel);
}

function createFrame(element: DoorknockElement): HTMLDivElement {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = getPluginStyleSheets();
  const frame = document.createElement("div");
  frame.className = "root";
  const end = document.createElement("slot");
  end.name = "end";
  root.replaceChildren(frame, end);
  isolateKeys(root);
  keepFocusInside(root);
  addSentinel(element);
  return frame;
}

const getLocale = (element: DoorknockElement, config: InitOptions) =>
  chooseLocale(
    element.getAttribute("locale") ?? config.locale,
    document.documentElement.lang,
    navigator.language,
  );

const toKebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function applyAppearance(
  element: DoorknockElement,
  frame: HTMLElement,
  appearance: Appearance | undefined,
  theme: Theme,
): void {
  for (const [name, value] of Object.entries(appearance?.variables ?? {})) {
    element.style.setProperty(`--dk-${toKebabCase(name)}`, value);
  }
  frame.dataset.theme = theme;
  // Both languages of the tab run from left to right, whatever the direction of the host's page is.
  frame.dir = element.dir === "rtl" ? "rtl" : "ltr";
}

/**
 * Returns the id of the element's property, or `homePagePropertyId` for the agent's home page.
 * Returns null if the host has set neither `property-id` nor `view="home"`.
 */
const findPlace = (element: DoorknockElement): string | null =>
  isHomeElement(element) ? homePagePropertyId : element.getAttribute("property-id") || null;

/**
 * Loads the module `follow-links.ts` and starts `followViewAttribute`, which opens the view that
 * the element's `view` attribute names. `end` stops `followViewAttribute`, even if the module has
 * not loaded yet.
 */
function startLinks(session: Session, element: DoorknockElement) {
  let end: (() => void) | null = null;
  let isOver = false;
  return {
    started: import("../session/follow-links.ts").then(({ followViewAttribute }) => {
      if (!isOver) end = followViewAttribute(session, element);
    }, session.noteMissingPart),
    isOver: () => isOver,
    end: () => {
      isOver = true;
      end?.();
    },
  };
}

type OpenedSession = {
  session: Session;
  identity: Identity;
  close: () => void;
  locale: string;
};

function createMount(element: DoorknockElement, shared: LoaderSettings): Mount {
  const frame = createFrame(element);
  const hostTheme = followHostTheme(element);
  const getTheme = () => chooseTheme(element, shared.config.appearance, hostTheme.theme.value);
  let opened: OpenedSession | null = null;
  const close = () => {
    render(null, frame);
    opened?.close();
    opened = null;
  };
  const open = (identity: Identity, propertyId: string, locale: string): OpenedSession => {
    const { config } = shared;
    const next = {
      ...openSession({ element, config, identity, propertyId, locale, renew: () => renew(shared) }),
      identity,
      locale,
    };
    copyHostRecords(next.session, element, config);
    // Some frameworks write "[object Object]" into an attribute if they render before the loader.
    if (element.matches("[property], [contacts]"))
      next.session.noteFailure(new RequestFailure("recordAsAttribute", "A record is an attribute."));
    const links = startLinks(next.session, element);
    const show = () => {
      if (links.isOver()) return;
      render(<App session={next.session} />, frame);
      next.session.emit("ready");
    };
    // An element whose `view` attribute names no view is shown at once. Any other element is shown
    // when the code that follows the attribute has opened the view.
    if (/^(home)?$/.test(element.getAttribute("view") ?? "")) show();
    else void links.started.then(show);
    return {
      ...next,
      close: () => {
        links.end();
        next.close();
      },
    };
  };
  const update = () => {
    hostTheme.update();
    applyAppearance(element, frame, shared.config.appearance, getTheme());
    const identity = getIdentity(shared);
    const propertyId = findPlace(element);
    const locale = getLocale(element, shared.config);
    const isSame =
      opened?.identity === identity && opened?.session.propertyId === propertyId && opened?.locale === locale;
    if (!isSame) close();
    if (!element.isConnected) return;
    if (!opened) render(<Skeleton />, frame);
    // The host may add the element before the call of `init`. Before `init`, there is no identity.
    if (propertyId === null || !identity) return;
    if (opened) {
      copyHostRecords(opened.session, element, shared.config);
      return;
    }
    const words = setLanguage(toLanguage(locale));
    if (words) void words.then(update);
    else opened = open(identity, propertyId, locale);
  };
  const stopLooks = effect(() => {
    frame.dataset.theme = getTheme();
    frame.lang = getLanguage();
    element.querySelector(":scope > [slot=end]")?.setAttribute("aria-label", say("End of campaigns"));
  });
  return {
    update,
    closeStale: (identity) => {
      const isCurrent = opened?.session.propertyId === findPlace(element);
      if (!isCurrent || opened?.identity !== identity) close();
    },
    remove: () => {
      close();
      stopLooks();
      hostTheme.stop();
    },
  };
}

let renewal: Promise<boolean> | null = null;

/** Lets the newest build take over all elements of the page. The views and drafts stay. */
function renew(shared: LoaderSettings): Promise<boolean> {
  renewal ??= loadNewerCore(shared.src)
    .then(async (newer) => {
      await newer?.takeOver(shared, () => {
        const elements = [...mounts.keys()];
        for (const mount of mounts.values()) mount.remove();
        mounts.clear();
        shared.core = Promise.resolve(newer);
        return { elements, states: getIdentity(shared)?.states.all ?? new Map() };
      });
      return newer !== null;
    })
    .finally(() => {
      renewal = null;
    });
  return renewal;
}

/** Shows the elements of an older core, with the agent's views and drafts. */
export async function takeOver(shared: LoaderSettings, release: () => ReleasedElements): Promise<void> {
  const { copyStates } = await import("../session/taken-over-states.ts");
  const { elements, states } = release();
  keepStates({ getToken: shared.config.getToken, states: copyStates(states as Identity["states"]["all"]) });
  for (const element of elements) syncElement(element, shared);
}

/**
 * Renders the element again after any change: the element was added, moved or removed, or the host
 * set an attribute or a record.
 */
export function syncElement(element: DoorknockElement, shared: LoaderSettings): void {
  if (isBrowserTooOld) {
    refuseBrowser(element, getLocale(element, shared.config));
    return;
  }
  shared.refresh = (updatesElements) => {
    closeStaleViews(shared);
    if (updatesElements) for (const mount of mounts.values()) mount.update();
  };
  const mount = mounts.get(element);
  if (element.isConnected) {
    if (!mount) removeLeftMounts();
    const current = mount ?? createMount(element, shared);
    mounts.set(element, current);
    current.update();
  } else if (mount) {
    // A framework moves an element by removing the element and adding it again. Therefore the
    // plugin unmounts only an element that has not been added again when the timer fires.
    setTimeout(() => {
      if (element.isConnected || mounts.get(element) !== mount) return;
      mounts.delete(element);
      mount.remove();
    });
  }
}

/**
 * Closes every view that belongs to an earlier agent, or to a property that the view's element no
 * longer shows. The earlier agent's session ends, and its requests are aborted.
 */
function closeStaleViews(shared: LoaderSettings): void {
  const identity = getIdentity(shared);
  for (const mount of mounts.values()) mount.closeStale(identity);
}
