import type { CampaignSummary } from "../../shared/campaign.ts";
import { isLargeCampaign } from "../db/campaign-figures.ts";
import { type CampaignRow, loadCampaignFacts } from "../db/campaigns.ts";
import { type CountedAnswer, keptAnswerMs, loadOrCountKeptAnswers } from "../db/kept-answers.ts";
import type { RequestScope } from "./access.ts";
import { loadCampaignViewExtras } from "./campaign-view.ts";
import { toCampaignSummary } from "./views/campaign.ts";
import { toIso } from "./views/instant.ts";

/** How long a page may be used while an email of one of its small campaigns is due. */
const dueEmailMs = 15_000;

/**
 * Returns the summaries of a page of campaigns. Counting a campaign reads about 60 rows, so the
 * summaries of several campaigns are kept together, in one row, for at most a minute.
 */
export async function loadCampaignSummaries(
  desk: Pick<RequestScope, "ctx" | "scope">,
  campaigns: readonly CampaignRow[],
): Promise<CampaignSummary[]> {
  const { ctx, scope } = desk;
  const [first, last] = [campaigns.at(0), campaigns.at(-1)];
  if (first === undefined || last === undefined) return [];
  const now = ctx.now();
  const id = `${first.id}-${last.id}-${campaigns.length}`;
  const stamp = campaigns.map((one) => `${one.id}:${one.status}:${one.updatedAt}`).join();
  const isKept = campaigns.length > 1;
  const answers = await loadOrCountKeptAnswers(
    scope,
    "campaignList",
    isKept ? [{ id, stamp }] : [],
    now,
    async () => new Map([[id, await countSummaries(desk, campaigns, now)]]),
    () => true,
    (kept) => isFresh(kept, now),
  );
  const kept = answers.get(id);
  if (kept === undefined) return await countSummaries(desk, campaigns, now);
  const countedAt = toIso(kept.countedAt);
  return kept.answer.map((summary) => ({ ...summary, countedAt: summary.countedAt ?? countedAt }));
}

async function countSummaries(
  desk: Pick<RequestScope, "ctx" | "scope">,
  campaigns: readonly CampaignRow[],
  now: number,
): Promise<CampaignSummary[]> {
  const facts = await loadCampaignFacts(desk.scope, campaigns, now);
  const extras = await loadCampaignViewExtras(desk, facts);
  return facts.map((one) => toCampaignSummary(one, extras));
}

/**
 * Tells whether a page may still be used. A page is counted again at the next planned email of a
 * small campaign, so that the agent sees at once that the email has left.
 */
function isFresh({ answer, countedAt }: CountedAnswer<CampaignSummary[]>, now: number): boolean {
  const ends = answer.flatMap(({ counts, nextSendAt }) => {
    if (nextSendAt === null || isLargeCampaign({ counts })) return [];
    const plannedAt = Date.parse(nextSendAt);
    return [plannedAt > countedAt ? plannedAt : countedAt + dueEmailMs];
  });
  return now < Math.min(countedAt + keptAnswerMs, ...ends);
}
