import { limits } from "../../shared/limits.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  listUnendedRecipientIdsAtProperty,
  type RecipientNews,
  storeRecipientNews,
} from "../db/property-news.ts";
import type { Scope } from "../db/scope.ts";
import { findHomeFields } from "../domain/recipient-home.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { isPausedForMissingValues } from "../domain/send/correction.ts";
import { applyNewerIdentity } from "../domain/send/facts-of-day.ts";
import { loadStepMissingVariables } from "./missing-values.ts";

/**
 * The number of recipients in one query. All the recipients' data goes into one parameter, which D1
 * limits to 2 MB.
 */
const candidatesPerQuery = 25;

/**
 * Stores a host's new facts about a property in the rows of the recipients there. The lists, the
 * search and the do-not-solicit check then use the same names and addresses as the letters. If the
 * host has reported the values that a recipient's next email lacked, the recipient's sequence
 * continues.
 */
export async function updateRecipientsAtProperty(
  scope: Scope,
  propertyId: string,
  now: number,
): Promise<void> {
  const ids = await listUnendedRecipientIdsAtProperty(scope, propertyId, limits.recipientsPerReport);
  for (let from = 0; from < ids.length; from += candidatesPerQuery) {
    const some = ids.slice(from, from + candidatesPerQuery);
    const candidates = await loadCandidates(scope.db, some, scope.tenantId);
    const news = candidates.flatMap((candidate) => findNews(candidate) ?? []);
    const held = candidates.filter(isPausedForMissingValues);
    await storeRecipientNews(scope, news, await findComplete(scope, held), now);
  }
}

/** Returns the newer name, data and home for the recipient's row; null if the row is up to date. */
function findNews(candidate: Candidate): RecipientNews | null {
  const { id, name, data: before } = candidate.recipient;
  const newer = applyNewerIdentity(candidate);
  const isSame = newer.name === name && JSON.stringify(newer.data) === JSON.stringify(before);
  return isSame ? null : { id, ...newer, before, ...findHomeFields(newer.data.property) };
}

/** Returns the ids of the recipients in `held` whose next email lacks no value now. */
async function findComplete(scope: Scope, held: readonly Candidate[]): Promise<number[]> {
  const complete: number[] = [];
  for (const [campaignId, those] of Map.groupBy(held, ({ recipient }) => recipient.campaignId)) {
    const steps = await loadStepMissingVariables(scope, campaignId, those);
    const ready = those.filter((_, index) => steps[index]?.[0]?.missing.length === 0);
    complete.push(...ready.map(({ recipient }) => recipient.id));
  }
  return complete;
}
