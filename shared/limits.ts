/**
 * The limits of requests, campaigns, templates and settings. Lengths are in characters, sizes in
 * bytes.
 */
export const limits = {
  stepsPerCampaign: 20,
  /**
   * The greatest number of a step in a campaign. A number is never used again, so a campaign that
   * changes often runs out of numbers. Signed links store the number in one byte.
   */
  campaignStepNumbers: 255,
  /** The greatest id of a step in a sequence. */
  sequenceStepIds: 9_999,
  /** The greatest number of snippets of an office, and of characters of one snippet. */
  snippets: 100,
  snippetLength: 10_000,
  /** The greatest number of letters of launched campaigns that a change of a snippet may reach. */
  lettersPerSnippet: 200,
  /** The greatest number of days after which a sequence may end by itself. */
  sequenceDays: 730,
  /**
   * The greatest number of launches in the figures of a sequence. The newest launches are included.
   */
  launchesCounted: 200,
  /**
   * An edit of a sequence makes no audit entry if the same agent changed the sequence less than
   * this number of minutes earlier.
   */
  sequenceAuditMinutes: 10,
  /**
   * The greatest number of stored earlier versions of a letter. The oldest versions are deleted
   * first.
   */
  letterVersions: 20,
  /** The minutes between two stored versions of a letter that one agent keeps changing. */
  letterVersionMinutes: 10,
  variantsPerStep: 5,
  variantWeight: 100,
  /**
   * The least and the greatest number of emails of each wording after which Doorknock can choose
   * the winner, the wording with the most replies.
   */
  winnerAfterLeast: 10,
  winnerAfterMost: 5_000,
  /**
   * The hours that an email has to get its reply before the email counts in the choice of the
   * winner.
   */
  winnerSettlingHours: 48,
  recipientsPerCampaign: 10_000,
  recipientsPerRequest: 500,
  /** The greatest number of personal wordings in one request. */
  personalWordingsPerRequest: 200,
  otherSenders: 20,
  accountsPerTenant: 10,
  /**
   * The greatest number of From domains, or single addresses, in one provider account's list of
   * verified domains.
   */
  verifiedDomains: 200,
  /** The greatest number of an office's webhooks, to which the Worker posts events. */
  hostWebhooks: 5,
  /** The keys with which a tenant's host may sign tokens at one time. */
  signingKeys: 10,
  /** The days for which an event is kept for webhooks, and the days of tries to deliver it. */
  hostEventDays: 14,
  hostEventTryDays: 3,
  /** The longest time for which an old secret of a webhook can sign beside the new one. */
  oldWebhookSecretHours: 168,
  pageSize: 100,
  suppressionsPerRequest: 500,
  suppressionsPerImport: 10_000,
  nameLength: 200,
  phoneLength: 50,
  licenseTypeLength: 60,
  licenseNumberLength: 100,
  /** The greatest number of licenses of a sender, in addition to the first license. */
  otherLicenses: 9,
  webAddressLength: 500,
  emailLength: 254,
  subjectLength: 300,
  preheaderLength: 200,
  instructionsLength: 500,
  noteLength: 500,
  /**
   * The greatest number of characters of an agent's answer, and of the reply quoted below the
   * answer.
   */
  answerLength: 20_000,
  /** The greatest number of shown answers to one recipient. */
  answersShown: 100,
  /** The greatest number of characters of a search for people. */
  searchLength: 100,
  /**
   * The least number of letters and digits of a search over the office; a shorter search finds
   * nothing.
   */
  searchMinLength: 2,
  /** The length of an agent's id, the `sub` of the agent's token. */
  agentIdLength: 200,
  /** The greatest number of agents in the list of the office's agents. */
  listedAgents: 300,
  /** The number at which the counts of waiting replies end. */
  countedReplies: 26,
  /** The greatest number of people, of properties and of campaigns in the results of a search. */
  searchResults: 8,
  /** The greatest number of days by which an agent can postpone a task. */
  taskPostponeDays: 90,
  /**
   * The days that the next email waits after a task with the result `notNow`. A reply with the
   * outcome `notNow` waits for the same number of days if the agent names no day.
   */
  notNowDays: 90,
  notNowDaysMost: 730,
  /** The greatest number of characters of a reply that are stored with a refusal. */
  evidenceLength: 2_000,
  coolOffHoursMost: 24 * 90,
  factAgeDaysMost: 365,
  /** The greatest number of variables with an age limit of their own. */
  factAges: 50,
  lastNoteDaysMost: 730,
  /**
   * The default rules for people named in a probate or pre-foreclosure filing, without recorded
   * consent. The rules are the days after the filing without emails, and the greatest number of
   * emails to one recipient.
   */
  probateWaitDays: 60,
  preForeclosureWaitDays: 30,
  filingEmails: 2,
  /**
   * The most emails to an owner that cause no warning. Further emails bring few answers and more
   * spam reports.
   */
  ownerEmails: 3,
  /** The most owners of a campaign without a warning. In large mailings, far fewer people reply. */
  ownersPerCampaign: 50,
  sourceWaitDaysMost: 365,
  /**
   * The limits of an office's do-not-solicit lists. A list that is older than
   * `doNotSolicitListDays` has to be imported again.
   */
  doNotSolicitLists: 50,
  /**
   * The greatest number of letters in one request for approval, and in one decision of a team lead.
   */
  lettersPerApproval: 250,
  /** The greatest number of letters with their texts on one page of approvals. */
  approvalsPerPage: 25,
  doNotSolicitLines: 20_000,
  doNotSolicitListDays: 30,
  listNameLength: 100,
  /**
   * At this number of emails a day, mailbox providers begin to treat a domain as a bulk sender for
   * good.
   */
  bulkSenderEmails: 5_000,
  bulkSenderWarning: 4_000,
  sendersCounted: 1_000,
  /**
   * The greatest number of stored characters of a letter's values and footer. Longer values are not
   * stored.
   */
  letterValuesLength: 4_000,
  letterFooterLength: 2_000,
  postalAddressLength: 300,
  holidays: 100,
  allowedOrigins: 50,
  ownersPerProperty: 20,
  addressFieldLength: 300,
  /** The greatest number of properties in one request of the host. */
  propertiesPerRequest: 100,
  /** The greatest number of contacts of a property with stored names. The newest contacts stay. */
  contactsPerProperty: 20,
  /** The most campaigns that a rule launches by itself in a day, and in one request of the host. */
  startsPerDay: 50,
  startsPerRequest: 10,
  /** The greatest number of listed proposals of campaigns. */
  listedProposals: 50,
  /** The most recipients that one report about a property updates at once. */
  recipientsPerReport: 500,
  /**
   * The limits of the listing guard. An office may raise `closedDays` up to `closedDaysMost`, and
   * may lower `launchStatusHours` and `laterStatusDays`. No office can make the guard less strict.
   */
  closedDays: 180,
  closedDaysMost: 3_650,
  launchStatusHours: 24,
  laterStatusDays: 7,
  listingKeys: 50,
  /** The greatest number of properties whose status one request can state or one card can show. */
  listingChecks: 100,
  statusWords: 100,
  bodyLength: 100_000,
  /** The approximate number of characters that an inbox shows of a subject and of a preheader. */
  subjectShown: 60,
  preheaderShown: 140,
  /**
   * Gmail shows the first 102 KB of an email's HTML and hides the rest, including the unsubscribe
   * link.
   */
  htmlBytesShown: 102 * 1024,
  lintFindings: 100,
  templateVersions: 50,
  templateVariables: 50,
  testSendsPerHour: 20,
  /** The greatest size of an email's HTML and text together, with the footer and signed links. */
  emailBytes: 500_000,
  templateDataBytes: 16_000,
  /**
   * The greatest number of values in one correction of a recipient, and the greatest length of a
   * value.
   */
  filledValues: 50,
  filledValueLength: 2_000,
  tags: 20,
  tagLength: 50,
  delayDays: 365,
  delayHours: 23,
  delayBusinessDays: 250,
  withinDays: 365,
  waitDays: 60,
  engagementConditions: 4,
  propertyStatuses: 11,
  jitterMinutes: 720,
  hoursPerSendWindow: 14,
  requestBytes: 1_000_000,
  /** The default and the longest time, in seconds, for which a launch can be undone. */
  recallSeconds: 10,
  recallSecondsMost: 600,
  /**
   * The greatest number of people in one action, and the time during which the action can be
   * undone.
   */
  recipientsPerAction: 500,
  bulkUndoSeconds: 60,
  /** The longest time in which "send now" can be undone; the default is `recallSeconds`. */
  sendNowRecallSecondsMost: 60,
  snoozeDays: 180,
  maxLatenessHours: 72,
  maxLatenessHoursMost: 24 * 365,
  preflightSize: 500,
  recipientsPerPlan: 50,
  /**
   * The share of a campaign's emails, 0 to 1, above which bounces or complaints pause the campaign.
   */
  maxBounceRate: 0.05,
  maxComplaintRate: 0.001,
} as const;

/**
 * The number that stands for the next step of a recipient who has finished the sequence. No step
 * has this number.
 */
export const sequenceEndStepNumber = limits.campaignStepNumbers + 1;

/** The index by which a message names its step's else email. No variant has this index. */
export const elseVariantIndex = limits.variantsPerStep;
