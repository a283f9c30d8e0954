import { z } from "zod";
import { namedAgent } from "./agent.ts";
import { campaignApprovalView } from "./campaign-approval.ts";
import { limits } from "./limits.ts";
import { nearbySale } from "./nearby-sale.ts";
import { nextEmail } from "./next-email.ts";
import { clockTime, emailAddress, id, instant, sequenceId, singleLine, timeZone } from "./primitives.ts";
import { propertyId, propertyStatus } from "./property.ts";
import { listingStatement, recipientInput, refusalNote } from "./recipient.ts";
import { campaignStep, stepsInput } from "./step.ts";
import {
  campaignPauseReasons,
  campaignStatuses,
  campaignTypes,
  campaignUnknownPolicies,
} from "./vocabulary.ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * A range of hours on some days of the week. If `endTime` is before `startTime`, the range crosses
 * midnight and belongs to the day on which the range starts.
 */
export const sendHours = z
  .object({
    /** ISO weekdays, from 1 (Monday) to 7 (Sunday). */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    startTime: clockTime,
    endTime: clockTime,
  })
  .strict()
  .refine((hours) => hours.startTime !== hours.endTime, {
    message: "must differ from startTime",
    path: ["endTime"],
    // This rule is checked even if the hours have another fault, so that a caller sees all faults
    // at once.
    when: ({ value }) => isObject(value) && "startTime" in value && "endTime" in value,
  });
export type SendHours = z.infer<typeof sendHours>;

/** The ranges of hours in which emails may be sent, by the recipient's clock. */
export const sendWindow = z.array(sendHours).min(1).max(limits.hoursPerSendWindow);
export type SendWindow = z.infer<typeof sendWindow>;

const scheduleFields = {
  /** No email is sent before this instant. */
  startAt: instant.nullable().default(null),
  /**
   * No email is sent at or after this instant. At `endAt`, Doorknock stops recipients who have not
   * got all emails.
   */
  endAt: instant.nullable().default(null),
  timeZone: timeZone.nullable().default(null),
  /**
   * Doorknock delays each email by a random part of these minutes, within the send window. The
   * random delay is chosen once, when the email is planned.
   */
  jitterMinutes: z.number().int().min(0).max(limits.jitterMinutes).default(0),
  /**
   * If true, US federal holidays and the tenant's own holidays are neither sending days nor
   * business days.
   */
  skipsHolidays: z.boolean().default(true),
};

const endsAfterStart = ({ startAt, endAt }: { startAt: string | null; endAt?: string | null | undefined }) =>
  !startAt || !endAt || Date.parse(startAt) < Date.parse(endAt);
const endFault = { message: "must be after startAt", path: ["endAt"] };

/**
 * The rules for the time of emails, in addition to the send window. `timeZone` is for recipients
 * without a time zone of their own.
 */
export const campaignSchedule = z.object(scheduleFields).strict().refine(endsAfterStart, endFault);

/**
 * The schedule of a new campaign. Without `endAt` or `skipsHolidays`, the rule of the campaign's
 * sequence applies; a campaign without a sequence has no end and skips holidays.
 */
const newCampaignSchedule = z
  .object({
    ...scheduleFields,
    endAt: instant.nullable().optional(),
    skipsHolidays: z.boolean().optional(),
  })
  .strict()
  .refine(endsAfterStart, endFault);

/** The statuses of a property after which Doorknock stops the property's recipients. */
export const exitStatuses = z
  .array(propertyStatus)
  .max(20)
  .transform((statuses) => [...new Set(statuses)]);

/**
 * The fields of a new campaign that its sequence may set. A field that is left out takes the
 * sequence's value. Without a sequence, the campaign sends at any hour, skips holidays, and stops
 * at the default statuses.
 */
export const newCampaignRules = {
  sendWindow: sendWindow.nullable().optional(),
  schedule: newCampaignSchedule.default({ startAt: null, timeZone: null, jitterMinutes: 0 }),
  /** Doorknock stops a recipient if the recipient's property gets one of these statuses. */
  exitStatuses: exitStatuses.optional(),
  /** If true, a recipient who clicks a link is stopped. A click of a program does not count. */
  stopsOnClick: z.boolean().optional(),
};
const newCampaignRulesObject = z.object(newCampaignRules);
export type NewCampaignRules = z.output<typeof newCampaignRulesObject>;

export type CampaignSchedule = z.infer<typeof campaignSchedule>;

const maxLatenessHours = z.number().int().min(1).max(limits.maxLatenessHoursMost);
/** The time for which a launch can be undone. No email is sent before this time has passed. */
const recallSeconds = z.number().int().min(0).max(limits.recallSecondsMost).default(limits.recallSeconds);

