import type { TaskKind } from "../../shared/vocabulary.ts";
import type { Contact, HostRecord } from "./mapping.ts";

/** What a host may set with `Doorknock.init`. Everything but `getToken` has a default. */
export type Config = {
  /** Origin of the API; by default the origin the loader came from. */
  api?: string;
  /**
   * Gets a short-lived JWT from the host's backend. `propertyId` is given so that the token can be
   * limited to that property.
   */
  getToken?: (context: { propertyId: string }) => Promise<string> | string;
  appearance?: Appearance;
  /** A BCP 47 language tag for dates and numbers. Default: the browser's language. */
  locale?: string;
  onEvent?: (type: DoorknockEventType, detail: DoorknockEventDetail) => void;
  /** `mapProperty` and `mapContacts` turn the host's own records into RESO-shaped ones. */
  mapProperty?: (record: HostRecord) => HostRecord;
  mapContacts?: (records: readonly HostRecord[]) => readonly HostRecord[];
};

export type Appearance = {
  theme?: "light" | "dark" | "auto";
  /** `{ colorPrimary: "#0a7" }` sets `--dk-color-primary` on the element. */
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
  /** The tab shows this task for the first time. */
  | "task-opened"
  | "task-done"
  | "task-skipped";

export type DoorknockEventDetail = {
  propertyId: string;
  campaignId?: number;
  recipients?: number;
  recipientId?: number;
  stepNumber?: number;
  taskKind?: TaskKind;
  code?: string;
  message?: string;
};

/** The element as the core sees it; the loader defines it. */
export type DoorknockElement = HTMLElement & {
  property: HostRecord | null;
  contacts: readonly HostRecord[] | null;
};

/** What the loader knows and the core reads: `base` is where the loader came from. */
export type Shared = {
  config: Config;
  readonly base: string;
};

/** The core's one entry: looks at the element and makes what is on the screen agree with it. */
export type Core = {
  sync(element: DoorknockElement, shared: Shared): void;
  logout(): void;
};

export type { Contact, HostRecord };
