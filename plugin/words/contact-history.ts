import type { ContactAnswer, ContactMarks } from "../../shared/contact-history.ts";
import type { Refusal } from "../../shared/refusal.ts";
import type { RefusalKind, SuppressionReason } from "../../shared/vocabulary.ts";
import type { Formats } from "./format.ts";
import { formatCount } from "./words.ts";

/* The texts that tell an agent, before a launch, about earlier emails, answers and refusals. */

type Dates = Pick<Formats, "date">;

const refusalTexts: Record<RefusalKind, string> = {
  unsubscribed: "opted out of your office’s emails",
  complained: "marked an email as spam",
  refused: "asked for no more emails",
  notSelling: "said they’re not selling",
  undecided: "may have said no",
  wrongPerson: "is the wrong person for this property",
};

const suppressionTexts: Record<SuppressionReason, string> = {
  unsubscribed: "They unsubscribed from your emails",
  complained: "They marked an email as spam",
  bounced: "Emails to this address bounce",
  manual: "On your office’s do-not-email list",
};

/**
 * Returns a sentence about a refusal: "Mary Ellison opted out of your office’s emails on Nov 3."
 */
export function describeRefusal(refusal: Refusal, { date }: Dates): string {
  const { kind, name, email, refusedAt, note, replyText } = refusal;
  const sentence = `${name || email} ${refusalTexts[kind]} on ${date(refusedAt)}`;
  const said = replyText === null ? `${sentence}.` : `${sentence}: “${replyText}”`;
  if (note === null) return said;
  return replyText === null ? `${said} “${note}”` : `${said} An agent noted: “${note}”`;
}

/**
 * Returns a sentence about an answer: "Mary Ellison answered “Just sold” on Nov 3: “Call me on
 * Thursday.”"
 */
export function describeAnswer(answer: ContactAnswer, { date }: Dates): string {
  const { name, email, campaignName, answeredAt, firstWords } = answer;
  const sentence = `${name || (email ?? "Someone")} answered “${campaignName}” on ${date(answeredAt)}`;
  return firstWords ? `${sentence}: “${firstWords}”` : `${sentence}.`;
}

/**
 * Returns why a contact can't be written to, whatever the office decides about the property.
 * Returns null if there is no such reason.
 */
export function describeSuppression({ suppressed }: ContactMarks, { date }: Dates): string | null {
  return suppressed && `${suppressionTexts[suppressed.reason]} (${date(suppressed.since)})`;
}

/**
 * Returns a reason against writing to a contact; null if there is none. The agent may write to the
 * contact in spite of this reason.
 */
export function describeReasonToHesitate(marks: ContactMarks, { date }: Dates): string | null {
  const { refusedHere, bounced, answered, otherCampaign } = marks;
  if (refusedHere?.kind === "wrongPerson")
    return `The wrong person for this property (${date(refusedHere.refusedAt)})`;
  if (bounced) return "An earlier email to this address bounced";
  if (answered) return `Answered “${answered.campaignName}” on ${date(answered.answeredAt)}`;
  if (otherCampaign?.by === "person") return `Already in “${otherCampaign.name}”`;
  return null;
}

/**
 * Returns a text about the emails that the office has sent to a contact: "3 emails so far, the last
 * from Ann Agent on Nov 3". Returns null if the office has sent none.
 */
export function describeEarlierEmails({ emailed }: ContactMarks, { date }: Dates): string | null {
  if (!emailed) return null;
  const { count, lastAt, lastFrom } = emailed;
  const last = `from ${lastFrom} on ${date(lastAt)}`;
  return count === 1 ? `1 email so far, ${last}` : `${formatCount(count, "email")} so far, the last ${last}`;
}
