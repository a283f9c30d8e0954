import { z } from "zod";
import { id, instant } from "./primitives.ts";
import {
  bounceClasses,
  campaignPauseReasons,
  type HostEventType,
  hostEventTypes,
  settlingOutcomes,
  stopReasons,
  taskKinds,
  taskOutcomes,
  taskResults,
} from "./vocabulary.ts";

/**
 * The version of the catalogue. New types of event and new fields do not change the version, so a
 * receiver must ignore what it does not know. A field keeps its name and meaning within a version.
 */
export const hostEventVersion = 1;

/** The person of an event, and the campaign and property in which the person got emails. */
const person = {
  recipientId: id,
  campaignId: id,
  campaignName: z.string().nullable(),
  propertyId: z.string().nullable(),
  /** The host's own key of the contact. */
  contactKey: z.string().nullable(),
  /** The person's address when the event took place. */
  email: z.string().nullable(),
  name: z.string(),
};

/** The email of an event. The first step of a campaign has the number 1. */
const email = { ...person, stepNumber: z.number().int(), subject: z.string().nullable() };

const task = { ...person, stepNumber: z.number().int(), kind: z.enum(taskKinds) };

const campaign = {
  campaignId: id,
  campaignName: z.string(),
  propertyId: z.string().nullable(),
  /** The `sub` of the token of the agent who made the campaign. */
  createdBy: z.string(),
};

/** The fields of `data` for each type of event. */
export const hostEventData = {
  "recipient.sent": z.object(email),
  "recipient.delivered": z.object(email),
  "recipient.opened": z.object(email),
  "recipient.clicked": z.object({ ...email, url: z.string().nullable() }),
  "recipient.replied": z.object({
    ...email,
    /** The reply without quotes and signature, up to 2,000 characters. */
    text: z.string().nullable(),
  }),
  "recipient.bounced": z.object({
    ...email,
    bounceClass: z.enum(bounceClasses).nullable(),
    /** The enhanced status code, such as 5.1.1, and the words of the other server. */
    status: z.string().nullable(),
    diagnostic: z.string().nullable(),
  }),
  "recipient.complained": z.object(email),
  "recipient.unsubscribed": z.object(email),
  "recipient.outcome": z.object({
    ...person,
    /** Null if an agent took the outcome back. */
    outcome: z.enum(settlingOutcomes).nullable(),
    /** The time at which the reply is listed again after the outcome `notNow`. */
    comesBackAt: instant.nullable(),
    /** The `sub` of the token with which the outcome was recorded; null after an undo. */
    decidedBy: z.string().nullable(),
  }),
  "recipient.completed": z.object(person),
  "recipient.stopped": z.object({ ...person, stopReason: z.enum(stopReasons).nullable() }),
  "contact.updated": z.object({ ...person, previousEmail: z.string().nullable() }),
  "task.opened": z.object(task),
  "task.closed": z.object({
    ...task,
    outcome: z.enum(taskOutcomes),
    result: z.enum(taskResults).nullable(),
    note: z.string().nullable(),
    /** The `sub` of the agent's token; null if no agent closed the task. */
    closedBy: z.string().nullable(),
  }),
  "campaign.launched": z.object(campaign),
  "campaign.paused": z.object({ ...campaign, pauseReason: z.enum(campaignPauseReasons).nullable() }),
  "campaign.resumed": z.object(campaign),
  "campaign.completed": z.object(campaign),
  "campaign.stopped": z.object(campaign),
  /** A test that an admin asked for. The event has no number in the order of events. */
  "webhook.test": z.object({ webhookId: id }),
} as const satisfies Record<HostEventType, z.ZodType>;

/** The body of each webhook, in the form of Standard Webhooks. */
export const hostEvent = z.object({
  type: z.enum(hostEventTypes),
  /** The instant of the event itself. */
  timestamp: instant,
  version: z.literal(hostEventVersion),
  /**
   * The event's number among all events of the office. A greater number is a later change. Numbers
   * are missing for types that the webhook does not get. Null for `webhook.test`.
   */
  sequence: z.number().int().positive().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type HostEvent = z.infer<typeof hostEvent>;
