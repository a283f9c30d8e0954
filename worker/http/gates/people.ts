import type { RecipientSource } from "../../../shared/vocabulary.ts";
import type { CampaignRow } from "../../db/campaigns.ts";
import { listPropertyUsStates, listRecipientSources } from "../../db/recipients.ts";
import type { NewRecipient } from "../../domain/recipient.ts";
import type { RequestScope } from "../access.ts";
import { type HomeToCheck, listNewHomesToCheck, loadStoredHomesToCheck } from "./do-not-solicit.ts";
import { type LaunchToGuard, listRecipientsToGuard, loadRecipientsToGuard } from "./listings.ts";

/**
 * The facts that the gates (checks that can forbid emails) need about the people whom a request
 * wants to email.
 */
export type GatedPeople = {
  /** The US states of the properties; null stands for an unknown state. */
  states: readonly (string | null)[];
  sources: readonly RecipientSource[];
  homes: readonly HomeToCheck[];
  listings: Omit<LaunchToGuard, "campaignType">;
};

/** Returns new recipients of a campaign in the form that the gates take. */
export function buildGatedPeople(
  campaign: Pick<CampaignRow, "type" | "propertyId">,
  given: Parameters<typeof listRecipientsToGuard>[0],
  recipients: readonly NewRecipient[],
  { statement, now }: { statement: string | undefined; now: number },
): GatedPeople {
  return {
    states: recipients.map(({ propertyState }) => propertyState),
    sources: recipients.map(({ source }) => source),
    homes: listNewHomesToCheck(campaign.type, recipients),
    listings: { recipients: listRecipientsToGuard(given, campaign.propertyId, now), statement },
  };
}

/** Returns the recipients of a stored campaign in the form that the gates take. */
export async function loadGatedPeople(
  desk: RequestScope,
  campaign: CampaignRow,
  { action, statement }: { action: "launch" | "resume"; statement: string | undefined },
): Promise<GatedPeople> {
  const { id, launchedAt } = campaign;
  const [states, sources, homes, recipients] = await Promise.all([
    listPropertyUsStates(desk.scope, id),
    listRecipientSources(desk.scope, id),
    loadStoredHomesToCheck(desk, campaign),
    loadRecipientsToGuard(desk, id),
  ]);
  const begunAt = action === "launch" ? null : launchedAt;
  return { states, sources, homes, listings: { recipients, statement, begunAt } };
}
