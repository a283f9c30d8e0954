import { isMailSystemAddress, isUndeliveredSubject } from "./bounce-notice.ts";
import { parseNoticeWithoutRecipient } from "./delivery-report.ts";
import { type InboundFacts, type InboundMeaning, interpretInboundEmail } from "./inbound-meaning.ts";
import { interpretReport } from "./report-meaning.ts";

/**
 * Returns what an email to a message's own bounce address means. The address names the message, so
 * an email that is no answer counts as a failed or delayed delivery of this message, even without a
 * known cause.
 * @param recipient the address that the message went to, or null
 */
export function interpretReturnedEmail(
  facts: InboundFacts & { text: string },
  recipient: string | null,
): InboundMeaning[] {
  const meanings = interpretInboundEmail(facts);
  if (facts.reports !== null && facts.reports.length > 0) return meanings;
  if (facts.feedback !== null || facts.disposition) return meanings;
  const isNotice =
    facts.reports !== null || isMailSystemAddress(facts.from) || isUndeliveredSubject(facts.subject);
  if (!isNotice && (isAnswer(facts) || facts.from === recipient?.toLowerCase())) return meanings;
  return [interpretReport(parseNoticeWithoutRecipient(facts.text, facts.subject))];
}

/**
 * Tells whether the email would be an automatic answer or an opt-out if it had come to any other
 * address. Notices and answers may both have the null sender, so the null sender is ignored here.
 */
function isAnswer(facts: InboundFacts): boolean {
  const [meaning] = interpretInboundEmail({ ...facts, envelopeFrom: facts.from });
  return meaning?.kind === "autoReplied" || meaning?.kind === "unsubscribed";
}

/**
 * Returns one meaning for a report that came to the message's own bounce address, but names several
 * other recipients. The recipients may be the members of a group, so their hard bounces become one
 * soft bounce, and the group's address is not suppressed.
 */
export function mergeReportMeanings(meanings: readonly InboundMeaning[]): InboundMeaning | null {
  const find = (kind: InboundMeaning["kind"]) => meanings.find((one) => one.kind === kind);
  const first = find("bounced") ?? find("deferred") ?? find("delivered");
  return first?.kind === "bounced" && first.bounceClass === "hard"
    ? { ...first, bounceClass: "soft" }
    : (first ?? null);
}
