import type { AutoInjectOptions, TabOptions } from "../embed/embed.ts";
import type { PageFinding } from "./doctor.ts";
import type { DoorknockEventDetail, DoorknockEventType, InitOptions } from "./host.ts";
import type { LaunchOptions } from "./launched-homes.ts";

/** Ends what the call has started. */
type End = () => Promise<void>;

/** The functions of `window.Doorknock` once the loader has arrived. */
export type Doorknock = {
  /** Sets the options. A call with another `getToken` ends the session of the previous agent. */
  init(options: InitOptions): void;
  /** Calls `listener` at each event of this type, and returns a function that ends the calls. */
  on(type: DoorknockEventType, listener: (detail: DoorknockEventDetail) => void): () => void;
  attachTab(target: Element | string, options?: TabOptions): End;
  autoInject(options: AutoInjectOptions): End;
  /** Returns the faults of the page; an empty list if all is well. */
  doctor(): Promise<PageFinding[]>;
  /**
   * Opens the launch to the owners of many properties, in the element with `view="home"`. Fails if
   * the page has no such element, or a property has no id.
   */
  launch(options: LaunchOptions): Promise<void>;
  /** Ends the agent's session with its requests, drafts and screens. */
  logout(): void;
  /** Makes calls that are written as lists, such as `["init", {…}]`. */
  push(...calls: DoorknockCall[]): void;
};

/** A call that waits in the list `window.Doorknock` until the loader has arrived. */
export type DoorknockCall =
  | readonly ["init", InitOptions]
  | readonly ["on", ...Parameters<Doorknock["on"]>]
  | readonly ["attachTab", ...Parameters<Doorknock["attachTab"]>]
  | readonly ["autoInject", AutoInjectOptions]
  | readonly ["launch", LaunchOptions]
  | readonly ["logout"];
