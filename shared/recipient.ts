import { z } from "zod";
import { agentAnswer } from "./answer.ts";
import { consent } from "./consent.ts";
import { limits } from "./limits.ts";
import { listingFinding } from "./listing-finding.ts";
import { personalWordingInput } from "./personal-wording.ts";
import { emailAddress, id, instant, jsonObject, singleLine, timeZone } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { refusal } from "./refusal.ts";
import { replyState } from "./reply.ts";
import { task } from "./task.ts";
import {
  bounceClasses,
  emailHolds,
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
 * failing. In templates, `recipient.*` reads `templateData`, and `property.*` reads `property`.
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
  /** The host's key for this contact. The key finds the contact's history. */
  contactKey: singleLine(100).optional(),
  /** The way in which the office learned of this person. */
  source: z.enum(recipientSources).default("host"),
  /**
   * The date of the event behind the source: the court or county filing, the end of the listing, or
   * the open house.
   */
  sourceDate: z.iso.date().optional(),
  /**
   * The values `recipient.*` of the letters. For a person from a probate filing,
   * `isPersonalRepresentative` or a role such as "Executor" says that the person represents the
   * estate; emails to other people from a filing wait.
   */
  templateData: jsonObject.default({}),
  /** The person's recorded consent; null if the person has given no consent. */
  consent: consent.nullable().default(null),
  property: jsonObject.default({}),
  /** The agent's changes to emails for this recipient. */
  wordings: z.array(personalWordingInput).max(limits.stepsPerCampaign).default([]),
});
export type RecipientInput = z.input<typeof recipientInput>;

/**
 * A team lead's reason to write to a property despite a refusal. The note overrides all earlier
 * refusals; a later refusal counts again.
 */
export const refusalNote = singleLine(limits.noteLength).optional();

/**
 * The agent's statement, in the agent's own words, that the homes are not listed with any
 * brokerage. The Worker requires the statement if a home's known status is old, or does not say
 * whether the home is listed. The Worker stores the statement as proof.
 */
export const listingStatement = singleLine(limits.noteLength).optional();

/**
 * The host's record of the property, for each recipient of the request whose own `property` is
 * empty. With this field, the request need not repeat a property's record for each recipient.
 */
export const sharedProperty = jsonObject.default({});

