import type { z } from "zod";
import type { Consent } from "../../shared/consent.ts";
import { dropInvisibleCharacters } from "../../shared/invisible-characters.ts";
import type { RecipientAction, recipientInput } from "../../shared/recipient.ts";
import type { SourceRuleSettings } from "../../shared/source-rule.ts";
import type { RecipientSource, RecipientStatus, TimeZoneSource } from "../../shared/vocabulary.ts";
import { nearbySaleVariable } from "../../shared/words/nearby-sale.ts";
import { planStepInEachZone, type ZonePlanInput } from "./campaign.ts";
import { getSourceWaitEnd } from "./compliance/source-rules.ts";
import type { RecipientTemplateData } from "./recipient-data.ts";
import { findHomeFields, type RecipientHomeFields } from "./recipient-home.ts";
import { applyJitter } from "./schedule/schedule.ts";
import {
  findMailingAddress,
  findPropertyAddress,
  findZoneByAddress,
  hasMailingAddress,
} from "./schedule/zones.ts";

export type GivenRecipient = Omit<z.output<typeof recipientInput>, "wordings">;

/** Returns the recipients of a request. A recipient without a property record gets `property`. */
export const addSharedProperty = <Given extends Pick<GivenRecipient, "property">>(
  recipients: readonly Given[],
  property: GivenRecipient["property"],
): Given[] => recipients.map((one) => (Object.keys(one.property).length === 0 ? { ...one, property } : one));

/** Returns the recipient's display name, or an empty string if the request gave no name. */
export function formatRecipientName(
  given: Pick<GivenRecipient, "firstName" | "lastName" | "fullName">,
): string {
  const name =
    given.fullName ?? [given.firstName, given.lastName].filter((part) => part !== undefined).join(" ");
  return dropInvisibleCharacters(name).trim();
}

/**
 * Returns the data that templates read. A named field of the request, such as `firstName`, wins
 * over a value of the same name in `templateData`. The sentence about a sale nearby comes only from
 * the launch, never from the host's record.
 */
export function buildRecipientTemplateData(
  given: GivenRecipient,
  campaignPropertyId: string | null,
  nearbySaleNews: string | null = null,
): RecipientTemplateData {
  const recipient: Record<string, unknown> = { ...given.templateData };
  for (const name of ["firstName", "lastName", "fullName", "contactKey"] as const) {
    if (given[name] !== undefined) recipient[name] = given[name];
  }
  const propertyId = given.propertyId ?? campaignPropertyId;
  const { [nearbySaleVariable]: _claim, ...property } = given.property;
  return {
    recipient,
    property: {
      ...property,
      ...(propertyId === null ? {} : { propertyId }),
      ...(nearbySaleNews === null ? {} : { [nearbySaleVariable]: nearbySaleNews }),
    },
  };
}

/**
 * The values to store for a new recipient. `plannedAt`: when step 1 goes if the campaign is active.
 */
export type NewRecipient = RecipientHomeFields & {
  email: string | null;
  name: string;
  contactKey: string | null;
  source: RecipientSource;
  sourceDate: string | null;
  consent: Consent | null;
  timeZone: string | null;
  timeZoneSource: TimeZoneSource | null;
  propertyId: string | null;
  plannedAt: number;
  data: RecipientTemplateData;
};

export type NewRecipientContext = {
  campaignPropertyId: string | null;
  /**
   * The zone for a recipient whose own zone is unknown: the campaign's zone, or else the tenant's.
   */
  timeZone: string;
  timing: ZonePlanInput;
  /** The sentence about the sale that the letters tell of; null for a launch without a sale. */
  nearbySaleNews?: string | null;
  sourceRules: SourceRuleSettings;
};

export type RecipientZone = { timeZone: string; source: TimeZoneSource };

/**
 * Returns the time zone for a recipient whose own zone is unknown: the campaign's zone, or else the
 * office's zone. The query in db/candidates.ts has the same order in SQL.
 */
export function getStandInZone(
  campaign: { timeZone?: string | null | undefined },
  tenant: { timeZone: string },
): string {
  return campaign.timeZone ?? tenant.timeZone;
}

/**
 * Returns the recipient's own zone, and the source of the zone. Without a mailing address, the
 * owner is taken to live at the property. Null: the host gave no zone, and the address does not
 * show the zone.
 */
