import type { StopReason, SuppressionReason } from "../../../shared/vocabulary.ts";
import type { NormalizedEvent } from "./event.ts";

/** What an event does besides being kept. `stopsProperty`: everybody in a sequence about the same property is stopped too. */
export type Consequence = {
  stop: StopReason | null;
  stopsProperty: boolean;
  suppress: SuppressionReason | null;
  liftsUnsubscribe: boolean;
};

const none: Consequence = { stop: null, stopsProperty: false, suppress: null, liftsUnsubscribe: false };

/**
 * A reply or an opt-out speaks for the household; a dead address only for itself. An out-of-office stops nobody, and
 * neither does a soft bounce or one that says that we, not they, are the problem.
 */
export function consequenceOf({ kind, data }: Pick<NormalizedEvent, "kind" | "data">): Consequence {
  switch (kind) {
    case "replied":
      return { ...none, stop: "replied", stopsProperty: true };
    case "unsubscribed":
      return { ...none, stop: "unsubscribed", stopsProperty: true, suppress: "unsubscribed" };
    case "complained":
      return { ...none, stop: "complained", stopsProperty: true, suppress: "complained" };
    case "bounced":
      return data.bounceClass === "hard" ? { ...none, stop: "bounced", suppress: "bounced" } : none;
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

/** The provider refused because of its own suppression list, which becomes ours too. */
function rejection(reason: NormalizedEvent["data"]["rejectReason"]): Consequence {
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