/** Senders that take turns with `senderId`. Each recipient keeps the same sender. */
const otherSenderIds = z
  .array(id)
  .max(limits.otherSenders)
  .refine((ids) => new Set(ids).size === ids.length, "must not name a sender twice");

const core = {
  name: singleLine(limits.nameLength),
  type: z.enum(campaignTypes),
  propertyId: propertyId.nullable().default(null),
  senderId: id,
  otherSenderIds: otherSenderIds.default([]),
  replyTo: emailAddress.nullable().default(null),
  ...newCampaignRules,
  /**
   * An email that a pause or an outage has delayed by more than `maxLatenessHours` waits until a
   * person confirms the email.
   */
  maxLatenessHours: maxLatenessHours.default(limits.maxLatenessHours),
  /**
   * If true, a recipient gets emails even if another active campaign writes to the same person or
   * property. A launch with `true` is refused if the office's policy is `holdAlways`.
   */
  ignoresCollisions: z.boolean().default(false),
  /**
   * The policy for emails that may or may not have been sent. `office`: the policy in the tenant's
   * settings applies. `assumeSent`: the email is shown as probably sent, and the sequence
   * continues. `resend`: the email is sent once more under the same Message-ID.
   */
  unknownPolicy: z.enum(campaignUnknownPolicies).default("office"),
  tags: z.array(singleLine(limits.tagLength)).max(limits.tags).default([]),
};

/** Tells whether a request has exactly one of `steps`, `presetId` and `sequenceId`. */
export const hasExactlyOneSequence = (input: {
  steps?: unknown;
  presetId?: string | undefined;
  sequenceId?: string | undefined;
}): boolean =>
  [input.steps, input.presetId, input.sequenceId].filter((given) => given !== undefined).length === 1;

/**
 * A campaign as `CampaignBuilder.build()` returns it and as `POST /api/campaigns` accepts it. The
 * campaign has either its own steps or the id of a sequence.
 */
export const campaignInput = z
  .object({ ...core, steps: stepsInput.optional(), sequenceId: sequenceId.optional() })
  .strict()
  .refine(hasExactlyOneSequence, {
    message: "goes only without steps",
    path: ["sequenceId"],
    // This rule is checked even if the input has another fault, so that a caller sees all faults at
    // once.
    when: ({ value }) => isObject(value),
  });
export type CampaignInput = z.input<typeof campaignInput>;

/**
 * The body of `POST /api/campaigns`: `steps`, a `presetId`, or a `sequenceId`. The letters of a
 * preset or sequence are copied into templates of the tenant. With `recipients` and
 * `status: 'active'`, the request is a whole launch and is atomic.
 */
export const campaignCreate = z
  .object({
    ...core,
    type: z.enum(campaignTypes).optional(),
    steps: stepsInput.optional(),
    presetId: z.string().max(50).optional(),
    sequenceId: sequenceId.optional(),
    recipients: z.array(recipientInput).max(limits.recipientsPerRequest).default([]),
    status: z.enum(["draft", "active"]).default("draft"),
    recallSeconds,
    refusalNote,
    listingStatement,
    /**
     * The sale that the letters mention. A letter with the variable `property.nearbySaleNews` needs
     * this field, because nothing else gives the variable a value.
     */
    nearbySale: nearbySale.optional(),
  })
  .strict()
  .refine(hasExactlyOneSequence, { message: "give either steps, presetId or sequenceId", path: ["steps"] })
  .refine((input) => input.type !== undefined || input.steps === undefined, {
    message: "is required with steps",
    path: ["type"],
  })
  .refine((input) => input.status === "draft" || input.recipients.length > 0, {
    message: "must have at least one entry to launch",
    path: ["recipients"],
  });
export type CampaignCreate = z.input<typeof campaignCreate>;

/**
 * A change to a campaign. Every field of a draft may change; after the launch, only the name, the
 * tags and `unknownPolicy` may change.
 */
export const campaignPatch = z
  .object({
    name: core.name,
    tags: z.array(singleLine(limits.tagLength)).max(limits.tags),
    senderId: id,
    otherSenderIds,
    replyTo: emailAddress.nullable(),
    sendWindow: sendWindow.nullable(),
    schedule: campaignSchedule,
    exitStatuses,
    stopsOnClick: z.boolean(),
    maxLatenessHours,
    ignoresCollisions: z.boolean(),
    unknownPolicy: z.enum(campaignUnknownPolicies),
    steps: stepsInput,
  })
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type CampaignPatch = z.input<typeof campaignPatch>;

/**
 * A change of a campaign's status. `recallSeconds` applies to a launch. `confirmLate` applies to a
 * resume: emails that are later than the campaign allows are sent too. `ignoresCollisions` and
 * `refusalNote` apply to a launch and to a resume; `ignoresCollisions` then replaces the campaign's
 * own value.
 */
