import type { CampaignRecipient, TimelineEvent } from "../../shared/recipient.ts";
import type { EmailHold, EventKind, MessageStatus, RecipientOutcome } from "../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../shared/words/reason-texts.ts";
import { say, sayMessage, translatedTable } from "./say.ts";
import type { TonedText } from "./words.ts";

/*
 * The texts about a recipient. The types require a text for every outcome, status and event of a
 * recipient.
 */

/** The texts that are used both for an event and for the outcome that the event causes. */
const eventOutcomeTexts = {
  delivered: { text: "Delivered", tone: "neutral" },
  opened: { text: "Opened~one", tone: "info" },
  replied: { text: "Replied~one", tone: "good" },
  bounced: { text: "Bounced~one", tone: "bad" },
  unsubscribed: { text: "Unsubscribed", tone: "bad" },
  complained: { text: "Marked as spam", tone: "bad" },
} as const satisfies Partial<Record<EventKind & RecipientOutcome, TonedText>>;

export const recipientOutcomeLabels: Record<RecipientOutcome, TonedText> = {
  ...eventOutcomeTexts,
  pending: { text: "Not sent yet", tone: "neutral" },
  probablySent: { text: "Probably sent", tone: "warning" },
  sent: { text: "Sent~one", tone: "neutral" },
  clicked: { text: "Clicked~one", tone: "info" },
};

/** Returns a recipient's name, or the email address if the CRM knows no name. */
export const formatRecipientName = ({ name, email }: { name: string; email: string | null }) =>
  name.trim() || (email ?? say("Someone with no name"));

export const messageStatusTexts = translatedTable<MessageStatus>({
  sending: "Sending now",
  sent: "Sent~one",
  retrying: "Not sent yet",
  failed: "Couldn’t be sent",
  skipped: "Skipped~one",
  unknown: "Probably sent. The email service didn’t confirm it",
});

const eventTexts: Record<EventKind, TonedText> = {
  ...eventOutcomeTexts,
  accepted: { text: "Accepted by the email service", tone: "neutral" },
  deferred: { text: "Delayed by their mail server", tone: "warning" },
  rejected: { text: "Rejected by the email service", tone: "bad" },
  failed: { text: "Failed", tone: "bad" },
  clicked: { text: "Clicked a link", tone: "info" },
  resubscribed: { text: "Subscribed again", tone: "neutral" },
  autoReplied: { text: "Automatic reply", tone: "neutral" },
  unknown: { text: "Other update from the email service", tone: "neutral" },
};

const bounceTexts = {
  hard: "Bounced: this address doesn’t exist",
  soft: "Bounced: their mailbox didn’t accept it",
  block: "Bounced: their mail server blocked it",
} as const;

export function getEventLabel(event: TimelineEvent): TonedText {
  if (event.isMachine) {
    return {
      text: event.kind === "clicked" ? "Links scanned by an email filter" : "Opened by an email filter",
      tone: "neutral",
    };
  }
  const { text, tone } = eventTexts[event.kind];
  return { text: event.bounceClass ? bounceTexts[event.bounceClass] : text, tone };
}

/** Returns the city of a time zone: "New York" for "America/New_York". */
export function getZoneCity(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

/**
 * Returns the text about a recipient's own time zone: "Their time: Denver, from the mailing
 * address". Returns null if the campaign's time zone is used for the recipient.
 */
export function describeRecipientTimeZone({
  timeZone,
  timeZoneSource,
}: Pick<CampaignRecipient, "timeZone" | "timeZoneSource">): string | null {
  if (timeZone === null) return null;
  const city = getZoneCity(timeZone);
  if (timeZoneSource === "mailingAddress")
    return say("Their time: {city}, from the mailing address", { city });
  return timeZoneSource === "property"
    ? say("Their time: {city}, from the property", { city })
    : say("Their time: {city}", { city });
}

const holdTexts = translatedTable<EmailHold>({
  missingVariables: "Paused: a value is missing",
  contentRefused: "Paused: the email needs a change",
});

/** Returns a short text for a recipient's status, or null if the recipient is active. */
export function describeRecipientStatus(recipient: CampaignRecipient): string | null {
  if (recipient.status === "waitingForEmail") return say("Waiting for an email address");
  if (recipient.status === "paused")
    return recipient.heldFor === null ? say("Paused") : holdTexts[recipient.heldFor];
  if (recipient.status === "stopped")
    return recipient.stopReason
      ? `${say("Stopped.~one")} ${sayMessage(englishReasonTexts.stop[recipient.stopReason])}`
      : say("Stopped~one");
  if (recipient.status !== "completed") return null;
  return recipient.uncertainEmails > 0 ? say("All emails sent or probably sent") : say("All emails sent");
}
