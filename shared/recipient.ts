import { z } from "zod";
import { answer } from "./answer.ts";
import { consent } from "./consent.ts";
import { limits } from "./limits.ts";
import { listingFinding } from "./listing-finding.ts";
import { personalWordingInput } from "./personal-wording.ts";
import { emailAddress, id, instant, jsonObject, singleLine, timeZone } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { refusal } from "./refusal.ts";
import { replyStanding } from "./reply.ts";
import { task } from "./task.ts";
import {
  bounceClasses,
  eventKinds,
  holdReasons,
  letterStates,
  messageStatuses,
  recipientOutcomes,
  recipientSources,
  recipientStatuses,
  replyReadings,
  skipReasons,
  stepKinds,
  stopReasons,
  timeZoneSources,
} from "./vocabulary.ts";
import { nearbySaleVariable } from "./words/nearby-sale.ts";

/**
 * A person to write to. A recipient without an email address waits (`waitingForEmail`) instead of
 * failing. Templates see `templateData` as `recipient.*` and `property` as `property.*`.
 */
export const recipientInput = z.object({
  email: emailAddress.nullable().default(null),
  firstName: singleLine(limits.nameLength).optional(),
  lastName: singleLine(limits.nameLength).optional(),
  fullName: singleLine(limits.nameLength).optional(),
  /**
   * The recipient's time zone. If `timeZone` is left out, the mailing address in `templateData`
   * decides, or the property's address if there is no mailing address. If no zone is found, the
   * campaign's or the tenant's zone applies.
   */
  timeZone: timeZone.optional(),
  /**
   * The recipient's property. In a campaign about one property, only that property's id is
   * accepted, here and as `propertyId` in `templateData` or `property`.
   */
  propertyId: propertyId.optional(),
  /** The host's key for this contact, by which the contact's history is found. */
  contactKey: singleLine(100).optional(),
  /** The way in which the office came to know of this person. */
  source: z.enum(recipientSources).default("host"),
  /**
   * The date of the event behind the source: the court or county filing, the end of the listing, or
   * the open house.
   */
  sourceDate: z.iso.date().optional(),
  /** The person's recorded consent; null if the person has given none. */
  consent: consent.nullable().default(null),
  templateData: jsonObject.default({}),
  property: jsonObject.default({}),
  /** The emails that the agent has changed for this recipient. */
  wordings: z.array(personalWordingInput).max(limits.stepsPerCampaign).default([]),
});
export type RecipientInput = z.input<typeof recipientInput>;

/**
 * A team lead's reason to write to a property although somebody there has refused. The note
 * overrides the refusals so far; a later refusal counts again.
 */
export const refusalNote = singleLine(limits.noteLength).optional();

/**
 * The agent's statement, in the agent's own words, that the homes are not listed with anybody. The
 * statement is needed if a home's known status is old, or leaves open whether the home is listed.
 * The statement is kept as proof.
 */
export const listingStatement = singleLine(limits.noteLength).optional();

export const recipientsInput = z.object({
  recipients: z.array(recipientInput).min(1).max(limits.recipientsPerRequest),
  refusalNote,
  listingStatement,
});
export type RecipientsInput = z.input<typeof recipientsInput>;

/** The result of adding recipients, as numbers of recipients. */
export const recipientsAddedResult = z.object({
  added: z.number().int(),
  waitingForEmail: z.number().int(),
  alreadyThere: z.number().int(),
  suppressed: z.number().int(),
});
export type RecipientsAddedResult = z.infer<typeof recipientsAddedResult>;

