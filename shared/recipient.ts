import { z } from "zod";
import { emailAddress, id, instant, jsonObject, line, timeZone } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { task } from "./task.ts";
import {
  bounceClasses,
  eventKinds,
  holdReasons,
  limits,
  messageStatuses,
  recipientOutcomes,
  recipientStatuses,
  skipReasons,
  stepKinds,
  stopReasons,
  timeZoneSources,
} from "./vocabulary.ts";

/**
 * A person to write to. Without an email they wait (`waitingForEmail`) instead of failing.
 * `templateData` becomes `recipient.*`, `property` becomes `property.*` in templates.
 */
export const recipientInput = z.object({
  email: emailAddress.nullable().default(null),
  firstName: line(limits.nameLength).optional(),
  lastName: line(limits.nameLength).optional(),
  fullName: line(limits.nameLength).optional(),
  /** Theirs; where it is left out, their mailing address in `templateData` says, then the campaign, then the tenant. */
  timeZone: timeZone.optional(),
  propertyId: propertyId.optional(),
  /** The host's key for this contact, handed back in events. */
  contactKey: line(100).optional(),
  templateData: jsonObject.default({}),
  property: jsonObject.default({}),
});
export type RecipientInput = z.input<typeof recipientInput>;

export const recipientsInput = z.object({
  recipients: z.array(recipientInput).min(1).max(limits.recipientsPerRequest),
});
export type RecipientsInput = z.input<typeof recipientsInput>;

/** What became of each recipient offered, in the order given. */
export const recipientsAdded = z.object({
  added: z.number().int(),
  waitingForEmail: z.number().int(),
  alreadyThere: z.number().int(),
  suppressed: z.number().int(),
});
export type RecipientsAdded = z.infer<typeof recipientsAdded>;

export const campaignRecipient = z.object({
  id,
  campaignId: id,
  campaignName: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  propertyId: z.string().nullable(),
  contactKey: z.string().nullable(),
  /** Their own; null where the campaign's or else the tenant's holds. */
  timeZone: z.string().nullable(),
  timeZoneSource: z.enum(timeZoneSources).nullable(),
  status: z.enum(recipientStatuses),
  stopReason: z.enum(stopReasons).nullable(),
  outcome: z.enum(recipientOutcomes),
  /** The step that goes next, null when none does. */
  nextStepNumber: z.number().int().nullable(),
  /** What that step is; null where there is none. */
  nextStepKind: z.enum(stepKinds).nullable(),
  /** When it is planned; the window, pace and conditions are looked at again at that moment. Null while a task is open. */
  nextSendAt: instant.nullable(),
  /** Their step is an open task: the sequence goes on then at the latest. */
  taskExpiresAt: instant.nullable(),
  lastSentAt: instant.nullable(),
  /** Put off by the agent until then; null where they are not, or no longer. */
  snoozedUntil: instant.nullable(),
  createdAt: instant,
});
export type CampaignRecipient = z.infer<typeof campaignRecipient>;

export const timelineEvent = z.object({
  kind: z.enum(eventKinds),
  occurredAt: instant,
  isMachine: z.boolean(),
  bounceClass: z.enum(bounceClasses).nullable(),
  url: z.string().nullable(),
  /** A reply's own words, without quotes; null for other kinds. */
  text: z.string().nullable(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const timelineMessage = z.object({
  stepNumber: z.number().int(),
  /** A task is here only where its conditions did not hold. */
  stepKind: z.enum(stepKinds),
  status: z.enum(messageStatuses),
  skipReason: z.enum(skipReasons).nullable(),
  failure: z.string().nullable(),
  subject: z.string().nullable(),
  sentAt: instant.nullable(),
  events: z.array(timelineEvent),
});
export type TimelineMessage = z.infer<typeof timelineMessage>;

/** The campaign that goes on while this one waits: it writes to the same person, or to somebody at the same property. */
export const otherCampaign = z.object({ id, name: z.string(), by: z.enum(["person", "property"]) });
export type OtherCampaign = z.infer<typeof otherCampaign>;

/** Why nothing has gone yet, and when it will be looked at again (null: somebody has to act). */
export const whyNotYet = z.object({
  reason: z.enum(holdReasons),
  message: z.string(),
  otherCampaign: otherCampaign.nullable(),
  until: instant.nullable(),
});
export type WhyNotYet = z.infer<typeof whyNotYet>;

export const recipientDetail = campaignRecipient.extend({
  messages: z.array(timelineMessage),
  /** The tasks that came up, oldest first. */
  tasks: z.array(task),
  whyNotYet: whyNotYet.nullable(),
});
export type RecipientDetail = z.infer<typeof recipientDetail>;

export const recipientActions = ["pause", "resume", "stop", "send-now"] as const;
export type RecipientAction = (typeof recipientActions)[number];

/** Puts somebody's next email off for so many days; `resume` takes it back. */
export const snoozeInput = z.object({ days: z.number().int().min(1).max(limits.snoozeDays) }).strict();
export type SnoozeInput = z.input<typeof snoozeInput>;

/** `stepNumber`: the step that is meant. Where that one has gone already, nothing more goes: a second click is harmless. */
export const recipientSendNowInput = z.object({ stepNumber: z.number().int().min(1).optional() }).strict();
export type RecipientSendNowInput = z.input<typeof recipientSendNowInput>;

/**
 * Puts somebody right. `email` gives an address to who waits for one, or corrects that of who was not written to yet.
 * `timeZone` is theirs from now on; null goes back to what their mailing address or the campaign says.
 */
export const recipientPatch = z
  .object({ email: emailAddress.optional(), timeZone: timeZone.nullable().optional() })
  .strict()
  .refine((patch) => patch.email !== undefined || patch.timeZone !== undefined, {
    path: ["body"],
    message: "must change something",
  });
export type RecipientPatch = z.input<typeof recipientPatch>;
