import { z } from "zod";
import {
  letterClaims,
  listingGuardCodes,
  recipientSources,
  refusalKinds,
  refusalRemedies,
  stateRequiredDetails,
} from "./vocabulary.ts";

/** A calendar day, as YYYY-MM-DD. */
const day = z.string();
const names = z.array(z.string());
const stepNumber = z.number().int();

/**
 * The verdict of the listing guard (the check for homes listed for sale) about one home, with the
 * facts behind the verdict.
 */
export const listingReason = z.object({
  code: z.literal("listingGuard"),
  verdict: z.enum(listingGuardCodes),
  /** The status in the host's word; null if no status is known. */
  status: z.string().nullable(),
  /** The day on which the status was first known. */
  since: day.nullable(),
  /** The day on which the status was last known. */
  asOf: day.nullable(),
  /** The closing day of a sale, or the expiration day of a withdrawn listing. */
  date: day.nullable(),
});
export type ListingReason = z.infer<typeof listingReason>;

/**
 * The reason why a gate (a check before a launch) refuses a request or warns about a launch. A
 * reason is a code and the facts of the case, so a client can word the reason in its own language.
 * `states` has the English names of US states.
 */
export const gateReason = z.discriminatedUnion("code", [
  z.object({ code: z.literal("officeNameMissing") }),
  z.object({ code: z.literal("postalAddressMissing") }),
  z.object({ code: z.literal("licenseNumberMissing") }),
  z.object({ code: z.literal("equalHousingLineBlank") }),
  /** `states` is empty if a home's state is unknown or the table has no rule for the state. */
  z.object({
    code: z.literal("stateDetailMissing"),
    detail: z.enum(stateRequiredDetails),
    agent: z.string(),
    states: names,
  }),
  z.object({
    code: z.literal("licensedElsewhere"),
    agent: z.string(),
    licenseStates: names,
    states: names,
  }),
  z.object({ code: z.literal("collisionsAreHeld") }),
  z.object({
    code: z.literal("claimNotAttested"),
    claim: z.enum(letterClaims),
    words: z.string(),
    stepNumber,
    isInSubject: z.boolean(),
  }),
  z.object({ code: z.literal("saleNotNamed"), stepNumber }),
  z.object({ code: z.literal("bereavementInLetter"), stepNumber, words: z.string() }),
  z.object({ code: z.literal("freeOfferInNewJersey") }),
  z.object({ code: z.literal("manyEmails"), emails: z.number().int() }),
  z.object({ code: z.literal("manyOwners"), owners: z.number().int() }),
  z.object({ code: z.literal("templateReturned"), stepNumber, note: z.string() }),
  z.object({ code: z.literal("templatesWaiting"), stepNumbers: z.array(stepNumber) }),
  z.object({ code: z.literal("templatesNotApproved"), stepNumbers: z.array(stepNumber) }),
  listingReason,
  z.object({ code: z.literal("onDoNotSolicitList"), list: z.string(), asOf: day }),
  z.object({
    code: z.literal("doNotSolicitListOld"),
    list: z.string(),
    ageDays: z.number().int(),
    area: z.string(),
  }),
  z.object({ code: z.literal("sourcesNeedLead"), sources: z.array(z.enum(recipientSources)) }),
  /** `reply` has the first words of the reply that refuses emails. */
  z.object({
    code: z.literal("personRefused"),
    kind: z.enum(refusalKinds),
    name: z.string(),
    on: day,
    /** True if the reply is about another home, and nobody has decided yet what the reply means. */
    elsewhere: z.boolean(),
    reply: z.string().nullable(),
    remedy: z.enum(refusalRemedies),
  }),
]);
export type GateReason = z.infer<typeof gateReason>;

/** A reason, with the field to which the reason applies, and the reason's English text. */
export const gateFault = z.object({ field: z.string(), message: z.string(), reason: gateReason });
export type GateFault = z.infer<typeof gateFault>;