export const campaignRecipient = z.object({
  id,
  campaignId: id,
  campaignName: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  propertyId: z.string().nullable(),
  contactKey: z.string().nullable(),
  source: z.enum(recipientSources),
  /** The date of the event behind the source, as YYYY-MM-DD; null if the request named no date. */
  sourceDate: z.string().nullable(),
  consent: consent.nullable(),
  /** The recipient's own time zone; null if the campaign's or the tenant's applies. */
  timeZone: z.string().nullable(),
  timeZoneSource: z.enum(timeZoneSources).nullable(),
  status: z.enum(recipientStatuses),
  stopReason: z.enum(stopReasons).nullable(),
  outcome: z.enum(recipientOutcomes),
  /**
   * True if a reply may mean that the recipient wants no more emails or refuses to sell, and no
   * agent has decided. An agent decides with an outcome or a reading of the reply.
   */
  hasOpenQuestion: z.boolean(),
  /**
   * The day on which the recipient is back, as read from an automatic answer; null if the recipient
   * is not away.
   */
  awayUntil: z.iso.date().nullable(),
  /** The number of the step that comes next; null if no step comes next. */
  nextStepNumber: z.number().int().nullable(),
  /** The place of the next step in the sequence, from 1; null if no step comes next. */
  nextStepPosition: z.number().int().nullable(),
  /** The kind of the next step; null if no step comes next. */
  nextStepKind: z.enum(stepKinds).nullable(),
  /**
   * The planned time of the next step; null while a task is open. Window, pace and conditions are
   * checked again when the step comes due.
   */
  nextSendAt: instant.nullable(),
  /** The latest time at which the sequence goes on, if the recipient's step is an open task. */
  taskExpiresAt: instant.nullable(),
  lastSentAt: instant.nullable(),
  /** The number of emails that may or may not have been sent. */
  uncertainEmails: z.number().int(),
  /** The time until which "send now" can be undone; null if there is nothing to undo. */
  sendNowRecallUntil: instant.nullable(),
  /** The end of the agent's snooze; null if the recipient is not snoozed. */
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
  /** A reply's own words, without quotes; null for every other kind of event. */
  text: z.string().nullable(),
  /**
   * The answer's id in `POST /api/recipients/:id/replies/:replyId`; null for an event that is no
   * answer.
   */
  replyId: z.string().nullable(),
  /** The day on which the writer of an automatic answer is back. */
  awayUntil: z.iso.date().nullable(),
  /** True if an agent is asked whether the writer of a reply wants no more emails. */
  mayWantOut: z.boolean(),
  /**
   * True if an agent is asked whether the writer of a reply refuses to sell or to be asked about a
   * sale.
   */
  mayRefuse: z.boolean(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const timelineMessage = z.object({
  stepNumber: z.number().int(),
  /** The step's place in the sequence, from 1; null if the step was taken out. */
  position: z.number().int().nullable(),
  /**
   * The step's place among all steps that the campaign has had, so that messages and tasks can be
   * listed in one order.
   */
  order: z.number().int(),
  /** A task is listed here only if its conditions did not hold. */
  stepKind: z.enum(stepKinds),
  status: z.enum(messageStatuses),
  skipReason: z.enum(skipReasons).nullable(),
  failure: z.string().nullable(),
  subject: z.string().nullable(),
  sentAt: instant.nullable(),
  /** The address that the email went to, if it is no longer the recipient's address. */
  formerAddress: z.string().nullable(),
  events: z.array(timelineEvent),
});
export type TimelineMessage = z.infer<typeof timelineMessage>;

/**
 * Another campaign that holds back an email. `by` tells whether the other campaign writes to the
 * same person or to another person at the same property.
 */
export const otherCampaign = z.object({ id, name: z.string(), by: z.enum(["person", "property"]) });
export type OtherCampaign = z.infer<typeof otherCampaign>;

/**
 * The reason why no email has been sent yet, and the time of the next check. `until` is null if a
 * person has to act.
 */
export const whyNotYet = z.object({
  reason: z.enum(holdReasons),
  message: z.string(),
  otherCampaign: otherCampaign.nullable(),
  until: instant.nullable(),
});
export type WhyNotYet = z.infer<typeof whyNotYet>;

/**
 * A value that an email to a recipient lacks. `stepNumber`: the first step that needs the value.
 */
export const missingValue = z.object({
  /** The dotted path, as written in the template: `property.poolFeatures`. */
  path: z.string(),
  label: z.string(),
  stepNumber: z.number().int().positive(),
  /** The place of this step in the sequence, from 1. */
  position: z.number().int().positive(),
});
export type MissingValue = z.infer<typeof missingValue>;

/** A value in the recipient's next email that is older than the office allows. */
export const oldValue = z.object({
  /** The dotted path, as written in the template: `property.listPrice`. */
  path: z.string(),
  label: z.string(),
  /** The value as it is known; null if the email states a value made from others. */
  value: z.string().nullable(),
  /**
   * The time for which the value is known: of a report by the host, of a correction or of the
   * launch.
   */
  asOf: instant,
  /** The age in days, rounded up, and the greatest age that the office allows. */
  ageDays: z.number().int(),
  mostDays: z.number().int(),
});
export type OldValue = z.infer<typeof oldValue>;

/**
 * One email of the sequence for a recipient. An agent may change the email while its state is
 * `coming`.
 */
export const recipientEmail = z.object({
  stepNumber: z.number().int(),
  /** The step's place in the sequence, from 1; null if the step was taken out. */
  position: z.number().int().nullable(),
  /** True if the email is the step's else email: it has left, or it would leave now. */
  isElse: z.boolean(),
  /** True if the step has an else email, so that either of two emails may go. */
  hasElse: z.boolean(),
  state: z.enum(letterStates),
  /** The subject that the email had, or would have now. */
  subject: z.string(),
  /** True if an agent has changed the email for this recipient. */
  isPersonal: z.boolean(),
});
export type RecipientEmail = z.infer<typeof recipientEmail>;

export const recipientDetail = campaignRecipient.extend({
  /**
   * True if the recipient's address has bounced and `PATCH` can replace it: the sequence then goes
   * on from where it was.
   */
  isAddressReplaceable: z.boolean(),
  /** All emails of the sequence, in the order of the steps. */
  emails: z.array(recipientEmail),
  messages: z.array(timelineMessage),
  /** The tasks that were opened, oldest first. */
  tasks: z.array(task),
  whyNotYet: whyNotYet.nullable(),
  /** The emails that agents wrote back to the person, oldest first. */
  answers: z.array(answer),
  /** Where the recipient's reply stands; null if the person has not replied. */
  reply: replyStanding.nullable(),
  /**
   * The recipient's refusal at the property. If the refusal is `undecided`, nobody at the property
   * can be written to until an agent records the outcome of the reply.
   */
  refusal: refusal.nullable(),
  /**
   * The finding of the listing guard if the guard holds or has stopped the recipient; otherwise
   * null.
   */
  listing: listingFinding.nullable(),
  /**
   * The values that are missing for the recipient's remaining emails, beginning with the next
   * email. An email is held while it lacks a value; `PATCH` fills values in.
   */
  missingValues: z.array(missingValue),
  /**
   * The values in the next email that are older than the office allows. A value that an agent fills
   * in by `PATCH`, even the same value, is new.
   */
  oldValues: z.array(oldValue),
});
export type RecipientDetail = z.infer<typeof recipientDetail>;

export const recipientActions = ["pause", "resume", "stop"] as const;
export type RecipientAction = (typeof recipientActions)[number];

/**
 * A request to delay a recipient's next email by some days. The action `resume` undoes the delay.
 */
export const snoozeInput = z.object({ days: z.number().int().min(1).max(limits.snoozeDays) }).strict();
export type SnoozeInput = z.input<typeof snoozeInput>;

/**
 * An agent's reading of an answer. `reply`: a person's answer, which stops the recipient and
 * everybody at the property. `absence`: an automatic answer, so recipients whom the answer had
 * stopped go on, and the next email waits until after `awayUntil`. If `awayUntil` is left out, the
 * day is read from the answer's own words; null means that no day is known.
 */
export const replyReadingInput = z
  .object({ reading: z.enum(replyReadings), awayUntil: z.iso.date().nullable().optional() })
  .strict()
  .refine(({ reading, awayUntil }) => reading === "absence" || awayUntil === undefined, {
    path: ["awayUntil"],
    message: "belongs only to an absence",
  });
export type ReplyReadingInput = z.input<typeof replyReadingInput>;

/** The values that no correction changes. The launch gives the sentence about a sale nearby. */
const fixedValues = ["propertyId", "contactKey", nearbySaleVariable];

/**
 * The values that an agent fills in, by name: each is a text, a number or a boolean. Null takes a
 * value away. The other values stay as they are.
 */
const filledValues = z
  .record(
    z
      .string()
      .regex(/^[^\s.[\]{}]{1,100}$/, "must be a name without spaces, dots or brackets")
      .refine((name) => !fixedValues.includes(name), "can't be changed"),
    z.union([z.string().max(limits.filledValueLength), z.number(), z.boolean(), z.null()]),
  )
  .refine(
    (values) => Object.keys(values).length <= limits.filledValues,
    `must have at most ${limits.filledValues} values`,
  );

/**
 * A correction to a recipient. `email` is accepted if the recipient waits for an address, was not
 * written to yet, or was stopped because the address bounced. `name` replaces every part of the
 * name, also in the greeting. `templateData` and `property` fill in what templates see as
 * `recipient.*` and `property.*`. A recipient who was held for missing values goes on when no value
 * is missing. `timeZone` replaces the recipient's own time zone; null brings back the time zone
 * that applies without `timeZone`.
 */
export const recipientPatch = z
  .object({
    email: emailAddress.optional(),
    timeZone: timeZone.nullable().optional(),
    consent: consent.optional(),
    name: singleLine(limits.nameLength).optional(),
    phone: singleLine(limits.phoneLength).optional(),
    templateData: filledValues.optional(),
    property: filledValues.optional(),
  })
  .strict()
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    path: ["body"],
    message: "must change at least one field",
  });
export type RecipientPatch = z.input<typeof recipientPatch>;