export const campaignStatusInput = z
  .object({
    status: z.enum(["active", "paused", "stopped", "archived"]),
    recallSeconds,
    confirmLate: z.boolean().default(false),
    ignoresCollisions: z.boolean().optional(),
    refusalNote,
    listingStatement,
  })
  .strict();
export type CampaignStatusInput = z.input<typeof campaignStatusInput>;

/** The progress of a running or paused campaign, and the emails that are later than planned. */
export const campaignBacklog = z.object({
  /** The number of emails that were sent. */
  sent: z.number().int(),
  /** The number of recipients who have not got all emails yet. */
  remaining: z.number().int(),
  /**
   * The number of remaining recipients whose email is overdue. Doorknock sends these emails one by
   * one, at the sender's pace.
   */
  overdue: z.number().int(),
  /**
   * The number of remaining recipients whose email is later than `maxLatenessHours`. These emails
   * wait until a person confirms the emails.
   */
  needsConfirmation: z.number().int(),
});
export type CampaignBacklog = z.infer<typeof campaignBacklog>;

/** Counts of recipients, not of emails. */
export const campaignRecipientCounts = z.object({
  recipients: z.number().int(),
  active: z.number().int(),
  waitingForEmail: z.number().int(),
  paused: z.number().int(),
  completed: z.number().int(),
  stopped: z.number().int(),
});
export type CampaignRecipientCounts = z.infer<typeof campaignRecipientCounts>;

export const campaignSummary = z.object({
  id,
  name: z.string(),
  type: z.enum(campaignTypes),
  status: z.enum(campaignStatuses),
  propertyId: z.string().nullable(),
  /** The street address of the campaign's property; null if unknown. */
  address: z.string().nullable(),
  stepCount: z.number().int(),
  /** The number of steps that are emails. The other steps are tasks. */
  emailCount: z.number().int(),
  counts: campaignRecipientCounts,
  /** The totals over all steps. */
  stats: z.object({
    sent: z.number().int(),
    /**
     * The number of emails that may or may not have been sent. `sent` does not count these emails.
     */
    unknown: z.number().int(),
    delivered: z.number().int(),
    opened: z.number().int(),
    clicked: z.number().int(),
    replied: z.number().int(),
    bounced: z.number().int(),
    unsubscribed: z.number().int(),
    complained: z.number().int(),
  }),
  /**
   * The time at which `counts` and `stats` were counted, if they are stored for a minute. Null if
   * they were counted for this request, as in the view of a campaign of fewer than ten recipients.
   */
  countedAt: instant.nullable(),
  nextSendAt: instant.nullable(),
  /** The next email of an active campaign; null if none is planned. */
  nextEmail: nextEmail.nullable(),
  /** The number of replies that may be a refusal and that no agent has decided about yet. */
  openQuestions: z.number().int(),
  /** The reason why Doorknock paused the campaign; null if a person paused the campaign. */
  pauseReason: z.enum(campaignPauseReasons).nullable(),
  /** The approval of the launch; null if the launch needs no approval. */
  approval: campaignApprovalView.nullable(),
  /** The agent who created the campaign. */
  createdBy: namedAgent,
  createdAt: instant,
  launchedAt: instant.nullable(),
});
export type CampaignSummary = z.infer<typeof campaignSummary>;

export const campaign = campaignSummary.extend({
  senderId: id,
  otherSenderIds: z.array(id),
  replyTo: z.string().nullable(),
  sendWindow: sendWindow.nullable(),
  schedule: campaignSchedule,
  exitStatuses: z.array(z.string()),
  stopsOnClick: z.boolean(),
  /**
   * The number of days from the launch to the campaign's end, as the sequence's rule says; null
   * without such a rule. After the launch, `schedule.endAt` is the end.
   */
  endsAfterDays: z.number().int().nullable(),
  maxLatenessHours: z.number().int(),
  ignoresCollisions: z.boolean(),
  unknownPolicy: z.enum(campaignUnknownPolicies),
  tags: z.array(z.string()),
  steps: z.array(campaignStep),
  /** Until this instant the launch can be undone, and no email is sent. */
  recallUntil: instant.nullable(),
  backlog: campaignBacklog,
});
export type Campaign = z.infer<typeof campaign>;

/**
 * The campaign after a change of status. After a resume, `resumed` describes the backlog. After any
 * other change, `resumed` is null.
 */
export const campaignStatusResult = campaign.extend({
  resumed: campaignBacklog.extend({ explanation: z.string() }).nullable(),
});
export type CampaignStatusResult = z.infer<typeof campaignStatusResult>;
