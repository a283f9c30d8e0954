import { z } from "zod";
import { limits } from "./limits.ts";
import { emailAddress, id, instant, singleLine, stateCode, timeZone } from "./primitives.ts";

/**
 * The warm-up of a new mailbox: `start` emails on the first day, `step` more each day, up to
 * `ceiling`.
 */
export const senderRamp = z
  .object({
    start: z.number().int().positive().max(100_000),
    step: z.number().int().positive().max(100_000),
    ceiling: z.number().int().positive().max(1_000_000),
    startedOn: z.iso.date(),
  })
  .strict()
  .refine((ramp) => ramp.start <= ramp.ceiling, { message: "must be at least start", path: ["ceiling"] });
export type SenderRamp = z.infer<typeof senderRamp>;

const dailyCap = z.number().int().positive().max(1_000_000).nullable();

/** A license of a sender from one more state. */
export const otherLicense = z
  .object({
    /** The state that licensed the agent. The license counts for homes in this state. */
    licenseState: stateCode,
    licenseNumber: singleLine(limits.licenseNumberLength).nullable().default(null),
    licenseType: singleLine(limits.licenseTypeLength).nullable().default(null),
    /** The name on this license; null if the name is the same as on the first license. */
    licensedName: singleLine(limits.nameLength).nullable().default(null),
  })
  .strict();
export type OtherLicense = z.output<typeof otherLicense>;

const core = {
  fromName: singleLine(limits.nameLength),
  fromEmail: emailAddress,
  replyTo: emailAddress.nullable(),
  /** Emails per second, evenly spread; 0.1 means one email every ten seconds. */
  ratePerSecond: z.number().min(0.00001).max(1000),
  /** The shortest gap between two emails, regardless of the rate. */
  minGapSeconds: z.number().int().min(0).max(86_400),
  /** The greatest number of emails in one calendar day of `timeZone`; null for no limit. */
  dailyCap,
  /** The warm-up; null for a mailbox that needs no warm-up. */
  ramp: senderRamp.nullable(),
  /**
   * The greatest number of emails in one calendar day to one recipient domain; null for no limit.
   */
  domainDailyCap: dailyCap,
  timeZone,
  /** The sender's own phone, shown in the signature and footer. */
  phone: singleLine(limits.phoneLength).nullable(),
  /** The name on the agent's license; null if `fromName` is on the license. */
  licensedName: singleLine(limits.nameLength).nullable(),
  /** The kind of license in words, such as "Licensed Salesperson". */
  licenseType: singleLine(limits.licenseTypeLength).nullable(),
  /** The number of the agent's own license, never of the brokerage's. */
  licenseNumber: singleLine(limits.licenseNumberLength).nullable(),
  /** The state that licensed the agent. */
  licenseState: stateCode.nullable(),
  /**
   * The licenses from other states, at most one of a state. An email about a home uses the license
   * from the home's state, or else the first license.
   */
  otherLicenses: z.array(otherLicense).max(limits.otherLicenses),
  /** If true, the sender sends no email, not even a queued email. */
  isPaused: z.boolean(),
};

/** The From address and name of an agent, with the pace of the agent's mailbox. */
export const senderInput = z
  .object({
    ...core,
    replyTo: core.replyTo.default(null),
    ratePerSecond: core.ratePerSecond.default(0.2),
    minGapSeconds: core.minGapSeconds.default(0),
    dailyCap: dailyCap.default(null),
    ramp: core.ramp.default(null),
    domainDailyCap: dailyCap.default(null),
    timeZone: timeZone.default("America/New_York"),
    phone: core.phone.default(null),
    licensedName: core.licensedName.default(null),
    licenseType: core.licenseType.default(null),
    licenseNumber: core.licenseNumber.default(null),
    licenseState: core.licenseState.default(null),
    otherLicenses: core.otherLicenses.default([]),
    isPaused: core.isPaused.default(false),
  })
  .strict();
export type SenderInput = z.input<typeof senderInput>;

/** A change to a sender. A new pace also applies to queued emails. */
export const senderPatch = z
  .object(core)
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type SenderPatch = z.input<typeof senderPatch>;

export const sender = z.object({
  id,
  fromName: z.string(),
  fromEmail: z.string(),
  replyTo: z.string().nullable(),
  ratePerSecond: z.number(),
  minGapSeconds: z.number().int(),
  dailyCap: z.number().int().nullable(),
  ramp: z
    .object({ start: z.number(), step: z.number(), ceiling: z.number(), startedOn: z.string() })
    .nullable(),
  domainDailyCap: z.number().int().nullable(),
  timeZone: z.string(),
  phone: z.string().nullable(),
  licensedName: z.string().nullable(),
  licenseType: z.string().nullable(),
  licenseNumber: z.string().nullable(),
  licenseState: z.string().nullable(),
  otherLicenses: z.array(
    z.object({
      licenseState: z.string(),
      licenseNumber: z.string().nullable(),
      licenseType: z.string().nullable(),
      licensedName: z.string().nullable(),
    }),
  ),
  isPaused: z.boolean(),
  /**
   * The number of emails that have got a slot on the sender's current day. A slot is the planned
   * time of one email.
   */
  slotsToday: z.number().int(),
  /** The limit for the sender's current day, from the cap and the warm-up; null for no limit. */
  effectiveDailyCap: z.number().int().nullable(),
  /** The earliest instant at which the sender could send one more email. */
  nextSlotAt: instant,
});
export type Sender = z.infer<typeof sender>;
