import { isAutoReply } from "./auto-reply.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { interpretOptOut, isOptOutCommand } from "./opt-out.ts";
import { isRefusal } from "./refusal-reading.ts";
import { interpretReport, type ReportMeaning } from "./report-meaning.ts";

/** The facts of a parsed incoming email. Header names and addresses are lower case. */
export type InboundFacts = {
  headers: ReadonlyMap<string, string>;
  /**
   * The sender in the SMTP envelope; "" for the null sender, which delivery reports and automatic
   * answers use.
   */
  envelopeFrom: string;
  from: string;
  subject: string;
  /** The writer's own words, without quotes and signature. */
  words: string;
  /**
   * The recipients of a delivery report; empty if no recipient can be read. Null: the email is not
   * a delivery report.
   */
  reports: readonly DeliveryReport[] | null;
  /**
   * The Feedback-Type and recipients of a feedback report (RFC 5965). Null: the email is not a
   * feedback report.
   */
  feedback: { type: string; recipients: readonly string[] } | null;
  /**
   * The recipient of a disposition notification (RFC 8098), and whether the notification says that
   * a mail rule refused the email. Null or absent: the email is no disposition notification.
   */
  disposition?: { recipient: string; isRefusal: boolean; diagnostic: string } | null;
};

export type InboundMeaning =
  | ReportMeaning
  | { kind: "complained" | "optedOut" | "unknownFeedback"; recipients: readonly string[] }
  | { kind: "unsubscribed" | "autoReplied" }
  /**
   * `mayWantOut`: the writer may want no more emails. `mayRefuse`: the writer may have refused to
   * sell, or to be asked. The agent decides both questions.
   */
  | { kind: "replied"; mayWantOut?: true; mayRefuse?: true };

/**
 * How an email was matched to one of our messages. The most reliable way comes first.
 * - bounce, unsubscribe, reply: by the token in the address that the email came to.
 * - messageId: by our Message-ID among the ids that the email refers to.
 * - sender: only by its From address.
 */
export type InboundMatchProof = "bounce" | "unsubscribe" | "reply" | "messageId" | "sender";

/**
 * Returns what an incoming email means, such as a bounce or a reply; a delivery report has one
 * meaning per recipient. Automatic answers are checked last, because bounces often look automatic,
 * and a mail program's unsubscribe request is marked as automatic.
 */
export function interpretInboundEmail(facts: InboundFacts): InboundMeaning[] {
  if (facts.reports !== null) return facts.reports.map(interpretReport);
  if (facts.feedback !== null) return [feedbackMeaning(facts.feedback)];
  if (facts.disposition) return [dispositionMeaning(facts.disposition)];
  if (facts.headers.has("x-apple-unsubscribe")) return [{ kind: "unsubscribed" }];
  return [isAutoReply(facts) ? automaticMeaning(facts) : personalMeaning(facts)];
}

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

/**
 * Returns the meaning of a disposition notification. A sieve rule that rejects an email sends such
 * a notification (RFC 5429 §2.1.2). Any other notification is a receipt, which a mail program sends
 * by itself.
 */
function dispositionMeaning({
  recipient,
  isRefusal,
  diagnostic,
}: NonNullable<InboundFacts["disposition"]>): InboundMeaning {
  if (!isRefusal) return { kind: "autoReplied" };
  const report = { recipient, originalRecipient: "", status: "", diagnostic };
  return { kind: "bounced", bounceClass: "block", isRefusal: true, ...report };
}

function feedbackMeaning({ type, recipients }: NonNullable<InboundFacts["feedback"]>): InboundMeaning {
  switch (type.toLowerCase()) {
    case "abuse":
    case "fraud":
    case "virus":
    case "other":
      return { kind: "complained", recipients };
    case "opt-out":
    case "opt-out-list":
      return { kind: "optedOut", recipients };
    default:
      // A report of the type auth-failure is about our DNS records. The type not-spam withdraws a
      // complaint.
      return { kind: "unknownFeedback", recipients };
  }
}

/**
 * Returns the meaning of an email that a program sent. Only a bare command is an opt-out, because
 * automatic emails often explain how to unsubscribe from their own sender.
 */
function automaticMeaning({ words, subject }: InboundFacts): InboundMeaning {
  const asks = isOptOutCommand(words) || (words === "" && isOptOutCommand(subject));
  return { kind: asks ? "unsubscribed" : "autoReplied" };
}

function personalMeaning({ words, subject }: InboundFacts): InboundMeaning {
  const optOut = interpretOptOut(words, subject);
  const refusal = isRefusal(words, subject, optOut) ? { mayRefuse: true as const } : {};
  switch (optOut) {
    case "optOut":
      return { kind: "unsubscribed" };
    case "doubtful":
      return { kind: "replied", mayWantOut: true, ...refusal };
    case "none":
      return { kind: "replied", ...refusal };
  }
}
