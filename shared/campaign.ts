import { z } from "zod";
import { clockTime, emailAddress, id, instant, line, timeZone } from "./primitives.ts";
import { propertyId, propertyStatus } from "./property.ts";
import { recipientInput } from "./recipient.ts";
import { campaignStep, stepsInput } from "./step.ts";
import { campaignStatuses, campaignTypes, defaultExitStatuses, limits, pauseReasons } from "./vocabulary.ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Hours of some days of the week. `endTime` before `startTime` is a night: it belongs to the day it starts on. */
export const sendHours = z
  .object({
    /** ISO weekdays, 1 Monday to 7 Sunday. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    startTime: clockTime,
    endTime: clockTime,
  })
  .strict()
  .refine((hours) => hours.startTime !== hours.endTime, {
    message: "must differ from startTime",
    path: ["endTime"],
    // Asked of half-valid hours too, so that a caller hears of everything at once.
    when: ({ value }) => isObject(value) && "startTime" in value && "endTime" in value,
  });
export type SendHours = z.infer<typeof sendHours>;

/** When emails may leave, by the recipient's clock: several hours a day, or other hours on other days, as a list. */
export const sendWindow = z.array(sendHours).min(1).max(limits.hoursPerSendWindow);
export type SendWindow = z.infer<typeof sendWindow>;

/** What else says when emails leave; `timeZone` is for recipients who have none of their own. */
export const campaignSchedule = z
  .object({
    /** Nothing leaves before. */
    startAt: instant.nullable().default(null),
    /** Nothing leaves at or after it; who has not had every email by then is stopped. */
    endAt: instant.nullable().default(null),
    timeZone: timeZone.nullable().default(null),
    /** Each email is put off by a random part of this, within the window; rolled once, when it is planned. */
    jitterMinutes: z.number().int().min(0).max(limits.jitterMinutes).default(0),
    /** US federal holidays and the tenant's own are no sending days, and no business days. */
    skipsHolidays: z.boolean().default(false),
  })
  .strict()
  .refine(({ startAt, endAt }) => !startAt || !endAt || Date.parse(startAt) < Date.parse(endAt), {
    message: "must be after startAt",
    path: ["endAt"],
  });
export type CampaignSchedule = z.infer<typeof campaignSchedule>;

const exitStatuses = z
  .array(propertyStatus)
  .max(20)
  .transform((statuses) => [...new Set(statuses)]);
const maxLatenessHours = z.number().int().min(1).max(limits.maxLatenessHoursMost);
/** How long the launch can be undone; nothing leaves before. */
const recallSeconds = z.number().int().min(0).max(limits.recallSecondsMost).default(limits.recallSeconds);

/** Senders that share the recipients with `senderId`: they take turns, and each keeps the ones it has. */
const otherSenderIds = z
  .array(id)
  .max(limits.otherSenders)
  .refine((ids) => new Set(ids).size === ids.length, "must not name a sender twice");

const core = {
  name: line(limits.nameLength),
  type: z.enum(campaignTypes),
  propertyId: propertyId.nullable().default(null),
  senderId: id,
  otherSenderIds: otherSenderIds.default([]),
  replyTo: emailAddress.nullable().default(null),
  sendWindow: sendWindow.nullable().default(null),
  schedule: campaignSchedule.default({
    startAt: null,
    endAt: null,
    timeZone: null,
    jitterMinutes: 0,
    skipsHolidays: false,
  }),
  /** A recipient whose property comes to one of these gets nothing more. */
  exitStatuses: exitStatuses.default([...defaultExitStatuses]),
  /** What a pause or an outage has made later than this is not sent until somebody confirms it. */
  maxLatenessHours: maxLatenessHours.default(limits.maxLatenessHours),
  /** Who is in another active campaign, or whose property is, is written to all the same. Refused where the office always holds them. */
  ignoresCollisions: z.boolean().default(false),
  tags: z.array(line(limits.tagLength)).max(limits.tags).default([]),
};

/** What `CampaignBuilder.build()` gives and `POST /api/campaigns` takes. */
export const campaignInput = z.object({ ...core, steps: stepsInput }).strict();
export type CampaignInput = z.input<typeof campaignInput>;

/**
 * `POST /api/campaigns`: either `steps`, or `presetId`, whose templates become the tenant's own on first use.
 * With `recipients` and `status: 'active'` it is a whole launch in one atomic request.
 */
export const campaignCreate = z
  .object({
    ...core,
    type: z.enum(campaignTypes).optional(),
    steps: stepsInput.optional(),
    presetId: z.string().max(50).optional(),
    recipients: z.array(recipientInput).max(limits.recipientsPerRequest).default([]),
    status: z.enum(["draft", "active"]).default("draft"),
    recallSeconds,
  })
  .strict()
  .refine((input) => (input.steps === undefined) !== (input.presetId === undefined), {
    message: "give either steps or presetId",
    path: ["steps"],
  })
  .refine((input) => input.type !== undefined || input.presetId !== undefined, {
    message: "is required with steps",
    path: ["type"],
  })
  .refine((input) => input.status === "draft" || input.recipients.length > 0, {
    message: "at least one is needed to launch",
    path: ["recipients"],
  });
export type CampaignCreate = z.input<typeof campaignCreate>;

/** A draft may change in everything, a campaign that has started only in its name and tags. */
export const campaignPatch = z
  .object({
    name: core.name,
    tags: z.array(line(limits.tagLength)).max(limits.tags),
    senderId: id,
    otherSenderIds,
    replyTo: emailAddress.nullable(),
    sendWindow: sendWindow.nullable(),
    schedule: campaignSchedule,
    exitStatuses,
    maxLatenessHours,
    ignoresCollisions: z.boolean(),
    steps: stepsInput,
  })
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change something");
export type CampaignPatch = z.input<typeof campaignPatch>;

/** `recallSeconds` is for a launch; `confirmLate`, for a resume, lets what is later than the campaign allows go as well.
 * `ignoresCollisions`, for both, replaces what the campaign said before.
 */
export const statusInput = z
  .object({
    status: z.enum(["active", "paused", "stopped", "archived"]),
    recallSeconds,
    confirmLate: z.boolean().default(false),
    ignoresCollisions: z.boolean().optional(),
  })
  .strict();
export type StatusInput = z.input<typeof statusInput>;

/** How far a running or paused campaign is behind its plan; `overdue` and `needsConfirmation` count people. */
export const backlog = z.object({
  /** Emails that went. */
  sent: z.number().int(),
  /** People with an email still to come. */
  remaining: z.number().int(),
  /** Of those, whose email should have gone by now. They go one by one, at the sender's pace. */
  overdue: z.number().int(),
  /** Of those, whose email is later than `maxLatenessHours`: held until somebody confirms it. */
  needsConfirmation: z.number().int(),
});
export type Backlog = z.infer<typeof backlog>;

/** People, not emails: each recipient is counted once in each. */
export const campaignCounts = z.object({
  recipients: z.number().int(),
  active: z.number().int(),
  waitingForEmail: z.number().int(),
  paused: z.number().int(),
  completed: z.number().int(),
  stopped: z.number().int(),
});
export type CampaignCounts = z.infer<typeof campaignCounts>;

export const campaignSummary = z.object({
  id,
  name: z.string(),
  type: z.enum(campaignTypes),
  status: z.enum(campaignStatuses),
  propertyId: z.string().nullable(),
  stepCount: z.number().int(),
  /** Of those, the emails; the others are tasks. */
  emailCount: z.number().int(),
  counts: campaignCounts,
  /** Over all steps. */
  stats: z.object({
    sent: z.number().int(),
    delivered: z.number().int(),
    opened: z.number().int(),
    clicked: z.number().int(),
    replied: z.number().int(),
    bounced: z.number().int(),
    unsubscribed: z.number().int(),
  }),
  nextSendAt: instant.nullable(),
  /** Why it paused by itself; null where a person paused it. */
  pauseReason: z.enum(pauseReasons).nullable(),
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
  maxLatenessHours: z.number().int(),
  ignoresCollisions: z.boolean(),
  tags: z.array(z.string()),
  steps: z.array(campaignStep),
  /** Until then the launch can be undone, and nothing leaves. */
  recallUntil: instant.nullable(),
  backlog,
});
export type Campaign = z.infer<typeof campaign>;

/** The campaign after a change of status; `resumed` says what a resume came to, and is null for every other change. */
export const campaignChanged = campaign.extend({
  resumed: backlog.extend({ explanation: z.string() }).nullable(),
});
export type CampaignChanged = z.infer<typeof campaignChanged>;
