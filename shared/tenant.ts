import { z } from "zod";
import { claimAttestations } from "./claim.ts";
import { domainVolume } from "./domain-volume.ts";
import { maxFactAgeDays } from "./fact-age.ts";
import { limits } from "./limits.ts";
import { listingGuardSettings } from "./listing-guard.ts";
import { singleLine, stateCode, timeZone, webAddress, webOrigin } from "./primitives.ts";
import { sourceRules } from "./source-rule.ts";
import { collisionPolicies, recipientSources, unknownPolicies } from "./vocabulary.ts";

const core = {
  name: singleLine(limits.nameLength),
  /** The time zone for campaigns and recipients without a time zone of their own. */
  timeZone,
  /**
   * The postal address printed in every footer. Without a postal address, Doorknock sends no email.
   */
  postalAddress: singleLine(limits.postalAddressLength),
  /** The brokerage's own license number. */
  license: singleLine(limits.nameLength).nullable(),
  /** The name on the brokerage's license; null if the license has the name in `name`. */
  licensedName: singleLine(limits.nameLength).nullable(),
  /** The details of the office that some states require in every email. */
  officePhone: singleLine(limits.phoneLength).nullable(),
  officeCity: singleLine(limits.nameLength).nullable(),
  officeState: stateCode.nullable(),
  officeWebsite: webAddress.nullable(),
  /** The form "Information About Brokerage Services", linked in letters about homes in Texas. */
  iabsLink: webAddress.nullable(),
  /** The brokerage relationships form, linked in letters about homes in Maine. */
  relationshipFormLink: webAddress.nullable(),
  /**
   * The equal housing line, printed in every footer beside name and license; null for no such line.
   */
  equalHousingLine: singleLine(limits.nameLength).nullable(),
  /** The origins of the host's pages. Browsers on pages of another origin can't call the API. */
  allowedOrigins: z
    .array(webOrigin)
    .max(limits.allowedOrigins)
    .transform((origins) => [...new Set(origins)].toSorted()),
  /** Days on which no email is sent, besides the federal holidays, as YYYY-MM-DD. */
  holidays: z
    .array(z.iso.date("must be a date such as 2026-12-24"))
    .max(limits.holidays)
    .transform((days) => [...new Set(days)].toSorted()),
  /**
   * The policy for a recipient or property to which another active campaign writes. `hold`: the
   * email waits, unless the launch overrides the hold. `holdAlways`: no launch may override the
   * hold.
   */
  collisionPolicy: z.enum(collisionPolicies),
  /**
   * The shortest time between two emails to one person from different campaigns; 0 for no limit.
   */
  coolOffHours: z.number().int().min(0).max(limits.coolOffHoursMost),
  /**
   * The policy for emails that may or may not have been sent, in campaigns without a policy of
   * their own. `assumeSent`: the email is shown as probably sent, and the sequence continues.
   * `resend`: Doorknock sends the email once more under the same Message-ID.
   */
  unknownPolicy: z.enum(unknownPolicies),
  /**
   * The days without emails from any campaign after an email that calls itself the last email; 0
   * for no limit.
   */
  lastNoteDays: z.number().int().min(0).max(limits.lastNoteDaysMost),
  maxFactAgeDays,
  /**
   * The settings of the listing guard (the check for homes listed for sale) that differ from the
   * product's settings. A change replaces all these settings.
   */
  listingGuard: listingGuardSettings,
  /**
   * The rules for sources of recipients that differ from the product's rules. A change replaces all
   * these rules.
   */
  sourceRules,
  /** If true, agents may use only letters that a team lead has approved. */
  requiresTemplateApproval: z.boolean(),
};

export const tenantPatch = z
  .object(core)
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type TenantPatch = z.input<typeof tenantPatch>;

export const tenant = z.object({
  ...core,
  license: z.string().nullable(),
  licensedName: z.string().nullable(),
  officePhone: z.string().nullable(),
  officeCity: z.string().nullable(),
  officeState: z.string().nullable(),
  officeWebsite: z.string().nullable(),
  iabsLink: z.string().nullable(),
  relationshipFormLink: z.string().nullable(),
  equalHousingLine: z.string().nullable(),
  holidays: z.array(z.string()),
  allowedOrigins: z.array(z.string()),
  claimAttestations,
  /**
   * The number of today's emails from each organizational domain of the office's senders, the
   * largest number first.
   */
  volumes: z.array(domainVolume),
  /**
   * The public page with the advertising rules of the states, and the sources and dates of the
   * rules.
   */
  stateRulesUrl: z.string(),
  /** The sources whose people may get a campaign's emails only with a team lead's approval. */
  approvalSources: z.array(z.enum(recipientSources)),
  /**
   * The time at which a team lead stopped the whole office's outreach (POST /api/outreach/stop);
   * null while outreach is not stopped.
   */
  stoppedAt: z.string().nullable(),
});
export type Tenant = z.infer<typeof tenant>;
