import type { Doorknock, DoorknockCall } from "../host/doorknock.ts";
import type {
  CoreModule,
  DoorknockElement,
  HostRecord,
  InitOptions,
  LoaderSettings,
  RecordPropertyIds,
} from "../host/host.ts";

/** The paths of the newest build's files, relative to the loader. The build writes `build.js`. */
type BuildFiles = { readonly core: string; readonly embed: string };
/** The path of the core of the loader's own build. */
declare const CORE_PATH: string;
/** The hash of the only other file of a pinned version. Empty if the loader moves with releases. */
declare const CORE_INTEGRITY: string;

/** The functions of the module `embed`. */
type EmbedModule = Record<"attachTab" | "autoInject", (...args: unknown[]) => () => void> & {
  doctor(of: LoaderSettings): ReturnType<Doorknock["doctor"]>;
  launch(of: LoaderSettings, ...args: Parameters<Doorknock["launch"]>): void;
};

/** The page's policy may ask for Trusted Types, which TypeScript's DOM types don't describe yet. */
type ScriptUrls = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
};
/**
 * Loads the only other file of a pinned version. The browser refuses the file if its hash differs.
 * An `import()` has no hash, but gets the module that a script element has loaded before.
 */
const importPinned = () =>
  new Promise<unknown>((resolve, reject) => {
    const types = Reflect.get(window, "trustedTypes") as ScriptUrls | undefined;
    const policy = types?.createPolicy("doorknock-loader", { createScriptURL: (url) => url });
    const { href } = new URL(CORE_PATH, src);
    const script = Object.assign(document.createElement("script"), {
      type: "module",
      crossOrigin: "",
      integrity: CORE_INTEGRITY,
      onload: resolve,
      onerror: reject,
      src: policy ? policy.createScriptURL(href) : href,
    });
    document.head.append(script);
  }).then(() => importModule(CORE_PATH));
let pinned: ReturnType<typeof importPinned> | undefined;
const importPinnedOnce = () => {
  pinned ??= importPinned();
  pinned.catch(() => {
    pinned = undefined;
  });
  return pinned;
};

/*
 * The loader is the only file that a host page loads at first. `window.Doorknock` may be an array
 * of calls made before the loader arrived: `(window.Doorknock ||= []).push(["init", {...}])`. The
 * loader replays these calls. Afterwards, `push` runs each call at once.
 */
const page = window as unknown as { Doorknock?: unknown };
const earlyCalls = page.Doorknock ?? [];
// A module has no `currentScript`, but its stack starts with its own address.
const src =
  (document.currentScript as HTMLScriptElement | null)?.src ||
  `${/http.*?(?=:\d+:)/.exec(Error().stack as string)}`;
const shared: LoaderSettings = { config: {}, src };
const recordNames = ["property", "contacts"] as const;

const importModule = (path: string) => import(/* @vite-ignore */ new URL(path, src).href);
/** Loads a file of the newest build. The number makes the browser ask again. */
const importNewest = CORE_INTEGRITY
  ? importPinnedOnce
  : (name: keyof BuildFiles) =>
      importModule(`build.js?${Date.now()}`).then((newest: BuildFiles) => importModule(newest[name]));

const showFailure = (element: DoorknockElement) => {
  if (element.shadowRoot) return;
  const retry = document.createElement("button");
  retry.textContent = "Campaigns could not be loaded. Try again.";
  retry.onclick = () => {
    shared.core = undefined;
    syncElement(element);
  };
  element.attachShadow({ mode: "open" }).append(retry);
  element.dispatchEvent(
    new CustomEvent("dk:error", { bubbles: true, composed: true, detail: { code: "unavailable" } }),
  );
};
const syncElement = (element: DoorknockElement) => {
  if (!(element.isConnected || shared.core)) return;
  // After a deploy, the core of the loader's own build may be gone.
  shared.core ??= (
    CORE_INTEGRITY ? importPinnedOnce() : importModule(CORE_PATH).catch(() => importNewest("core"))
  ) as Promise<CoreModule>;
  shared.core.then(
    (loaded) => loaded.syncElement(element, shared),
    () => showFailure(element),
  );
};

class CampaignsElement extends HTMLElement implements DoorknockElement {
  static get observedAttributes() {
    return ["property-id", "view", "theme", "locale", "dir"];
  }
  declare property: HostRecord | null;
  declare contacts: readonly HostRecord[] | null;
  declare recordOwners: RecordPropertyIds;
  constructor() {
    super();
    this.recordOwners = {};
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
    syncElement(this);
  }
  disconnectedCallback() {
    syncElement(this);
  }
  attributeChangedCallback() {
    shared.refresh?.();
    // A record that was set before the first property id belongs to the first property.
    for (const name of recordNames) this.recordOwners[name] ??= this.getAttribute("property-id");
    syncElement(this);
  }
}

let embed: Promise<EmbedModule> | undefined;
/** Loads the module once, so that its calls run in the order in which the page makes them. */
const importEmbed = () => (embed ??= importNewest("embed"));
/**
 * Returns a function that loads the module for tabs and calls the module's function `name`, which
 * adds tabs. Most hosts don't need this module.
 */
const callTabModule =
  (name: "attachTab" | "autoInject") =>
  (...args: unknown[]) => {
    const done = importEmbed().then((module) => module[name](...args));
    return () => done.then((off) => off());
  };
const api: Doorknock = {
  init(config: InitOptions) {
    Object.assign(shared.config, config);
    shared.refresh?.(true);
  },
  on(type: string, fn) {
    const name = `dk:${type.replace("dk:", "")}`;
    const listener = (event: Event) => fn((event as CustomEvent).detail);
    addEventListener(name, listener);
    return () => removeEventListener(name, listener);
  },
  attachTab: callTabModule("attachTab"),
  autoInject: callTabModule("autoInject"),
  doctor: () => importEmbed().then((module) => module.doctor(shared)),
  launch: (options) => importEmbed().then((module) => module.launch(shared, options)),
  logout: () => api.init({ getToken: undefined }),
  push(...calls: DoorknockCall[]) {
    for (const [name, ...args] of calls) (api[name] as (...given: unknown[]) => unknown)(...args);
  },
};

// A second loader finds the calls replaced by the first loader's functions, and does nothing.
if (Array.isArray(earlyCalls)) {
  page.Doorknock = api;
  customElements.define("doorknock-campaigns", CampaignsElement);
  api.push(...earlyCalls);
}
