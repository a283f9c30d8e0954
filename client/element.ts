import type { Doorknock, DoorknockCall } from "../plugin/host/doorknock.ts";
import type { DoorknockEventDetail, DoorknockEventType, InitOptions } from "../plugin/host/host.ts";

/**
 * The element `doorknock-campaigns`. Its attributes are `property-id`, `view`, `theme` and
 * `locale`.
 */
export interface DoorknockCampaignsElement extends HTMLElement {
  /** The property's record, with RESO names or in the shape that `mapProperty` takes. */
  property: object | null;
  /** The contacts of the property, with RESO names or in the shape that `mapContacts` takes. */
  contacts: readonly object[] | null;
}

/** The options of `init`, for records of the host's own types. */
export type DoorknockOptions<Property extends object = never, Contact extends object = never> = Omit<
  InitOptions,
  "mapProperty" | "mapContacts"
> & {
  mapProperty?: (record: Property) => object;
  mapContacts?: (records: readonly Contact[]) => readonly object[];
};

/** The events of the element, by their names in the DOM. */
export type DoorknockEventMap = {
  [Type in DoorknockEventType as `dk:${Type}`]: CustomEvent<DoorknockEventDetail>;
};

declare global {
  interface HTMLElementTagNameMap {
    "doorknock-campaigns": DoorknockCampaignsElement;
  }
  // The events are composed and bubble, so `document` and every element around the tab get them.
  interface HTMLElementEventMap extends DoorknockEventMap {}
  interface DocumentEventMap extends DoorknockEventMap {}
  interface Window {
    Doorknock?: Doorknock | DoorknockCall[];
  }
}
