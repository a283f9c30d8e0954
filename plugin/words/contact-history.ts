import type { ContactAnswer, ContactFacts } from "../../shared/contact-history.ts";
import type { Refusal } from "../../shared/refusal.ts";
import type { RefusalKind, SuppressionReason } from "../../shared/vocabulary.ts";
import type { Formats } from "./format.ts";
import type { Phrase } from "./phrases.ts";
import { formatCount, say, translatedTable } from "./say.ts";

/* The texts that tell an agent, before a launch, about earlier emails, answers and refusals. */

type Dates = Pick<Formats, "date">;

const refusalTexts = {
  unsubscribed: "{name} opted out of your office’s emails on {day}",
  complained: "{name} marked an email as spam on {day}",
  refused: "{name} asked for no more emails on {day}",
  notSelling: "{name} said they’re not selling on {day}",
  undecided: "{name} may have said no on {day}",
  wrongPerson: "{name} was marked as the wrong person for this property on {day}",
} as const satisfies Record<RefusalKind, Phrase>;

const suppressionTexts = translatedTable<SuppressionReason>({
  unsubscribed: "They unsubscribed from your emails",
  complained: "They marked an email as spam",
  bounced: "Emails to this address bounce",
  manual: "On your office’s do-not-email list",
});

/**
 * Returns a sentence about a refusal: "Mary Ellison opted out of your office’s emails on Nov 3."
 */
export function describeRefusal(refusal: Refusal, { date }: Dates): string {
  const { kind, name, email, refusedAt, note, replyText } = refusal;
  const sentence = say(refusalTexts[kind], { name: name || email, day: date(refusedAt) });
  const said = replyText === null ? `${sentence}.` : `${sentence}: “${replyText}”`;
  if (note === null) return said;
  return replyText === null ? `${said} “${note}”` : `${said} ${say("An agent noted: “{note}”", { note })}`;
}

/**
 * Returns a sentence about an answer: "Mary Ellison answered “Just sold” on Nov 3: “Call me on
 * Thursday.”"
 */
export function describeAnswer(answer: ContactAnswer, { date }: Dates): string {
  const { name, email, campaignName, answeredAt, firstWords } = answer;
  const who = { name: name || (email ?? say("Someone")), day: date(answeredAt) };
  const sentence =
    campaignName === null
      ? say("{name} replied to another campaign of your office on {day}", who)
      : say("{name} replied to “{campaign}” on {day}", { ...who, campaign: campaignName });
  return firstWords ? `${sentence}: “${firstWords}”` : `${sentence}.`;
}

/**
 * Returns the reason why the office may not write to a contact about any property; null if there is
 * no such reason.
 */
export function describeSuppression({ suppressed }: ContactFacts, { date }: Dates): string | null {
  return suppressed && `${suppressionTexts[suppressed.reason]} (${date(suppressed.since)})`;
}

/**
 * Returns a reason against writing to a contact; null if there is no such reason. The agent may
 * write to the contact despite this reason.
 */
export function describeReasonAgainstEmail(marks: ContactFacts, { date }: Dates): string | null {
  const { refusedHere, undecidedElsewhere, bounced, answered, otherCampaign } = marks;
  if (undecidedElsewhere !== null)
    return say("May have said no about another home ({day}). First, someone must say what the reply means", {
      day: date(undecidedElsewhere),
    });
  if (refusedHere?.kind === "wrongPerson")
    return say("Wrong person for this property ({day})", { day: date(refusedHere.refusedAt) });
  if (bounced) return say("An earlier email to this address bounced");
  if (answered) {
    const day = date(answered.answeredAt);
    return answered.campaignName === null
      ? say("Replied to another campaign of your office on {day}", { day })
      : say("Replied to “{campaign}” on {day}", { campaign: answered.campaignName, day });
  }
  if (otherCampaign?.by === "person") {
    return otherCampaign.name === null
      ? say("Already in another campaign of your office")
      : say("Already in “{campaign}”", { campaign: otherCampaign.name });
  }
  return null;
}

/**
 * Returns a text about the emails that the office has sent to a contact: "3 emails so far, the last
 * from Ann Agent on Nov 3". Returns null if the office has sent no email.
 */
export function describeEarlierEmails({ emailed }: ContactFacts, { date }: Dates): string | null {
  if (!emailed) return null;
  const { count, lastAt, lastFrom } = emailed;
  const last = { name: lastFrom, day: date(lastAt) };
  return count === 1
    ? say("1 email so far, from {name} on {day}", last)
    : say("{emails} so far, the last from {name} on {day}", { emails: formatCount(count, "email"), ...last });
}
