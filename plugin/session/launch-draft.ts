import type { Consent } from "../../shared/consent.ts";
import type { NearbySale } from "../../shared/nearby-sale.ts";
import type { CampaignUnknownPolicy, SaleRole } from "../../shared/vocabulary.ts";
import type { Contact } from "../host/mapping.ts";
import type { FilledLaunchDetails } from "./launch-details.ts";
import type { LaunchWordings } from "./launch-wordings.ts";
import type { SendingHoursChoice } from "./sending-hours.ts";

/**
 * The agent's choices for the times of the emails. For `hours` and `skipsHolidays`, null means that
 * the sequence's rule applies.
 */
export type TimingChoices = {
  hours: SendingHoursChoice | null;
  skipsHolidays: boolean | null;
  /**
   * The day on which the emails may start, as YYYY-MM-DD. Null: the emails start right after the
   * launch.
   */
  startOn: string | null;
};

export type NearbySaleFields = { address: string; role: SaleRole | null; closedOn: string; source: string };

/**
 * Returns the sale that the agent has entered. Returns null while a needed field is empty, or if
 * the closing date lies in the future. `source` is needed only if the office had no part in the
 * sale.
 * @param today YYYY-MM-DD
 */
export function buildNearbySale(
  { address, role, closedOn, source }: NearbySaleFields,
  today: string,
): NearbySale | null {
  const named = source.trim();
  if (address.trim() === "" || role === null || closedOn === "" || closedOn > today) return null;
  if (role === "neither" && named === "") return null;
  const sale = { address: address.trim(), role, closedOn };
  return role === "neither" ? { ...sale, source: named } : sale;
}

/**
 * The agent's choices for a coming launch. The choices stay when the tab is closed, and are lost
 * when the page is closed.
 */
export type LaunchDraft = TimingChoices & {
  presetId: string;
  /**
   * The contacts that the agent ticked (true) or unticked (false), by contact key. Every other
   * contact is ticked as `listLaunchCandidates` suggests.
   */
  ticked: Record<string, boolean>;
  added: Contact[];
  /** The reasons why the Worker refused contacts at the last try, by contact key. */
  faults: Record<string, string>;
  /** The key of the contact whose emails are shown. */
  previewKey: string | null;
  senderId: number | null;
  /** The campaign's policy for an email that may or may not have gone out. */
  unknownPolicy: CampaignUnknownPolicy;
  /** The fields of the nearby sale as the agent filled them in. */
  sale: NearbySaleFields;
  /** A team lead's reason to write despite a refusal; null if refusals are respected. */
  refusalNote: string | null;
  wordings: LaunchWordings;
  details: FilledLaunchDetails;
  /** The consents that the agent has recorded for this launch, by contact key. */
  consents: Record<string, Consent>;
  /** The contacts who represent an estate, as the agent has said: true by contact key. */
  representatives: Record<string, boolean>;
};

export const createLaunchDraft = (presetId: string): LaunchDraft => ({
  presetId,
  ticked: {},
  added: [],
  faults: {},
  previewKey: null,
  senderId: null,
  hours: null,
  skipsHolidays: null,
  startOn: null,
  unknownPolicy: "office",
  sale: { address: "", role: null, closedOn: "", source: "" },
  refusalNote: null,
  wordings: {},
  details: { property: {}, people: {} },
  consents: {},
  representatives: {},
});

/**
 * Returns the key under which the cache keeps the choices of a launched campaign. If the agent
 * undoes the launch, the launch view shows these choices again.
 */
export const getLaunchedDraftKey = (campaignId: number) => `launched ${campaignId}`;
