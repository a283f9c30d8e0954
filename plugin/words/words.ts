import type { CampaignSummary, SendWindow } from "../../shared/campaign.ts";
import type { CampaignRecipient, OtherCampaign, TimelineEvent } from "../../shared/recipient.ts";
import type {
  CampaignStatus,
  EventKind,
  MessageStatus,
  RecipientOutcome,
  StepKind,
} from "../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../shared/words/reason-texts.ts";

/* The texts for the words of the vocabulary. The types require an entry for every word. */

export type Tone = "neutral" | "info" | "good" | "warning" | "bad";
type Label = {
  text: string;
  tone: Tone;
};

export const campaignStatusLabels: Record<CampaignStatus, Label> = {
  draft: { text: "Draft", tone: "neutral" },
  active: { text: "Active", tone: "good" },
  paused: { text: "Paused", tone: "warning" },
  completed: { text: "Completed", tone: "neutral" },
  stopped: { text: "Stopped", tone: "neutral" },
  archived: { text: "Archived", tone: "neutral" },
};

export const recipientOutcomeLabels: Record<RecipientOutcome, Label> = {
  pending: { text: "Not sent yet", tone: "neutral" },
  probablySent: { text: "Probably sent", tone: "warning" },
  sent: { text: "Sent", tone: "neutral" },
  delivered: { text: "Delivered", tone: "neutral" },
  opened: { text: "Opened", tone: "info" },
  clicked: { text: "Clicked", tone: "info" },
  replied: { text: "Replied", tone: "good" },
  bounced: { text: "Bounced", tone: "bad" },
  unsubscribed: { text: "Unsubscribed", tone: "bad" },
};

/** Returns the name, or the email address if the CRM knows no name. */
export const formatRecipientName = ({ name, email }: { name: string; email: string | null }) =>
  name.trim() || (email ?? "Somebody without a name");

export const messageStatusTexts: Record<MessageStatus, string> = {
  sending: "Sending now",
  sent: "Sent",
  retrying: "Not through yet, trying again",
  failed: "Couldn’t be sent",
  skipped: "Skipped",
  unknown: "Probably sent. The mail service did not confirm it",
};

const eventTexts: Record<EventKind, Label> = {
  accepted: { text: "Accepted by the mail service", tone: "neutral" },
  deferred: { text: "Delayed by their mail server", tone: "warning" },
  delivered: { text: "Delivered", tone: "neutral" },
  bounced: { text: "Bounced", tone: "bad" },
  rejected: { text: "Refused by the mail service", tone: "bad" },
  failed: { text: "Failed", tone: "bad" },
  opened: { text: "Opened", tone: "info" },
  clicked: { text: "Clicked a link", tone: "info" },
  complained: { text: "Marked as spam", tone: "bad" },
  unsubscribed: { text: "Unsubscribed", tone: "bad" },
  resubscribed: { text: "Subscribed again", tone: "neutral" },
  replied: { text: "Replied", tone: "good" },
  autoReplied: { text: "Automatic reply", tone: "neutral" },
  unknown: { text: "Other news from the mail service", tone: "neutral" },
};

const bounceTexts = {
  hard: "Bounced: this address doesn’t exist",
  soft: "Bounced: their mailbox didn’t take it",
  block: "Bounced: their mail server blocked it",
};

export function getEventLabel(event: TimelineEvent): Label {
  if (event.isMachine) {
    return {
      text: event.kind === "clicked" ? "Links checked by a mail filter" : "Opened by a mail filter",
      tone: "neutral",
    };
  }
  const { text, tone } = eventTexts[event.kind];
  return { text: event.bounceClass ? bounceTexts[event.bounceClass] : text, tone };
}

export const formatCount = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

type Delay = {
  delayDays: number;
  delayHours: number;
  /** Steps of a preset don't have this field. */
  delayBusinessDays?: number;
};

/**
 * Returns the text for a step's delay: "Wait 3 days", or "Right after launch". The first step's
 * delay counts from the launch. The delay of any other step counts from the step before.
 */
export function describeDelay(
  { delayDays, delayHours, delayBusinessDays = 0 }: Delay,
  stepNumber: number,
  after: StepKind = "email",
): string {
  const parts = [
    delayDays > 0 && formatCount(delayDays, "day"),
    delayHours > 0 && formatCount(delayHours, "hour"),
    delayBusinessDays > 0 && formatCount(delayBusinessDays, "business day"),
  ].filter(Boolean);
  if (parts.length === 0) return stepNumber === 1 ? "Right after launch" : `Right after the ${after} before`;
  return `Wait ${parts.join(" ")}`;
}

