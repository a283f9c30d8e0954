import {
  createElement,
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import { doorknockEventTypes } from "../plugin/host/event-types.ts";
import type { DoorknockEventDetail, DoorknockEventType } from "../plugin/host/host.ts";
import type { DoorknockCampaignsElement } from "./element.ts";

export type DoorknockCampaignsProps = Omit<HTMLAttributes<HTMLElement>, "property"> & {
  propertyId?: string | null | undefined;
  property?: object | null | undefined;
  contacts?: readonly object[] | null | undefined;
  /** `home` or the value of `view` in an event `navigate`. */
  view?: string | undefined;
  theme?: "light" | "dark" | "auto" | undefined;
  locale?: string | undefined;
  /** Called at each event of this element, with the event's name without `dk:`. */
  onDoorknock?: ((type: DoorknockEventType, detail: DoorknockEventDetail) => void) | undefined;
};

// A server has no layout, and React warns of useLayoutEffect there.
const useBrowserLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

/**
 * Renders `doorknock-campaigns`. The records are set as properties of the element, so they arrive
 * also if React renders before the loader, or on a server.
 */
export function DoorknockCampaigns({
  propertyId,
  property = null,
  contacts = null,
  onDoorknock,
  ...rest
}: DoorknockCampaignsProps): ReactElement {
  const ref = useRef<DoorknockCampaignsElement>(null);
  const listener = useRef(onDoorknock);
  useBrowserLayoutEffect(() => {
    listener.current = onDoorknock;
  });
  useBrowserLayoutEffect(() => {
    if (ref.current === null) return;
    ref.current.property = property;
    ref.current.contacts = contacts;
  }, [propertyId, property, contacts]);
  useBrowserLayoutEffect(() => listen(ref.current, (...event) => listener.current?.(...event)), []);
  return createElement("doorknock-campaigns", {
    ...rest,
    ref,
    "property-id": propertyId ?? undefined,
    suppressHydrationWarning: true,
  });
}

function listen(
  element: HTMLElement | null,
  tell: (type: DoorknockEventType, detail: DoorknockEventDetail) => void,
): () => void {
  const listening = new AbortController();
  for (const type of doorknockEventTypes)
    element?.addEventListener(`dk:${type}`, ({ detail }) => tell(type, detail), listening);
  return () => listening.abort();
}

/** The attributes of the element itself, for hosts that write the element in JSX. */
export type DoorknockCampaignsAttributes = HTMLAttributes<HTMLElement> & {
  ref?: Ref<DoorknockCampaignsElement> | undefined;
  "property-id"?: string | undefined;
  view?: string | undefined;
  theme?: "light" | "dark" | "auto" | undefined;
  locale?: string | undefined;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "doorknock-campaigns": DoorknockCampaignsAttributes;
    }
  }
}