export const recipientsInput = z.object({
  recipients: z.array(recipientInput).min(1).max(limits.recipientsPerRequest),
  property: sharedProperty,
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
  /** The date of the event behind the source, as YYYY-MM-DD; null if the request had no date. */
  sourceDate: z.string().nullable(),
  consent: consent.nullable(),
  /** The recipient's own time zone; null if the campaign's or the tenant's applies. */
  timeZone: z.string().nullable(),
  timeZoneSource: z.enum(timeZoneSources).nullable(),
  status: z.enum(recipientStatuses),
  stopReason: z.enum(stopReasons).nullable(),
  outcome: z.enum(recipientOutcomes),
  /** The fault of the next email for which the recipient is paused; null for other recipients. */
  heldFor: z.enum(emailHolds).nullable(),
  /**
   * True if a reply may mean that the recipient wants no more emails or refuses to sell, and no
   * agent has decided. An agent decides by recording an outcome or a reading of the reply.
   */
  hasOpenQuestion: z.boolean(),
  /**
   * The day on which an absent recipient returns, as the recipient's automatic answer says; null if
   * the recipient is not away.
   */
  awayUntil: z.iso.date().nullable(),
  /** The number of the next step; null if there is no next step. */
  nextStepNumber: z.number().int().nullable(),
  /** The position of the next step in the sequence, from 1; null if there is no next step. */
  nextStepPosition: z.number().int().nullable(),
  /** The kind of the next step; null if there is no next step. */
  nextStepKind: z.enum(stepKinds).nullable(),
  /**
   * The planned time of the next step; null while a task is open. Doorknock checks the window, pace
   * and conditions again when the step is due.
   */
  nextSendAt: instant.nullable(),
  /** The latest time at which the sequence continues, if the recipient's step is an open task. */
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
  /** A reply's own words, without the quoted email; null for every other kind of event. */
  text: z.string().nullable(),
  /**
   * The answer's id in `POST /api/recipients/:id/replies/:replyId`; null for an event that is not
   * an answer.
   */
  replyId: z.string().nullable(),
  /** The day on which the writer of an automatic answer returns. */
  awayUntil: z.iso.date().nullable(),
  /** True if an agent has to decide whether the writer of a reply wants no more emails. */
  mayWantOut: z.boolean(),
  /**
   * True if an agent has to decide whether the writer of a reply refuses to sell, or to be asked
   * about a sale.
   */
  mayRefuse: z.boolean(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const timelineMessage = z.object({
  stepNumber: z.number().int(),
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  /**
   * The step's position among all present and removed steps of the campaign. Messages and tasks are
   * sorted by this position.
   */
  order: z.number().int(),
  /**
   * A task step is listed here only if its conditions did not hold. `tasks` has the other tasks.
   */
  stepKind: z.enum(stepKinds),
  status: z.enum(messageStatuses),
  skipReason: z.enum(skipReasons).nullable(),
  failure: z.string().nullable(),
  subject: z.string().nullable(),
  sentAt: instant.nullable(),
  /** The address to which the email was sent, if the recipient now has another address. */
  formerAddress: z.string().nullable(),
  events: z.array(timelineEvent),
});
export type TimelineMessage = z.infer<typeof timelineMessage>;

/**
 * Another campaign that holds back an email. `by` tells whether the other campaign writes to the
 * same person or to another person at the same property. Without an id and a name if the session
 * may not see the other campaign's property.
 */
export const otherCampaign = z.object({
  id: id.nullable(),
  name: z.string().nullable(),
  by: z.enum(["person", "property"]),
});
export type OtherCampaign = z.infer<typeof otherCampaign>;

/**
 * The reason why no email has been sent yet, and the time of the next check. `until` is null if a
 * person has to act.
 */
export const notSentYetReason = z.object({
  reason: z.enum(holdReasons),
  message: z.string(),
  otherCampaign: otherCampaign.nullable(),
  until: instant.nullable(),
});
export type NotSentYetReason = z.infer<typeof notSentYetReason>;

/**
 * A value that an email to a recipient lacks. `stepNumber` is the first step that needs the value.
 */
export const missingValue = z.object({
  /** The dotted path, as written in the template: `property.poolFeatures`. */
  path: z.string(),
  label: z.string(),
  stepNumber: z.number().int().positive(),
  /** The position of this step in the sequence, from 1. */
  position: z.number().int().positive(),
});
export type MissingValue = z.infer<typeof missingValue>;

/** A value in the recipient's next email that is older than the office allows. */
export const oldValue = z.object({
  /** The dotted path, as written in the template: `property.listPrice`. */
  path: z.string(),
  label: z.string(),
  /** The known value; null if the email prints a value that is built from other values. */
  value: z.string().nullable(),
  /**
   * The time for which the value is known: the time of a host's report, of a correction or of the
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
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  /**
   * True if the recipient got, or would now get, the step's else email in place of the main email.
   */
  isElse: z.boolean(),
  /**
   * True if the step has an else email. A recipient gets either the main email or the else email.
   */
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
   * True if the recipient's address has bounced and `PATCH` can replace the address. The sequence
   * then continues at the same step.
   */
  isAddressReplaceable: z.boolean(),
  /** All emails of the sequence, in the order of the steps. */
  emails: z.array(recipientEmail),
  messages: z.array(timelineMessage),
  /** The tasks that were opened, oldest first. */
  tasks: z.array(task),
  whyNotYet: notSentYetReason.nullable(),
  /** The agents' answers to the person, oldest first. */
  answers: z.array(agentAnswer),
  /** The state of the recipient's reply; null if the person has not replied. */
  reply: replyState.nullable(),
  /**
   * The recipient's refusal at the property. If the refusal is `undecided`, emails to everybody at
   * the property wait until an agent records the outcome of the reply.
   */
  refusal: refusal.nullable(),
  /**
   * The finding of the listing guard if the guard holds or has stopped the recipient; otherwise
   * null.
   */
  listing: listingFinding.nullable(),
  /**
   * The values that the recipient's remaining emails lack, beginning with the next email. An email
   * waits while it lacks a value; `PATCH` fills in values.
   */
  missingValues: z.array(missingValue),
  /**
   * The values in the next email that are older than the office allows. A value from `PATCH` is
   * new, even if the value stays the same.
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
 * An agent's reading of an answer. `reply`: a person wrote the answer, which stops the recipient
 * and everybody at the property. `absence`: the answer is automatic, so recipients whom the answer
 * stopped continue, and the next email waits until after `awayUntil`. Without `awayUntil`, the
 * Worker reads the day from the answer's words; null means that no day is known.
 */
export const replyReadingInput = z
  .object({ reading: z.enum(replyReadings), awayUntil: z.iso.date().nullable().optional() })
  .strict()
  .refine(({ reading, awayUntil }) => reading === "absence" || awayUntil === undefined, {
    path: ["awayUntil"],
    message: "belongs only to an absence",
  });
export type ReplyReadingInput = z.input<typeof replyReadingInput>;

/** The values that no correction changes. Only the launch sets the news of a nearby sale. */
const fixedValues = ["propertyId", "contactKey", nearbySaleVariable];

/**
 * The values that an agent fills in, by name: each value is a text, a number or a boolean. Null
 * removes a value. The other values stay as they are.
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
 * A correction to a recipient. `email` is accepted if the recipient waits for an address, has got
 * no email yet, or was stopped because the address bounced. `name` replaces every part of the name,
 * also in the greeting. `templateData` and `property` fill in the template values `recipient.*` and
 * `property.*`. A recipient who was held for missing values continues when no value is missing.
 * `timeZone` replaces the recipient's own time zone; null restores the time zone that applies
 * without `timeZone`. A corrected address also changes a time zone that was found by the address.
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
