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
