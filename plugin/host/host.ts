import type { TaskKind } from "../../shared/vocabulary.ts";
import type { Contact, HostRecord } from "./mapping.ts";

/** What a host may set with `Doorknock.init`. Everything but `getToken` has a default. */
export interface Config {
  /** Origin of the API; by default the origin the loader came from. */
  api?: string;
  /** Asks the host's backend for a short-lived JWT. The property is given so that the token can be limited to it. */
  getToken?: (context: { propertyId: string }) => Promise<string> | string;
  appearance?: Appearance;
  /** BCP 47; the browser's language by default. Used for dates and numbers. */
  locale?: string;
  onEvent?: (type: DoorknockEventType, detail: DoorknockEventDetail) => void;
  /** For hosts whose records are not RESO-shaped. */
  mapProperty?: (record: HostRecord) => HostRecord;
  mapContacts?: (records: readonly HostRecord[]) => readonly HostRecord[];
}

export interface Appearance {
  theme?: "light" | "dark" | "auto";
  /** `{ colorPrimary: "#0a7" }` sets `--dk-color-primary` on the element. */
  variables?: Record<string, string>;
}

export type DoorknockEventType =
  | "ready"
  | "error"
  | "auth-required"
  | "campaign-launched"
  | "campaign-recalled"
  | "campaign-paused"
  | "campaign-resumed"
  | "campaign-stopped"
  /** The tab has seen, for the first time, something the agent is asked to do. */
  | "task-opened"
  | "task-done"
  | "task-skipped";

export interface DoorknockEventDetail {
  propertyId: string;
  campaignId?: number;
  recipients?: number;
  recipientId?: number;
  stepNumber?: number;
  taskKind?: TaskKind;
  code?: string;
  message?: string;
}

/** The element as the core sees it; the loader defines it. */
export interface DoorknockElement extends HTMLElement {
  property: HostRecord | null;
  contacts: readonly HostRecord[] | null;
}

/** What the loader knows and the core reads: `base` is where the loader came from. */
export interface Shared {
  config: Config;
  readonly base: string;
}

/** The core's one entry: looks at the element and makes what is on the screen agree with it. */
export interface Core {
  sync(element: DoorknockElement, shared: Shared): void;
  logout(): void;
}

export type { Contact, HostRecord };
