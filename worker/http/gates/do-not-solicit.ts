import type { GateReason } from "../../../shared/gate-reason.ts";
import { limits } from "../../../shared/limits.ts";
import type { CampaignType } from "../../../shared/vocabulary.ts";
import { findDoNotSolicitKeys, listDoNotSolicitLists, listHomesOfCampaign } from "../../db/do-not-solicit.ts";
import {
  buildDoNotSolicitReason,
  buildOldDoNotSolicitListReason,
  findOldDoNotSolicitLists,
} from "../../domain/compliance/do-not-solicit.ts";
import { isUnderListingGuard } from "../../domain/compliance/listing-guard.ts";
import type { AppError } from "../../domain/errors.ts";
import type { NewRecipient } from "../../domain/recipient.ts";
import type { RequestScope } from "../access.ts";
import { createGateError } from "./error.ts";

/**
 * The home of a recipient whom a request wants to email. `field`: the home's path in the request;
 * null if the recipient is stored already.
 */
export type HomeToCheck = { state: string | null; keys: readonly string[]; field: string | null };

const homesNamed = 20;

/** Returns the homes of new recipients to whom a do-not-solicit list may forbid emails. */
export function listNewHomesToCheck(
  campaignType: CampaignType,
  recipients: readonly NewRecipient[],
): HomeToCheck[] {
  return recipients.flatMap(({ consent, addressKeys, propertyState }, index) =>
    addressKeys !== null && isUnderListingGuard({ campaignType, hasConsent: consent !== null })
      ? [{ state: propertyState, keys: addressKeys, field: `recipients.${index}.property` }]
      : [],
  );
}

/**
 * Returns the homes of a stored campaign's recipients to whom a do-not-solicit list may forbid
 * emails.
 */
export async function loadStoredHomesToCheck(
  desk: RequestScope,
  campaign: { id: number; type: CampaignType },
): Promise<HomeToCheck[]> {
  if (!isUnderListingGuard({ campaignType: campaign.type, hasConsent: false })) return [];
  const homes = await listHomesOfCampaign(desk.scope, campaign.id, limits.recipientsPerCampaign);
  return homes.map((home) => ({ ...home, field: null }));
}

/**
 * Returns the refusal if a home is on a do-not-solicit list, or in an area whose list is too old;
 * null otherwise.
 */
export async function checkDoNotSolicitGate(
  { ctx, scope }: RequestScope,
  homes: readonly HomeToCheck[],
): Promise<AppError | null> {
  if (homes.length === 0) return null;
  const lists = await listDoNotSolicitLists(scope, limits.doNotSolicitLists);
  if (lists.length === 0) return null;
  const [old] = findOldDoNotSolicitLists(lists, homes, ctx.now());
  if (old !== undefined) {
    const reason = buildOldDoNotSolicitListReason(old, ctx.now());
    return createGateError(reason, { fields: [[`doNotSolicitLists.${old.id}`, reason]] });
  }
  const found = await findListedHomes(scope, homes);
  const [first] = found;
  if (first === undefined) return null;
  return createGateError(first.reason, {
    fields: found
      .slice(0, homesNamed)
      .flatMap(({ field, reason }) => (field === null ? [] : [[field, reason] as const])),
  });
}

type ListedHome = { field: string | null; reason: GateReason };

async function findListedHomes(
  scope: RequestScope["scope"],
  homes: readonly HomeToCheck[],
): Promise<ListedHome[]> {
  const keys = [...new Set(homes.flatMap((home) => home.keys))];
  const listed = new Map(
    (await findDoNotSolicitKeys(scope, keys, limits.recipientsPerCampaign)).map((one) => [one.key, one]),
  );
  return homes.flatMap(({ keys: own, field }) => {
    const hit = own.map((key) => listed.get(key)).find((list) => list !== undefined);
    return hit === undefined ? [] : [{ field, reason: buildDoNotSolicitReason(hit) }];
  });
}

/**
 * Returns, with the reason, every home that is on a do-not-solicit list, or in an area whose list
 * is too old.
 */
export async function listDoNotSolicitHomes(
  { ctx, scope }: RequestScope,
  homes: readonly HomeToCheck[],
): Promise<ListedHome[]> {
  if (homes.length === 0) return [];
  const lists = await listDoNotSolicitLists(scope, limits.doNotSolicitLists);
  if (lists.length === 0) return [];
  const now = ctx.now();
  const untold = homes.flatMap((home) => {
    const [old] = findOldDoNotSolicitLists(lists, [home], now);
    return old === undefined ? [] : [{ field: home.field, reason: buildOldDoNotSolicitListReason(old, now) }];
  });
  return [...untold, ...(await findListedHomes(scope, homes))];
}
