import type { TaskKind } from "../../shared/vocabulary.ts";
import type { Contact, HostRecord } from "./mapping.ts";

/** The options of `Doorknock.init`. Every option but `getToken` has a default. */
export type InitOptions = {
  /** The origin of the API. Default: the origin from which the page loaded the loader. */
  api?: string;
  /**
   * Gets a short-lived JWT from the host's backend. The backend can limit the token to the property
   * `propertyId`; null asks for a token for the home, which shows all properties of the agent. Each
   * signed-in agent needs a `getToken` of their own: `init` with another function ends the session
   * of the previous agent.
   */
  getToken?: ((context: { propertyId: string | null }) => Promise<string> | string) | undefined;
  appearance?: Appearance;
  /**
   * A BCP 47 language tag for the tab's words, dates and numbers. The words are in Spanish or
   * English. Default: the language of the page or of the browser.
   */
  locale?: string;
  onEvent?: (type: DoorknockEventType, detail: DoorknockEventDetail) => void;
  /** `mapProperty` and `mapContacts` turn the host's own records into RESO-shaped records. */
  mapProperty?: (record: HostRecord) => HostRecord;
  mapContacts?: (records: readonly HostRecord[]) => readonly HostRecord[];
};

export type Appearance = {
  theme?: "light" | "dark" | "auto";
  /**
   * `{ colorPrimary: "#0a7" }` sets `--dk-color-primary` on the element. A value such as
   * `light-dark(#0a7, #4db)` has a color for each theme.
   */
  variables?: Record<string, string>;
};

export type DoorknockEventType =
  | "ready"
  | "error"
  | "auth-required"
  | "campaign-launched"
  | "campaign-recalled"
  | "campaign-paused"
  | "campaign-resumed"
  | "campaign-stopped"
  /** Reported when the tab shows a task for the first time. */
  | "task-opened"
  | "task-done"
  | "task-skipped"
  /** Reported by the home: the number of replies that wait for the agent. */
  | "count"
  /** Reported by the home: the agent wants to see the host's page of the property `propertyId`. */
  | "open-property";

export type DoorknockEventDetail = {
  propertyId: string;
  campaignId?: number;
  recipients?: number;
  count?: number;
  recipientId?: number;
  stepNumber?: number;
  taskKind?: TaskKind;
  code?: string;
  message?: string;
};

/**
 * The `doorknock-campaigns` element as the core uses it. The core is the part of the plugin that
 * the loader loads once an element is on the page. The loader defines the element.
 */
export interface DoorknockElement extends HTMLElement {
  property: HostRecord | null;
  contacts: readonly HostRecord[] | null;
  recordOwners: RecordOwners;
}

/**
 * The id of the property that the element showed when the host set a record. Null: the element
 * showed no property. An empty string: the host may still set the id. The plugin does not use
 * records of another property.
 */
export type RecordOwners = { property?: string | null; contacts?: string | null };

/**
 * The settings that the loader passes to the core. `base` is the origin from which the page loaded
 * the loader.
 */
export type LoaderSettings = {
  config: InitOptions;
  readonly base: string;
  /**
   * Closes at once the views of an earlier agent, and of properties that their elements no longer
   * show. The core sets this function; the loader calls it at each `init`, `logout` and change of
   * an attribute.
   */
  closeStaleViews?: () => void;
};

/**
 * The functions of the core that the loader calls. `syncElement` renders the element again after
 * any change.
 */
export type CoreModule = {
  syncElement(element: DoorknockElement, shared: LoaderSettings): void;
};

export type { Contact, HostRecord };