/** Returns the text for a sequence's length: "3 emails over 10 days". */
export function describeSequenceSpan(steps: readonly Delay[]): string {
  // Five business days take a week.
  const hours = steps.reduce(
    (sum, { delayDays, delayHours, delayBusinessDays = 0 }) =>
      sum + delayDays * 24 + delayHours + delayBusinessDays * 24 * 1.4,
    0,
  );
  const emails = formatCount(steps.length, "email");
  return hours < 24 ? emails : `${emails} over ${formatCount(Math.round(hours / 24), "day")}`;
}

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function describeDays(days: readonly number[]): string {
  const distinct = [...new Set(days)].sort();
  if (distinct.length === dayNames.length) return "Every day";
  if (distinct.join("") === "12345") return "Weekdays";
  if (distinct.join("") === "67") return "Weekends";
  return distinct.map((day) => dayNames[day - 1]).join(", ");
}

/**
 * Returns the text for a send window: "Weekdays, 9:00 AM to 12:00 PM and 2:00 PM to 5:00 PM; Sat,
 * 10:00 AM to 1:00 PM".
 */
export function describeSendWindow(window: SendWindow | null, clock: (time: string) => string): string {
  if (window === null) return "At any time";
  const byDays = new Map<string, string[]>();
  for (const { days, startTime, endTime } of window) {
    const named = describeDays(days);
    byDays.set(named, [...(byDays.get(named) ?? []), `${clock(startTime)} to ${clock(endTime)}`]);
  }
  return [...byDays].map(([days, hours]) => `${days}, ${hours.join(" and ")}`).join("; ");
}

/** Returns the city of a time zone: "New York" for "America/New_York". */
export function getZoneCity(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

/**
 * Returns the text for a recipient's own time zone: "Their time: Denver, from the mailing address".
 * Returns null if the recipient uses the campaign's time zone.
 */
export function describeRecipientTimeZone({
  timeZone,
  timeZoneSource,
}: Pick<CampaignRecipient, "timeZone" | "timeZoneSource">): string | null {
  if (timeZone === null) return null;
  const sources = {
    given: "",
    mailingAddress: ", from the mailing address",
    property: ", from the property",
  };
  return `Their time: ${getZoneCity(timeZone)}${timeZoneSource ? sources[timeZoneSource] : ""}`;
}

/** Returns a readable name for a template variable: "first name" for `recipient.firstName`. */
export function toVariableLabel(path: string): string {
  const [room = "", ...rest] = path.split(".");
  const words = (rest.join(" ") || room).replace(/([A-Z])/g, " $1").toLowerCase();
  return room === "recipient" || rest.length === 0 ? words : `${room} ${words}`;
}

export type SubjectPiece = {
  text: string;
  isVariable: boolean;
};

/**
 * Splits a template's subject into pieces. Known values of the property are filled in; every other
 * variable becomes a readable name, so that `{{recipient.firstName}}, a question` reads "first
 * name, a question".
 */
export function splitSubject(subject: string, property: Readonly<Record<string, unknown>>): SubjectPiece[] {
  const pieces = subject.split(/(\{\{.*?\}\})/).filter((piece) => piece !== "");
  return pieces.map((piece) => {
    const path = piece.startsWith("{{") ? /[a-z]\w*(?:\.\w+)+/i.exec(piece)?.[0] : undefined;
    if (!path) return { text: piece, isVariable: false };
    const value = path.startsWith("property.") ? property[path.slice("property.".length)] : undefined;
    return typeof value === "string"
      ? { text: value, isVariable: false }
      : { text: toVariableLabel(path), isVariable: true };
  });
}

export const isUnfinishedCampaign = ({ status }: Pick<CampaignSummary, "status">) =>
  status === "active" || status === "paused" || status === "draft";

/** Returns a short text for a recipient's status, or null if the recipient is active. */
export function describeRecipientStatus(recipient: CampaignRecipient): string | null {
  if (recipient.status === "waitingForEmail") return "Waiting for an email address";
  if (recipient.status === "paused") return "Paused";
  if (recipient.status === "stopped")
    return recipient.stopReason ? `Stopped. ${englishReasonTexts.stop[recipient.stopReason]}` : "Stopped";
  if (recipient.status !== "completed") return null;
  return recipient.uncertainEmails > 0 ? "All emails sent or probably sent" : "All emails sent";
}

/**
 * Returns sentences about a launch that collides with other campaigns: which recipients would wait,
 * and for which campaign.
 */
export function describeCollisions(
  held: readonly { name: string; otherCampaign: OtherCampaign }[],
): string[] {
  const inPerson = held.filter(({ otherCampaign }) => otherCampaign.by === "person");
  const campaigns = new Map(held.map(({ otherCampaign }) => [otherCampaign.id, otherCampaign.name]));
  const sentences = [...campaigns].map(([id, campaign]) => {
    const names = inPerson.filter(({ otherCampaign }) => otherCampaign.id === id).map(({ name }) => name);
    if (names.length === 0) return `“${campaign}” is already writing to somebody at this property.`;
    return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} already in “${campaign}”.`;
  });
  return [...sentences, `${formatCount(held.length, "recipient")} will wait until that is over.`];
}
