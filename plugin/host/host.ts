import type { SettlingOutcome, TaskKind, TaskOutcome } from "../../shared/vocabulary.ts";
import type { DoorknockEventType } from "./event-types.ts";
import type { HostErrorCode } from "./host-errors.ts";
import type { Contact, HostRecord } from "./mapping.ts";

/** The options of `Doorknock.init`. Every option but `getToken` has a default. */
export type InitOptions = {
  /** The origin of the API. Default: the origin from which the page loaded the loader. */
  api?: string;
  /**
   * Gets a short-lived JWT from the host's backend. The backend can limit the token to the property
   * `propertyId`. Null asks for a token for the agent's home page, which shows all of the agent's
   * properties. Each signed-in agent needs a `getToken` of their own: `init` with another function
   * ends the session of the previous agent.
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

export type DoorknockEventDetail = {
  propertyId: string;
  campaignId?: number;
  recipients?: number;
  count?: number;
  recipientId?: number;
  stepNumber?: number;
  taskKind?: TaskKind;
  outcome?: TaskOutcome | SettlingOutcome | null;
  /** The host's own key of the recipient's contact, if the host gave one, and the address. */
  contactKey?: string | null;
  email?: string | null;
  /** The code of the event `error`. docs/embedding.md says what each code means. */
  code?: HostErrorCode;
  message?: string;
  view?: string;
};

/**
 * The part of the `doorknock-campaigns` element that the core uses. The core is the part of the
 * plugin that the loader loads once an element is on the page. The loader defines the element.
 */
export interface DoorknockElement extends HTMLElement {
  property: HostRecord | null;
  contacts: readonly HostRecord[] | null;
  recordOwners: RecordPropertyIds;
}

/**
 * For each of the host's records, `property` and `contacts`: the id of the property that the
 * element showed when the host set the record. Null: the element showed no property. An empty
 * string: the host has just set the record and may still set the id, so the loader has not read the
 * id yet.
 */
export type RecordPropertyIds = { property?: string | null; contacts?: string | null };

/**
 * What the loader and the core share. A page may have a loader and a core of different builds, so a
 * name in this type keeps its meaning. `src` is the address of the loader.
 */
export type LoaderSettings = {
  config: InitOptions;
  readonly src: string;
  /** The core that shows the page's elements; undefined until an element is on the page. */
  core?: Promise<CoreModule> | undefined;
  /**
   * Closes every view that belongs to an earlier agent, or to a property that the view's element no
   * longer shows. The core sets this function. The loader calls the function at each change of an
   * attribute, and with true at each `init`: every element is then rendered again as well.
   */
  refresh?: (updatesElements?: boolean) => void;
};

/**
 * The functions of the core for the loader and for older cores. `syncElement` renders the element
 * again after any change.
 */
export type CoreModule = {
  syncElement(element: DoorknockElement, shared: LoaderSettings): void;
  /**
   * Called by the core of an older build whose files are gone. `release` empties the elements, and
   * returns the elements and the states of the agent.
   */
  takeOver(shared: LoaderSettings, release: () => ReleasedElements): Promise<void>;
};

/** What an older core leaves. Its `states` are a map of remembered states by property. */
export type ReleasedElements = { elements: readonly DoorknockElement[]; states: unknown };

export type { Contact, DoorknockEventType, HostRecord };
