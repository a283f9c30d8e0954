import { z } from "zod";
import { clockTime, emailAddress, id, instant, line, timeZone } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { recipientInput } from "./recipient.ts";
import { campaignStatuses, campaignTypes, limits } from "./vocabulary.ts";

/** Looked at when the step comes due. `true`: only if they did; `false`: only if they did not. Machines' opens and clicks do not count. */
export const stepConditions = z
  .object({
    previousOpened: z.boolean().optional(),
    previousClicked: z.boolean().optional(),
    /** Only if at least this many days have passed since the last email to this recipient. */
    daysSinceLast: z.number().int().min(0).max(limits.delayDays).optional(),
  })
  .strict();
export type StepConditions = z.infer<typeof stepConditions>;

/** The delay counts from the previous step's sending, or, where that was skipped, from when it would have gone. */
export const stepInput = z
  .object({
    templateId: id,
    delayDays: z.number().int().min(0).max(limits.delayDays).default(0),
    delayHours: z.number().int().min(0).max(limits.delayHours).default(0),
    /** Preferred hour of the recipient's day, 0 to 23; still within the campaign's window. */
    sendTimeHour: z.number().int().min(0).max(23).nullable().default(null),
    conditions: stepConditions.default({}),
  })
  .strict();
export type StepInput = z.input<typeof stepInput>;

/** A campaign's steps in order. Looked at even where a step is itself faulty, so that a caller hears of everything at once. */
export const stepsInput = z
  .array(stepInput)
  .min(1)
  .max(limits.stepsPerCampaign)
  .refine((steps) => steps[0]?.conditions?.previousOpened === undefined, {
    message: "the first step has no previous email that could have been opened",
    path: [0, "conditions", "previousOpened"],
    when: ({ value }) => Array.isArray(value),
  })
  .refine((steps) => steps[0]?.conditions?.previousClicked === undefined, {
    message: "the first step has no previous email that could have been clicked",
    path: [0, "conditions", "previousClicked"],
    when: ({ value }) => Array.isArray(value),
  });

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** When emails may leave, in the recipient's zone. `endTime` before `startTime` is a window across midnight. */
export const sendWindow = z
  .object({
    /** ISO weekdays, 1 Monday to 7 Sunday. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    startTime: clockTime,
    endTime: clockTime,
  })
  .strict()
  .refine((window) => window.startTime !== window.endTime, {
    message: "must differ from startTime",
    path: ["endTime"],
    // Asked of half-valid windows too, so that a caller hears of everything at once.
    when: ({ value }) => isObject(value) && "startTime" in value && "endTime" in value,
  });
export type SendWindow = z.infer<typeof sendWindow>;

/** `startAt`: nothing leaves before. `timeZone`: for recipients who have none of their own. */
export const campaignSchedule = z
  .object({ startAt: instant.nullable().default(null), timeZone: timeZone.nullable().default(null) })
  .strict();
export type CampaignSchedule = z.infer<typeof campaignSchedule>;

const core = {
  name: line(limits.nameLength),
  type: z.enum(campaignTypes),
  propertyId: propertyId.nullable().default(null),
  senderId: id,
  replyTo: emailAddress.nullable().default(null),
  sendWindow: sendWindow.nullable().default(null),
  schedule: campaignSchedule.default({ startAt: null, timeZone: null }),
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
    replyTo: emailAddress.nullable(),
    sendWindow: sendWindow.nullable(),
    schedule: campaignSchedule,
    steps: stepsInput,
  })
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change something");
export type CampaignPatch = z.input<typeof campaignPatch>;

export const statusInput = z.object({ status: z.enum(["active", "paused", "stopped", "archived"]) }).strict();
export type StatusInput = z.input<typeof statusInput>;

export const campaignStep = z.object({
  stepNumber: z.number().int().positive(),
  templateId: id,
  templateVersion: z.number().int().positive(),
  templateName: z.string(),
  subject: z.string(),
  delayDays: z.number().int(),
  delayHours: z.number().int(),
  sendTimeHour: z.number().int().nullable(),
  conditions: stepConditions,
});
export type CampaignStep = z.infer<typeof campaignStep>;

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
  createdAt: instant,
  launchedAt: instant.nullable(),
});
export type CampaignSummary = z.infer<typeof campaignSummary>;

export const campaign = campaignSummary.extend({
  senderId: id,
  replyTo: z.string().nullable(),
  sendWindow: sendWindow.nullable(),
  schedule: campaignSchedule,
  tags: z.array(z.string()),
  steps: z.array(campaignStep),
});
export type Campaign = z.infer<typeof campaign>;
