import type { Backlog } from "../../../shared/campaign.ts";
import type {
  HoldReason,
  PauseReason,
  PreflightVerdict,
  SkipReason,
  StopReason,
} from "../../../shared/vocabulary.ts";
import type { Collision } from "./collision.ts";

/** The text for each hold reason, shown to an agent who asks "why not yet?". */
export const holdWords: Readonly<Record<HoldReason, string>> = {
  notDue: "The next email is planned for later.",
  outsideWindow: "It is outside the campaign's sending hours, or a holiday, where the recipient lives.",
  campaignNotActive: "The campaign is not active.",
  campaignNotStarted: "The campaign's start date has not come yet.",
  recallWindow: "It has just been launched and can still be undone.",
  tenantStopped: "All sending of your office is stopped.",
  tooLate: "It is much later than planned, and is not sent until you confirm it.",
  snoozed: "This recipient is snoozed.",
  campaignEndsFirst: "The campaign ends before their next email could go.",
  recipientPaused: "This recipient is paused.",
  waitingForEmail: "There is no email address for this recipient yet.",
  waitingForCondition: "It waits for what its step asks for, such as an open or a click.",
  waitingForTask:
    "Their step is a task for an agent; the sequence goes on once it is done, or when its time is over.",
  inOtherCampaign: "Another campaign, launched earlier, is writing to them or about their property.",
  coolOff: "Another campaign has just written to them; there is a pause before the next email.",
  senderPaused: "The sender is paused.",
  providerUnavailable:
    "Your office's email service can't be reached or is paused; the email goes as soon as it is back.",
  senderBusy: "The sender is writing to others first; emails are spaced out.",
  dailyCapReached: "The sender has reached its daily limit.",
  domainCapReached: "The sender has reached its daily limit for this recipient's mail domain.",
  retrying: "The email service asked us to wait; it will be tried again.",
  outcomeUnknown: "We do not know yet whether the last attempt went out, so it is not sent again.",
  missingVariables: "The template uses a value this recipient does not have.",
};

/**
 * Returns the text for a hold reason, with the other campaign's name if the recipient waits for
 * another campaign.
 */
export function waitWords(reason: HoldReason, other: Collision | null): string {
  if (reason !== "inOtherCampaign" || other === null) return holdWords[reason];
  return other.by === "person"
    ? `They are in “${other.campaignName}”, which was launched earlier. This one goes on when that one is through with them.`
    : `“${other.campaignName}”, which was launched earlier, is writing to somebody at their property. This one goes on when that one is through there.`;
}

/** The text for each reason why a recipient gets no more email. */
export const stopWords: Readonly<Record<StopReason, string>> = {
  replied: "They replied.",
  bounced: "Their address does not accept email.",
  complained: "They reported an email as spam.",
  unsubscribed: "They unsubscribed.",
  suppressed: "Their address is on the do-not-email list.",
  manual: "Stopped by an agent.",
  propertyStopped: "Outreach for this property was stopped.",
  propertyStatusChanged: "The property's status changed.",
  campaignStopped: "The campaign was stopped.",
  campaignEnded: "The campaign's end date came before their next email.",
  conditionNotMet: "The next email's conditions did not hold.",
  sendFailed: "The email could not be sent.",
};

/** The text for each reason why a step was skipped. */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  notOpened: "They had not opened the email it asks about.",
  opened: "They had opened the email it asks about.",
  notClicked: "They had not clicked in the email it asks about.",
  clicked: "They had clicked in the email it asks about.",
  tooSoonSinceLast: "It was too soon after the last email.",
  propertyStatus: "The property's status was not one it is meant for.",
  priceNotChanged: "The property's price had not changed.",
  priceChanged: "The property's price had changed.",
};

/** The text for each reason why a campaign had paused itself. */
const pauseWords: Readonly<Record<PauseReason, string>> = {
  bounceRate: "It had paused itself because too many emails bounced.",
  complaintRate: "It had paused itself because too many people reported its emails as spam.",
};

/** Returns the text that tells a person what their resume of a campaign leads to. */
export function resumeWords({ backlog }: { backlog: Backlog }, pauseReason: PauseReason | null): string {
  const { sent, remaining, overdue, needsConfirmation } = backlog;
  const sentences = [
    ...(pauseReason === null
      ? []
      : [`${pauseWords[pauseReason]} Only what comes back from now on is judged.`]),
    `${counted(sent, "email")} went so far; ${counted(remaining, "person is", "people are")} still to be written to.`,
    ...(overdue > 0
      ? [`${counted(overdue, "email")} should have gone by now; they go one by one at the sender's pace.`]
      : []),
    ...(needsConfirmation > 0
      ? [`${counted(needsConfirmation, "email is", "emails are")} too late to go without your confirmation.`]
      : []),
  ];
  return sentences.join(" ");
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Returns the text for one recipient of a dry run. */
export function preflightWords(
  verdict: PreflightVerdict,
  reason: HoldReason | SkipReason | StopReason | null,
  other: Collision | null,
): string {
  if (reason === null)
    return verdict === "willSend" ? "Will be sent." : "They are through with this campaign.";
  if (reason in skipWords) return `This email would be left out. ${skipWords[reason as SkipReason]}`;
  return reason in holdWords ? waitWords(reason as HoldReason, other) : stopWords[reason as StopReason];
}
