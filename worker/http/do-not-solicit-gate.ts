import { limits } from "../../shared/limits.ts";
import type { CampaignType } from "../../shared/vocabulary.ts";
import { findDoNotSolicitKeys, listDoNotSolicitLists, listHomesOfCampaign } from "../db/do-not-solicit.ts";
import {
  findOldLists,
  formatDoNotSolicitRefusal,
  formatOldList,
} from "../domain/compliance/do-not-solicit.ts";
import { isGuarded } from "../domain/compliance/listing-guard.ts";
import { AppError } from "../domain/errors.ts";
import type { NewRecipient } from "../domain/recipient.ts";
import type { RequestScope } from "./access.ts";

/** A home that a request wants to write about; `field` is null if the recipient is stored. */
type AskedHome = { state: string | null; keys: readonly string[]; field: string | null };

const homesNamed = 20;

/**
 * Refuses a request if a new recipient's home is on a do-not-solicit list. Also refuses the request
 * if the list for a home's area is too old.
 * @throws AppError conflict
 */
export async function refuseDoNotSolicitHomes(
  desk: RequestScope,
  campaignType: CampaignType,
  recipients: readonly NewRecipient[],
): Promise<void> {
  const homes = recipients.flatMap(({ consent, addressKeys, propertyState }, index): AskedHome[] =>
    addressKeys !== null && isGuarded({ campaignType, hasConsent: consent !== null })
      ? [{ state: propertyState, keys: addressKeys, field: `recipients.${index}.property` }]
      : [],
  );
  await refuseHomes(desk, homes);
}

/** Refuses a stored campaign if `refuseDoNotSolicitHomes` would refuse one of its recipients. */
export async function refuseDoNotSolicitHomesOfCampaign(
  desk: RequestScope,
  campaign: { id: number; type: CampaignType },
): Promise<void> {
  if (!isGuarded({ campaignType: campaign.type, hasConsent: false })) return;
  const homes = await listHomesOfCampaign(desk.scope, campaign.id, limits.recipientsPerCampaign);
  await refuseHomes(
    desk,
    homes.map((home) => ({ ...home, field: null })),
  );
}

async function refuseHomes({ ctx, scope }: RequestScope, homes: readonly AskedHome[]): Promise<void> {
  if (homes.length === 0) return;
  const lists = await listDoNotSolicitLists(scope, limits.doNotSolicitLists);
  if (lists.length === 0) return;
  const [old] = findOldLists(lists, homes, ctx.now());
  if (old !== undefined) {
    const message = formatOldList(old, ctx.now());
    throw new AppError("conflict", message, { [`doNotSolicitLists.${old.id}`]: message });
  }
  const keys = [...new Set(homes.flatMap((home) => home.keys))];
  const listed = new Map(
    (await findDoNotSolicitKeys(scope, keys, limits.recipientsPerCampaign)).map((one) => [one.key, one]),
  );
  const found = homes.flatMap(({ keys: own, field }) => {
    const hit = own.map((key) => listed.get(key)).find((list) => list !== undefined);
    return hit === undefined ? [] : [{ field, message: formatDoNotSolicitRefusal(hit) }];
  });
  const [first] = found;
  if (first === undefined) return;
  const fields = found
    .slice(0, homesNamed)
    .flatMap(({ field, message }) => (field === null ? [] : [[field, message] as const]));
  throw new AppError("conflict", first.message, fields.length > 0 ? Object.fromEntries(fields) : undefined);
}
