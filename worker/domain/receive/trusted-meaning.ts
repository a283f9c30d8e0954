import type { InboundMeaning } from "./inbound-meaning.ts";

/**
 * How an email was matched to one of our messages. The most reliable way comes first.
 * - bounce, unsubscribe, reply: by the token in the address that the email came to.
 * - messageId: by our Message-ID among the ids that the email refers to.
 * - sender: only by its From address.
 */
export type InboundMatchProof = "bounce" | "unsubscribe" | "reply" | "messageId" | "sender";

/**
 * Returns the meaning that may take effect for the recipient matched to an email, or null. Any
 * email can be forged, so an email must not suppress anybody but its matched recipient.
 * - A report counts for the recipient that the report names. A report to the message's own bounce
 *   address also counts if the report is about a single recipient, because the recipient may have
 *   forwarded the email.
 * - An opt-out counts if the email came to the unsubscribe or bounce address, or from the
 *   recipient's own address. From any other address, the email is a reply: the sequence stops, and
 *   the agent decides whether the person opts out.
 * - Any answer to the unsubscribe address is an opt-out. Any other answer to the bounce address is
 *   an automatic answer (RFC 3834 §4).
 * - An email that is matched only by its From address has no trusted meaning.
 */
export function findTrustedMeaning(
  meaning: InboundMeaning,
  matched: { by: InboundMatchProof; recipient: string | null; from: string; reports: number },
): InboundMeaning | null {
  if (matched.by === "sender") return null;
  const isTheirs = (address: string) => address !== "" && address === matched.recipient?.toLowerCase();
  switch (meaning.kind) {
    case "bounced":
    case "deferred":
    case "delivered": {
      const named = [meaning.recipient, meaning.originalRecipient, ...(meaning.mentioned ?? [])];
      if (named.some(isTheirs)) return meaning;
      return matched.by === "bounce" && matched.reports === 1 ? meaning : null;
    }
    case "complained":
    case "optedOut":
    case "unknownFeedback":
      return meaning.recipients.length === 0 ||
        meaning.recipients.some((one) => isSameOrRedacted(one, matched))
        ? meaning
        : null;
    case "unsubscribed":
      if (matched.by === "unsubscribe" || matched.by === "bounce") return meaning;
      return isTheirs(matched.from) ? meaning : { kind: "replied", mayWantOut: true };
    case "autoReplied":
      return matched.by === "unsubscribe" ? { kind: "unsubscribed" } : meaning;
    case "replied":
      if (matched.by === "unsubscribe") return { kind: "unsubscribed" };
      return matched.by === "bounce" ? { kind: "autoReplied" } : meaning;
  }
}

/**
 * Tells whether an address is the recipient's. Complaint reports may hide the part before the @
 * (RFC 6590), so the domain is enough.
 */
function isSameOrRedacted(address: string, { recipient }: { recipient: string | null }): boolean {
  const known = recipient?.toLowerCase() ?? "";
  return address === known || (known !== "" && address.split("@")[1] === known.split("@")[1]);
}
