import { limits } from "../limits.ts";
import type { CampaignPauseReason, EmailFault, HoldReason, SkipReason, StopReason } from "../vocabulary.ts";

/**
 * The texts in one language for the reasons of stops, skips, campaign pauses and holds in
 * vocabulary.ts. A table that lacks a reason does not compile. The API and the tab show the same
 * text.
 */
export type ReasonTexts = {
  /** The reasons why a recipient gets no more email. */
  stop: Readonly<Record<StopReason, string>>;
  /** The reasons why one step of the sequence was skipped. */
  skip: Readonly<Record<SkipReason, string>>;
  /** The reasons why Doorknock paused a campaign. */
  pause: Readonly<Record<CampaignPauseReason, string>>;
  /** The reasons why a recipient gets no email right now. */
  hold: Readonly<Record<HoldReason, string>>;
  /** The texts for the hold reason `faultyEmail`, if the fault is known. */
  faultyEmail: Readonly<Record<EmailFault, string>>;
  /**
   * The text for the hold reason `factTooOld`, with the value, the value's age and the greatest
   * allowed age.
   */
  factTooOld(value: string, ageDays: number | string, mostDays: number | string): string;
  /** The text for the hold reason `agentPaused`, with the agent and who paused the outreach. */
  agentPaused(agent: string, pausedBy: string): string;
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
    linkClicked: "They clicked a link, and this sequence stops then.",
    bounced: "Their email address doesn’t accept email.",
    complained: "They marked an email as spam.",
    unsubscribed: "They unsubscribed.",
    suppressed: "Their email address is on the do-not-email list.",
    manual: "An agent stopped their emails.",
    propertyStopped: "Someone else at this property replied or opted out, or an agent stopped it.",
    propertyStatusChanged: "The property’s status changed.",
    listedElsewhere: "Their home was listed with another brokerage.",
    recentlySold: "Their home was sold.",
    officeBlocksStatus: "Your office doesn’t email owners of homes with this status.",
    doNotSolicit: "Their home is on a do-not-solicit list.",
    campaignStopped: "The campaign was stopped.",
    campaignEnded: "The campaign ended before their next email.",
    conditionNotMet: "The conditions for the next email weren’t met.",
    sendFailed: "The email couldn’t be sent.",
  },
  skip: {
    notOpened: "They hadn’t opened the email this step depends on.",
    opened: "They had opened the email this step depends on.",
    notClicked: "They hadn’t clicked a link in the email this step depends on.",
    clicked: "They had clicked a link in the email this step depends on.",
    tooSoonSinceLast: "It was too soon after their last email.",
    propertyStatus: "This step isn’t meant for the property’s status.",
    priceNotChanged: "The property’s price hadn’t changed.",
    priceChanged: "The property’s price had changed.",
    sourceLimit: "They had already gotten as many emails as your office allows for this source.",
    movedPast: "Someone moved them on to a later step.",
    stepAddedLater: "This step was added when they were already past it.",
    stepRemoved: "This step was removed from the sequence.",
  },
  pause: {
    bounceRate: `More than ${percent.format(limits.maxBounceRate)} of its emails bounced.`,
    complaintRate: `More than ${percent.format(limits.maxComplaintRate)} of its emails were marked as spam.`,
  },
  hold: {
    notDue: "The next email is scheduled for later.",
    sendingSoon: "An agent chose “Send now.” The email will go out in a moment.",
    outsideWindow: "It’s outside the campaign’s sending hours, or a holiday, where the recipient lives.",
    campaignNotActive: "The campaign isn’t active.",
    campaignNotStarted: "The campaign hasn’t reached its start date.",
    campaignEndsFirst: "The campaign ends before their next email could go out.",
    recallWindow: "The campaign was just launched, and the launch can still be undone.",
    tenantStopped: "Your office has stopped all sending.",
    agentPaused: "The outreach of the agent who launched this campaign is paused.",
    tooLate: "The email is much later than planned. It won’t go out until you confirm it.",
    snoozed: "This recipient is snoozed.",
    recipientPaused: "This recipient is paused.",
    waitingForEmail: "This recipient has no email address yet.",
    needsConsent:
      "Their mailing address is in a country where the first email needs consent. Record their consent to send it.",
    needsRepresentative:
      "They come from a probate filing. Emails about an estate go only to its personal representative.",
    checkingClick: "A link was clicked. We’re checking whether they or a mail filter clicked it.",
    undecidedReply:
      "They replied to another email, and the reply may ask for no more. The next email waits until someone decides.",
    waitingForCondition: "The next step is waiting for its condition, such as an open or a click.",
    waitingForTask:
      "The next step is a task for an agent. The sequence continues once it’s done or its time is up.",
    sourceWait:
      "Your office waits for a set time after the date of the record before emailing people from this source.",
    listingWithdrawn: "Their listing is withdrawn, but its contract may still be in force.",
    statusUnconfirmed: "No one has confirmed that their home isn’t listed.",
    statusStale: "No one has checked recently whether their home has been listed again.",
    inOtherCampaign: "An earlier campaign is emailing them or someone at their property.",
    coolOff: "Another campaign just emailed them. There’s a pause before the next email.",
    lastNote:
      "An earlier email said it was the last one, so your office waits for a set time before emailing again.",
    senderPaused: "The sender is paused.",
    providerUnavailable:
      "Your office’s email service can’t be reached or is paused. The email will go out when it’s available again.",
    senderBusy: "The sender’s emails are spaced out, and others are ahead of this one.",
    dailyCapReached: "The sender has reached its daily limit.",
    domainCapReached: "The sender has reached its daily limit for this recipient’s email domain.",
    retrying: "The email service asked us to wait. We’ll try the email again.",
    outcomeUnknown:
      "We don’t know yet whether the last attempt went out, so we’re not sending the email again.",
    missingVariables: "This email uses details that are missing for this recipient.",
    faultyEmail:
      "This email can’t be sent the way it comes out with their details. It will go out once someone changes the email or a detail.",
    factTooOld:
      "This email states a value that’s older than your office allows. It will go out once your CRM reports a newer one, or you fill one in.",
    unattestedClaim:
      "This email makes a claim that your office no longer confirms. It will go out once an administrator confirms it, or someone changes the email.",
  },
  faultyEmail: {
    subjectTooLong: `With their details filled in, this email’s subject is longer than ${limits.subjectLength} characters. Shorten it to send the email.`,
    subjectEmpty: "With their details filled in, this email’s subject is empty. Write one to send the email.",
    subjectIsAnswer:
      "With their details filled in, this email’s subject starts like a reply. Change it to send the email.",
    bodyEmpty:
      "With their details filled in, nothing is left of this email’s text. Change it to send the email.",
    tooLarge: "With their details filled in, this email is too large. Shorten it to send the email.",
  },
  factTooOld: (value, ageDays, mostDays) =>
    `“${value}” in this email is ${ageDays} days old, and your office’s limit is ${mostDays}. The email will go out once your CRM reports it again, or you fill it in.`,
  agentPaused: (agent, pausedBy) => `${agent}’s outreach is paused by ${pausedBy}.`,
  inOtherCampaign: {
    person: (campaignName) =>
      `They are in “${campaignName}”, which was launched earlier. This campaign will continue when that one is finished with them.`,
    property: (campaignName) =>
      `“${campaignName}”, which was launched earlier, is emailing someone at their property. This campaign will continue when that one is finished there.`,
  },
};
