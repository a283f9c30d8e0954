import type { HoldReason, SkipReason, StopReason } from "../../shared/vocabulary.ts";

/** Why nothing goes to this recipient right now, for the agent who asks "why not yet?". */
export const holdWords: Readonly<Record<HoldReason, string>> = {
  notDue: "The next email is planned for later.",
  outsideWindow: "It is outside the campaign's sending hours where the recipient lives.",
  campaignNotActive: "The campaign is not active.",
  campaignNotStarted: "The campaign's start date has not come yet.",
  recipientPaused: "This recipient is paused.",
  waitingForEmail: "There is no email address for this recipient yet.",
  senderPaused: "The sender is paused.",
  senderBusy: "The sender is writing to others first; emails are spaced out.",
  dailyCapReached: "The sender has reached its daily limit.",
  retrying: "The email service asked us to wait; it will be tried again.",
  outcomeUnknown: "We do not know yet whether the last attempt went out, so it is not sent again.",
  missingVariables: "The template uses a value this recipient does not have.",
};

/** Why this recipient gets nothing more. */
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
  sendFailed: "The email could not be sent.",
};

/** Why one step was left out. */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  notOpened: "They had not opened the previous email.",
  opened: "They had opened the previous email.",
  notClicked: "They had not clicked in the previous email.",
  clicked: "They had clicked in the previous email.",
  tooSoonSinceLast: "It was too soon after the last email.",
};
