import type { BounceClass } from "../../shared/vocabulary.ts";
import { classifyBounce } from "./bounce.ts";

/** What is known of an incoming email once it is parsed. Header names are lower case. */
export type InboundFacts = {
  headers: ReadonlyMap<string, string>;
  envelopeFrom: string;
  from: string;
  subject: string;
  /** The plain text, quotes and all. */
  text: string;
  /** RFC 3464 fields of the first recipient, where it is a delivery report; `text` is its Diagnostic-Code. */
  report: { action: string; status: string; text: string } | null;
  /** RFC 5965 Feedback-Type, where it is a feedback report. */
  feedbackType: string | null;
  /** It came to an address that only unsubscribes. */
  isUnsubscribeAddress: boolean;
};

export type InboundMeaning =
  | { kind: "bounced"; bounceClass: BounceClass; status: string }
  | { kind: "deferred" | "delivered" | "complained" | "unsubscribed" | "autoReplied" | "replied" }
  | { kind: "unknown" };

/**
 * What an incoming email means. The order matters: a bounce often looks like an automatic reply, and a mail client's
 * own unsubscribe request says that it was automatically submitted.
 */
export function meaningOf(facts: InboundFacts): InboundMeaning {
  if (facts.report !== null) return reportMeaning(facts.report);
  if (facts.feedbackType !== null) return feedbackMeaning(facts.feedbackType);
  if (wantsOut(facts)) return { kind: "unsubscribed" };
  if (isAutomatic(facts)) return { kind: "autoReplied" };
  return { kind: "replied" };
}

function reportMeaning({ action, status, text }: NonNullable<InboundFacts["report"]>): InboundMeaning {
  switch (action.toLowerCase()) {
    case "failed":
      return { kind: "bounced", bounceClass: classifyBounce({ status, code: null, text }) ?? "soft", status };
    case "delayed":
      return { kind: "deferred" };
    case "delivered":
    case "relayed":
    case "expanded":
      return { kind: "delivered" };
    default:
      return { kind: "unknown" };
  }
}

function feedbackMeaning(type: string): InboundMeaning {
  switch (type.toLowerCase()) {
    case "abuse":
    case "fraud":
    case "virus":
    case "other":
      return { kind: "complained" };
    case "opt-out":
      return { kind: "unsubscribed" };
    default:
      return { kind: "unknown" };
  }
}

function wantsOut(facts: InboundFacts): boolean {
  if (facts.isUnsubscribeAddress || facts.headers.has("x-apple-unsubscribe")) return true;
  const words = ownWords(facts.text)
    .toLowerCase()
    .replace(/[.!\s]+$/, "")
    .trim();
  return ["unsubscribe", "stop", "remove me", "please remove me", "opt out"].includes(words);
}

/** RFC 3834, and what is seen of the services that do not follow it. */
function isAutomatic({ headers, envelopeFrom, from, subject }: InboundFacts): boolean {
  const submitted = headers.get("auto-submitted");
  if (submitted !== undefined && submitted.trim().toLowerCase() !== "no") return true;
  const marks = [
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-response-suppress",
    "x-ms-exchange-inbox-rules-loop",
  ];
  if (marks.some((name) => headers.has(name))) return true;
  if (headers.get("x-apple-action")?.toUpperCase() === "VACATION") return true;
  if (/^(auto_reply|bulk|junk|list)$/i.test(headers.get("precedence")?.trim() ?? "")) return true;
  if (envelopeFrom === "" || /^(mailer-daemon|no-?reply|postmaster)@/i.test(from)) return true;
  return /^(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|abwesen|réponse automatique|risposta automatica|respuesta automática)/i.test(
    subject.trim(),
  );
}

/** The most of a reply's words that is kept. */
export const replyLength = 10_000;

/** A reply without what it quotes: everything before the first quotation, lines starting with ">" left out. */
export function ownWords(text: string): string {
  const quote = text.search(
    /^(?:on .{5,200}\n?.{0,200}wrote:|-{2,}\s*original message|_{10,}|from: .+\n(?:sent|date|to): )/im,
  );
  return (quote < 0 ? text : text.slice(0, quote))
    .split("\n")
    .filter((line) => !line.startsWith(">"))
    .join("\n")
    .trim()
    .slice(0, replyLength);
}
