import type { RefusalKind, StopReason, SuppressionReason } from "../../../shared/vocabulary.ts";
import type { NormalizedEvent } from "./event.ts";

/**
 * What an event changes, besides being stored. `stopsProperty`: every recipient in a sequence about
 * the same property is stopped too. `refusal`: the kind of refusal that is recorded for the
 * property.
 */
export type EventConsequence = {
  stop: StopReason | null;
  stopsProperty: boolean;
  suppress: SuppressionReason | null;
  refusal: RefusalKind | null;
  liftsUnsubscribe: boolean;
};

const none: EventConsequence = {
  stop: null,
  stopsProperty: false,
  suppress: null,
  refusal: null,
  liftsUnsubscribe: false,
};

/**
 * Returns the effects of an event. A reply, an opt-out or a complaint stops all recipients at the
 * property. A reply that may be a refusal forbids emails about the property until an agent decides.
 * A hard bounce or a refusal by the recipient's own mail rule stops only the recipient. An
 * out-of-office reply, a soft bounce and a block of any other kind stop nobody.
 */
export function decideEventConsequence({
  kind,
  data,
}: Pick<NormalizedEvent, "kind" | "data">): EventConsequence {
  switch (kind) {
    case "replied":
      return {
        ...none,
        stop: "replied",
        stopsProperty: true,
        refusal: data.mayRefuse === true || data.mayWantOut === true ? "undecided" : null,
      };
    case "unsubscribed":
      return {
        ...none,
        stop: "unsubscribed",
        stopsProperty: true,
        suppress: "unsubscribed",
        refusal: "unsubscribed",
      };
    case "complained":
      return {
        ...none,
        stop: "complained",
        stopsProperty: true,
        suppress: "complained",
        refusal: "complained",
      };
    case "bounced":
      if (data.bounceClass === "hard") return { ...none, stop: "bounced", suppress: "bounced" };
      return data.isRefusal === true ? { ...none, stop: "bounced" } : none;
    case "rejected":
      return rejection(data.rejectReason);
    case "resubscribed":
      return { ...none, liftsUnsubscribe: true };
    case "accepted":
    case "deferred":
    case "delivered":
    case "failed":
    case "opened":
    case "clicked":
    case "autoReplied":
    case "unknown":
      return none;
  }
}

/**
 * Returns the effects of a rejection by the provider. If the provider's own suppression list has
 * the address, or the provider calls the address invalid, our list gets the address too.
 */
function rejection(reason: NormalizedEvent["data"]["rejectReason"]): EventConsequence {
  switch (reason) {
    case "previousBounce":
    case "invalidAddress":
      return { ...none, stop: "suppressed", suppress: "bounced" };
    case "previousComplaint":
      return { ...none, stop: "suppressed", suppress: "complained" };
    case "unsubscribed":
      return { ...none, stop: "suppressed", suppress: "unsubscribed" };
    case "quota":
    case "content":
    case "other":
    case undefined:
      return none;
  }
}
