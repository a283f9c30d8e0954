import type { NextEmail } from "../../shared/next-email.ts";
import { isLargeCampaign } from "../db/campaign-figures.ts";
import type { CampaignFacts, CampaignSummaryFacts } from "../db/campaigns.ts";
import { loadCandidates } from "../db/candidates.ts";
import { loadOrCountKeptAnswers } from "../db/kept-answers.ts";
import { countEmailsAhead, maxEmailsAhead } from "../db/next-emails.ts";
import { loadNextStepPositions } from "../db/step-order.ts";
import { loadAbsenceEnds } from "../db/timelines.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { findListingFinding } from "../domain/send/candidate-listing.ts";
import { formatHoldReason } from "../domain/send/explanations.ts";
import { forecastNextEmail, type NextEmailForecast } from "../domain/send/next-email.ts";
import type { RequestScope } from "./access.ts";
import { findHoldSubject } from "./hold-subject.ts";
import { toIsoOrNull } from "./views/instant.ts";

/** A campaign. The caller passes the steps if they are loaded already. */
export type CampaignOfNextEmail = CampaignSummaryFacts & Partial<Pick<CampaignFacts, "steps">>;

/** Each campaign's next email, by campaign id. A campaign without a planned email has no entry. */
export type NextEmails = ReadonlyMap<number, NextEmail>;

/**
 * Returns the next emails of the given campaigns that are active. The next email of a large
 * campaign is cached for a minute.
 */
export async function loadNextEmails(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  campaigns: readonly CampaignOfNextEmail[],
): Promise<NextEmails> {
  const byId = new Map(campaigns.map((facts) => [String(facts.campaign.id), facts]));
  const large = campaigns.filter(({ figures }) => isLargeCampaign(figures));
  const small = campaigns.filter(({ figures }) => !isLargeCampaign(figures));
  const [kept, fresh] = await Promise.all([
    loadOrCountKeptAnswers(
      scope,
      "nextEmail",
      large.map(({ campaign: { id, status } }) => ({ id: String(id), stamp: status })),
      ctx.now(),
      async (ids) => {
        const found = await forecastNextEmails(
          { ctx, scope },
          ids.flatMap((id) => byId.get(id) ?? []),
        );
        return new Map(ids.map((id) => [id, { next: found.get(Number(id)) ?? null }]));
      },
      () => true,
    ),
    forecastNextEmails({ ctx, scope }, small),
  ]);
  const remembered = [...kept].flatMap(([id, { answer }]) =>
    answer.next === null ? [] : [[Number(id), answer.next] as const],
  );
  return new Map([...fresh, ...remembered]);
}

async function forecastNextEmails(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  campaigns: readonly CampaignOfNextEmail[],
): Promise<NextEmails> {
  const plans = new Map(
    campaigns.flatMap(({ campaign, figures: { nextRecipientId, nextSendAt } }) =>
      campaign.status === "active" && nextRecipientId !== null && nextSendAt !== null
        ? [[nextRecipientId, nextSendAt]]
        : [],
    ),
  );
  if (plans.size === 0) return new Map();
  const ids = [...plans.keys()];
  const now = ctx.now();
  const dueIds = ids.filter((id) => (plans.get(id) ?? 0) <= now);
  const [candidates, ahead, absences, positions] = await Promise.all([
    loadCandidates(scope.db, ids, scope.tenantId),
    dueIds.length === 0 ? new Map<number, number>() : countEmailsAhead(scope, dueIds, now),
    loadAbsenceEnds(scope, ids),
    loadPositions(scope, ids, campaigns),
  ]);
  return new Map(
    candidates.map((candidate) => {
      const { id, campaignId } = candidate.recipient;
      const forecast = forecastNextEmail(candidate, plans.get(id) ?? now, ahead.get(id) ?? 0, now);
      const known = {
        position: positions(candidate.recipient),
        awayUntil: absences.get(id) ?? null,
      };
      return [campaignId, { ...toNextEmail(candidate, forecast, now), ...known }];
    }),
  );
}

/**
 * Returns the place of a recipient's next step. Reads no row if the caller has passed the steps.
 */
async function loadPositions(
  scope: RequestScope["scope"],
  recipientIds: readonly number[],
  [first, ...others]: readonly CampaignOfNextEmail[],
): Promise<(recipient: Candidate["recipient"]) => number | null> {
  const steps = first?.steps;
  if (steps !== undefined && others.length === 0) {
    return ({ nextStep }) => steps.findIndex(({ stepNumber }) => stepNumber === nextStep) + 1 || null;
  }
  const positions = await loadNextStepPositions(scope, recipientIds);
  return ({ id }) => positions.get(id) ?? null;
}

function toNextEmail(
  candidate: Candidate,
  forecast: NextEmailForecast,
  now: number,
): Omit<NextEmail, "position" | "awayUntil"> {
  const { id, name, email, nextStep, timeZone } = candidate.recipient;
  const recipient = { recipientId: id, name: name.trim() || (email ?? ""), stepNumber: nextStep, timeZone };
  const { state } = forecast;
  return {
    ...recipient,
    state,
    at: toIsoOrNull(forecast.at),
    ...explain(candidate, forecast, now),
  };
}

function explain(
  candidate: Candidate,
  forecast: NextEmailForecast,
  now: number,
): Pick<NextEmail, "message" | "listing"> {
  if (forecast.state === "queued") return { message: formatEmailsAhead(forecast.ahead), listing: null };
  const reason = forecast.hold?.reason ?? "notDue";
  if (reason === "notDue") return { message: null, listing: null };
  const finding = findListingFinding(candidate, reason, now);
  if (finding !== null) return { message: finding.message, listing: finding.reason };
  return { message: formatHoldReason(reason, findHoldSubject(candidate, reason, now)), listing: null };
}

/**
 * Returns the sentence that says how many emails of the same sender go out first; null if none
 * does.
 */
export function formatEmailsAhead(ahead: number): string | null {
  if (ahead === 0) return null;
  if (ahead === 1) return "1 email goes out before it from this sender.";
  const count = ahead >= maxEmailsAhead ? `At least ${maxEmailsAhead}` : String(ahead);
  return `${count} emails go out before it from this sender.`;
}
