import type {
  CoreModule,
  DoorknockElement,
  HostRecord,
  InitOptions,
  LoaderSettings,
  RecordPropertyIds,
} from "../host/host.ts";
import type { AutoInjectOptions, TabOptions } from "./embed.ts";

/**
 * The paths of the two files with hashed names, relative to `/v1/`. The build fills in both paths.
 */
declare const CORE_PATH: string;
declare const EMBED_PATH: string;

type TabModule = typeof import("./embed.ts");
type Call = [name: string, ...args: unknown[]];

/*
 * The loader is the only file that a host page loads at first. `window.Doorknock` may be an array
 * of calls made before the loader arrived: `(window.Doorknock ||= []).push(["init", {...}])`. The
 * loader replays these calls. Afterwards, `push` runs each call at once.
 */
const earlyCalls: unknown = Reflect.get(window, "Doorknock");
const src = (document.currentScript as HTMLScriptElement | null)?.src || location.href;
const shared: LoaderSettings = { config: {}, base: new URL(src).origin };
const elements = new Set<DoorknockElement>();
let core: Promise<CoreModule> | undefined;

const importModule = (path: string) => import(/* @vite-ignore */ new URL(path, src).href);
const getCore = () => {
  core ??= importModule(CORE_PATH) as Promise<CoreModule>;
  return core;
};

const showFailure = (element: DoorknockElement) => {
  const retry = document.createElement("button");
  retry.textContent = "Try again";
  retry.onclick = () => {
    core = undefined;
    syncElement(element);
  };
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  root.replaceChildren("Campaigns couldn’t be loaded. ", retry);
  const detail = { code: "unavailable" };
  element.dispatchEvent(new CustomEvent("dk:error", { bubbles: true, composed: true, detail }));
};
const syncElement = (element: DoorknockElement) => {
  if (element.isConnected || core)
    getCore().then(
      (loaded) => loaded.syncElement(element, shared),
      () => showFailure(element),
    );
};

const recordNames = ["property", "contacts"] as const;

class CampaignsElement extends HTMLElement implements DoorknockElement {
  static observedAttributes = ["property-id", "view", "theme", "locale", "dir"];
  declare property: HostRecord | null;
  declare contacts: readonly HostRecord[] | null;
  recordOwners: RecordPropertyIds = {};
  constructor() {
    super();
    for (const name of recordNames) {
      // A framework may have set the record as a plain property before the element was defined.
      let record: unknown = this[name] ?? null;
      const set = (value: unknown) => {
        record = value;
        this.recordOwners[name] = "";
        // A framework may set the id right after a record, so the loader reads the id when the
        // framework has finished.
        queueMicrotask(() => {
          this.recordOwners[name] = this.getAttribute("property-id");
          syncElement(this);
        });
      };
      Object.defineProperty(this, name, { get: () => record, set });
      set(record);
    }
  }
  connectedCallback() {
    elements.add(this);
    syncElement(this);
  }
  disconnectedCallback() {
    elements.delete(this);
    syncElement(this);
  }
  attributeChangedCallback() {
    shared.closeStaleViews?.();
    // A record that was set before the first property id belongs to the first property.
    for (const name of recordNames) this.recordOwners[name] ??= this.getAttribute("property-id");
    syncElement(this);
  }
}

/**
 * Loads the module for tabs and passes the module to `call`, which adds tabs. Returns a function
 * that removes the tabs. The module is loaded on first use, because most hosts don't need it.
 */
const callTabModule = (call: (module: TabModule) => () => void) => {
  const done = (importModule(EMBED_PATH) as Promise<TabModule>).then(call);
  return () => done.then((off) => off());
};
const api = {
  init(config: InitOptions) {
    Object.assign(shared.config, config);
    shared.closeStaleViews?.();
    elements.forEach(syncElement);
  },
  on(type: string, fn: (detail: unknown) => void) {
    const name = `dk:${type.replace("dk:", "")}`;
    const listener = (event: Event) => fn((event as CustomEvent).detail);
    document.addEventListener(name, listener);
    return () => document.removeEventListener(name, listener);
  },
  attachTab: (drawer: Element | string, options: TabOptions) =>
    callTabModule((m) => m.attachTab(drawer, options)),
  autoInject: (options: AutoInjectOptions) => callTabModule((m) => m.attachTabsAutomatically(options)),
  logout: () => api.init({ getToken: undefined }),
  push(...calls: Call[]) {
    for (const [name, ...args] of calls) Reflect.apply(Reflect.get(api, name), api, args);
  },
};

// A second loader on the page must not throw, and must not replace the first loader.
if (!earlyCalls || Array.isArray(earlyCalls)) {
  Object.assign(window, { Doorknock: api });
  customElements.get("doorknock-campaigns") ?? customElements.define("doorknock-campaigns", CampaignsElement);
  api.push(...((earlyCalls ?? []) as Call[]));
}
