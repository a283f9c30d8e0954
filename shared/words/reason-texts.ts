import { limits } from "../limits.ts";
import type { CampaignPauseReason, HoldReason, SkipReason, StopReason } from "../vocabulary.ts";

/**
 * The texts in one language for every reason of the vocabulary. A table that lacks a reason does
 * not compile. The API and the tab show the same text.
 */
export type ReasonTexts = {
  /** The reasons why a recipient gets no more email. */
  stop: Readonly<Record<StopReason, string>>;
  /** The reasons why one step of the sequence was skipped. */
  skip: Readonly<Record<SkipReason, string>>;
  /** The reasons why a campaign paused by itself. */
  pause: Readonly<Record<CampaignPauseReason, string>>;
  /** The reasons why a recipient gets no email right now. */
  hold: Readonly<Record<HoldReason, string>>;
  /** The texts for the hold reason `inOtherCampaign`, with the name of the other campaign. */
  inOtherCampaign: {
    /** The text if the other campaign writes to the same person. */
    person(campaignName: string): string;
    /** The text if the other campaign writes to another person at the same property. */
    property(campaignName: string): string;
  };
};

const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 2 });

export const englishReasonTexts: ReasonTexts = {
  stop: {
    replied: "They replied.",
    bounced: "Their address does not accept email.",
    complained: "They marked an email as spam.",
    unsubscribed: "They unsubscribed.",
    suppressed: "Their address is on the do-not-email list.",
    manual: "An agent stopped their emails.",
    propertyStopped: "Someone else at this property replied or opted out, or an agent stopped it.",
    propertyStatusChanged: "The property’s status changed.",
    listedElsewhere: "Their home was listed with another brokerage.",
    recentlySold: "Their home was sold.",
    officeBlocksStatus: "Your office doesn’t email owners of homes with this status.",
    doNotSolicit: "Their home is on a do-not-solicit list.",
    campaignStopped: "The campaign was stopped.",
    campaignEnded: "The campaign ended before their next email.",
    conditionNotMet: "The next email’s conditions were not met.",
    sendFailed: "The email could not be sent.",
  },
  skip: {
    notOpened: "They had not opened the email this step depends on.",
    opened: "They had opened the email this step depends on.",
    notClicked: "They had not clicked a link in the email this step depends on.",
    clicked: "They had clicked a link in the email this step depends on.",
    tooSoonSinceLast: "It was too soon after their last email.",
    propertyStatus: "The property’s status was not one this step is meant for.",
    priceNotChanged: "The property’s price had not changed.",
    priceChanged: "The property’s price had changed.",
    sourceLimit: "They had got as many emails as your office sends to people of this source.",
  },
  pause: {
    bounceRate: `More than ${percent.format(limits.maxBounceRate)} of its emails bounced.`,
    complaintRate: `More than ${percent.format(limits.maxComplaintRate)} of its emails were marked as spam.`,
  },
  hold: {
    notDue: "The next email is scheduled for later.",
    sendingSoon: "An agent asked to send it now. It goes in a moment.",
    outsideWindow: "It is outside the campaign’s sending hours, or a holiday, where the recipient lives.",
    campaignNotActive: "The campaign is not active.",
    campaignNotStarted: "The campaign hasn’t reached its start date.",
    campaignEndsFirst: "The campaign ends before their next email could go.",
    recallWindow: "The campaign has just been launched, and the launch can still be undone.",
    tenantStopped: "Your office has stopped all sending.",
    tooLate: "The email is much later than planned. It goes out only after you confirm it.",
    snoozed: "This recipient is snoozed.",
    recipientPaused: "This recipient is paused.",
    waitingForEmail: "There is no email address for this recipient yet.",
    needsConsent:
      "Their mail goes to another country, where the first email needs consent. Record it to let the email go.",
    waitingForCondition: "The next step waits for its condition, such as an open or a click.",
    waitingForTask:
      "The next step is a task for an agent. The sequence continues once it’s done or its time is up.",
    sourceWait: "People of this source are written to only some time after the date of the record.",
    listingWithdrawn: "Their listing is withdrawn, but its contract may still run.",
    statusUnconfirmed: "Nobody has confirmed that their home is not listed.",
    statusStale: "Nobody has checked lately that their home has not been listed again.",
    inOtherCampaign: "A campaign launched earlier is writing to them or to somebody at their property.",
    coolOff: "Another campaign just emailed them. There’s a pause before the next email.",
    lastNote: "An email told them that it was the last one. Your office keeps to that for a set time.",
    senderPaused: "The sender is paused.",
    providerUnavailable:
      "Your office’s email service can’t be reached or is paused. The email goes as soon as it is back.",
    senderBusy: "The sender is emailing others first, because its emails are spaced out.",
    dailyCapReached: "The sender has reached its daily limit.",
    domainCapReached: "The sender has reached its daily limit for this recipient’s mail domain.",
    retrying: "The email service asked us to wait. The email will be tried again.",
    outcomeUnknown: "We don’t know yet whether the last attempt went out, so the email isn’t sent again.",
    missingVariables: "The template uses a value this recipient does not have.",
  },
  inOtherCampaign: {
    person: (campaignName) =>
      `They are in “${campaignName}”, which was launched earlier. This campaign goes on when that one is through with them.`,
    property: (campaignName) =>
      `“${campaignName}”, which was launched earlier, is writing to somebody at their property. This campaign goes on when that one is through there.`,
  },
};