export function findRecipientZone(given: {
  timeZone?: string | undefined;
  templateData: Readonly<Record<string, unknown>>;
  property: Readonly<Record<string, unknown>>;
}): RecipientZone | null {
  if (given.timeZone !== undefined) return { timeZone: given.timeZone, source: "given" };
  const source = hasMailingAddress(given.templateData) ? "mailingAddress" : "property";
  const address =
    source === "property" ? findPropertyAddress(given.property) : findMailingAddress(given.templateData);
  const zone = address && findZoneByAddress(address);
  return zone === null ? null : { timeZone: zone, source };
}

/**
 * Converts the recipients of a request to the values to store. Step 1 is planned in each
 * recipient's own zone.
 * @param random called once for each recipient; returns a number from 0 to below 1
 */
export function buildNewRecipients(
  given: readonly GivenRecipient[],
  joining: NewRecipientContext,
  now: number,
  random: () => number,
): NewRecipient[] {
  const own = given.map(findRecipientZone);
  const zones = own.map((zone) => zone?.timeZone ?? joining.timeZone);
  const plans = new Map(planStepInEachZone(zones, joining.timing, now).map((plan) => [plan.zone, plan]));
  return given.map((one, index) => {
    const person = { source: one.source, sourceDate: one.sourceDate ?? null, consent: one.consent };
    const plannedAt = applyJitter(plans.get(zones[index] ?? "") ?? { at: now, spreadMs: 0 }, random());
    return {
      email: one.email,
      name: formatRecipientName(one),
      contactKey: one.contactKey ?? null,
      ...person,
      timeZone: own[index]?.timeZone ?? null,
      timeZoneSource: own[index]?.source ?? null,
      propertyId: one.propertyId ?? null,
      ...findHomeFields(one.property),
      plannedAt: Math.max(plannedAt, getSourceWaitEnd(person, now, joining.sourceRules)),
      data: buildRecipientTemplateData(one, joining.campaignPropertyId, joining.nearbySaleNews),
    };
  });
}

/**
 * Returns a fault for each recipient whose consent lies in the future. The keys of the result are
 * fields of the request.
 */
export function findFutureConsentFaults(
  given: readonly Pick<GivenRecipient, "consent">[],
  now: number,
): Record<string, string> {
  const fields: Record<string, string> = {};
  given.forEach(({ consent }, index) => {
    if (consent !== null && Date.parse(consent.at) > now) {
      fields[`recipients.${index}.consent.at`] = "must not be in the future";
    }
  });
  return fields;
}

/**
 * Returns a fault for each recipient with the id of another property than the campaign's. A host's
 * page sends such a recipient if the page still shows the contacts of the previous property. The
 * keys of the result are fields of the request.
 */
export function findOtherPropertyFaults(
  given: readonly Pick<GivenRecipient, "propertyId" | "templateData" | "property">[],
  campaignPropertyId: string | null,
): Record<string, string> {
  const fields: Record<string, string> = {};
  given.forEach(({ propertyId, templateData, property }, index) => {
    const expected = campaignPropertyId ?? propertyId;
    const carried = {
      propertyId,
      "templateData.propertyId": templateData.propertyId,
      "property.propertyId": property.propertyId,
    };
    for (const [field, value] of Object.entries(carried)) {
      if (expected === undefined || value === undefined || value === null) continue;
      if (String(value) !== expected) fields[`recipients.${index}.${field}`] = `must be ${expected}`;
    }
  });
  return fields;
}

const statusesByAction: Readonly<Record<RecipientAction, readonly RecipientStatus[]>> = {
  pause: ["active"],
  resume: ["paused"],
  stop: ["active", "paused", "waitingForEmail"],
};
const statusAfterAction: Partial<Record<RecipientAction, RecipientStatus>> = {
  pause: "paused",
  resume: "active",
  stop: "stopped",
};

/**
 * Tells whether an action on a recipient is applied, refused or without effect. `none`: the
 * recipient already has the status that the action leads to, so a repeated action is harmless.
 * Resuming a snoozed recipient ends the snooze.
 */
export function checkRecipientAction(
  action: RecipientAction,
  status: RecipientStatus,
  isSnoozed = false,
): "apply" | "none" | "refuse" {
  if (action === "resume" && status === "active" && isSnoozed) return "apply";
  if (statusesByAction[action].includes(status)) return "apply";
  return statusAfterAction[action] === status ? "none" : "refuse";
}
