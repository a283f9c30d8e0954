import type { z } from "zod";
import type { RecipientAction, recipientInput } from "../../shared/recipient.ts";
import { limits, type RecipientStatus, type TimeZoneSource } from "../../shared/vocabulary.ts";
import { planByZone, type Timing } from "./campaign.ts";
import { jittered } from "./schedule/schedule.ts";
import { mailingAddressOf, zoneOfAddress } from "./schedule/zones.ts";

export type GivenRecipient = z.output<typeof recipientInput>;
export type RecipientData = { recipient: Record<string, unknown>; property: Record<string, unknown> };

/** The name a message is addressed to; empty where none was given. */
export function nameOf(given: Pick<GivenRecipient, "firstName" | "lastName" | "fullName">): string {
  if (given.fullName !== undefined) return given.fullName;
  return [given.firstName, given.lastName].filter((part) => part !== undefined).join(" ");
}

/** What templates read. The named fields win over a host's own value of the same name. */
export function dataOf(given: GivenRecipient, campaignPropertyId: string | null): RecipientData {
  const recipient: Record<string, unknown> = { ...given.templateData };
  for (const name of ["firstName", "lastName", "fullName", "contactKey"] as const) {
    if (given[name] !== undefined) recipient[name] = given[name];
  }
  const propertyId = given.propertyId ?? campaignPropertyId;
  return { recipient, property: propertyId === null ? given.property : { ...given.property, propertyId } };
}

/** What adding a recipient writes; `plannedAt` is when step 1 would go, if the campaign is running by then. */
export type NewRecipient = {
  email: string | null;
  name: string;
  contactKey: string | null;
  timeZone: string | null;
  timeZoneSource: TimeZoneSource | null;
  propertyId: string | null;
  plannedAt: number;
  data: RecipientData;
};

export type Joining = {
  campaignPropertyId: string | null;
  /** The campaign's or else the tenant's, for recipients without a zone of their own. */
  timeZone: string;
  timing: Timing;
};

export type RecipientZone = { timeZone: string; source: TimeZoneSource };

/** Their own zone and where it is from; null where neither the host nor their mailing address says. */
export function zoneOf(given: {
  timeZone?: string | undefined;
  templateData: Readonly<Record<string, unknown>>;
}): RecipientZone | null {
  if (given.timeZone !== undefined) return { timeZone: given.timeZone, source: "given" };
  const address = mailingAddressOf(given.templateData);
  const zone = address && zoneOfAddress(address);
  return zone === null ? null : { timeZone: zone, source: "mailingAddress" };
}

/**
 * Recipients as they were given, made ready to be written, each planned in their own zone.
 * @param random rolled once for each; 0 ≤ random < 1
 */
export function newRecipients(
  given: readonly GivenRecipient[],
  joining: Joining,
  now: number,
  random: () => number,
): NewRecipient[] {
  const own = given.map(zoneOf);
  const zones = own.map((zone) => zone?.timeZone ?? joining.timeZone);
  const plans = new Map(planByZone(zones, joining.timing, now).map((plan) => [plan.zone, plan]));
  return given.map((one, index) => ({
    email: one.email,
    name: nameOf(one),
    contactKey: one.contactKey ?? null,
    timeZone: own[index]?.timeZone ?? null,
    timeZoneSource: own[index]?.source ?? null,
    propertyId: one.propertyId ?? null,
    plannedAt: jittered(plans.get(zones[index] ?? "") ?? { at: now, spreadMs: 0 }, random()),
    data: dataOf(one, joining.campaignPropertyId),
  }));
}

/** Which of them carry more variables than is kept, as fields of the request. */
export function oversizedData(data: readonly RecipientData[]): Record<string, string> {
  const fields: Record<string, string> = {};
  data.forEach((each, index) => {
    if (byteLength(each) > limits.templateDataBytes) {
      fields[`recipients.${index}.templateData`] =
        `must be at most ${limits.templateDataBytes} bytes together with property`;
    }
  });
  return fields;
}

function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

const appliesTo: Readonly<Record<RecipientAction, readonly RecipientStatus[]>> = {
  pause: ["active"],
  resume: ["paused"],
  stop: ["active", "paused", "waitingForEmail"],
  "send-now": ["active"],
};
const alreadyDone: Partial<Record<RecipientAction, RecipientStatus>> = {
  pause: "paused",
  resume: "active",
  stop: "stopped",
};

/** `none`: it is so already, and asking twice is harmless. Resuming somebody who is snoozed takes the snooze back. */
export function effectOf(
  action: RecipientAction,
  status: RecipientStatus,
  isSnoozed = false,
): "apply" | "none" | "refuse" {
  if (action === "resume" && status === "active" && isSnoozed) return "apply";
  if (appliesTo[action].includes(status)) return "apply";
  return alreadyDone[action] === status ? "none" : "refuse";
}
