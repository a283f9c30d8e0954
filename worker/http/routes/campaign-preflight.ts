import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import type { Preflight, PreflightRecipient } from "../../../shared/preflight.ts";
import { listCampaignLetters } from "../../db/campaign-letters.ts";
import { countRecipientsAndIdsLeft } from "../../db/recipient-additions.ts";
import { listPropertyUsStates } from "../../db/recipients.ts";
import { getRecallEnd } from "../../domain/campaign.ts";
import { listLaunchWarnings } from "../../domain/compliance/launch-warnings.ts";
import { findListingFinding } from "../../domain/send/candidate-listing.ts";
import { formatForecast } from "../../domain/send/explanations.ts";
import { listClaimsMade } from "../../mail/template/claims.ts";
import { checkDisclosure } from "../../send/disclosure-faults.ts";
import { type PreflightPage, runPreflight } from "../../send/preflight.ts";
import {
  findAccessibleCampaign,
  getRequestScope,
  listVisiblePropertyIds,
  type RequestScope,
} from "../access.ts";
import { findUnattestedClaimFaults } from "../gates/claims.ts";
import { findHoldSubject } from "../hold-subject.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, pageQueryFields, parseInput } from "../request.ts";
import { toIso } from "../views/instant.ts";
import { type SeesProperty, toOtherCampaignView } from "../views/other-campaign.ts";

const query = z.object({
  cursor: pageQueryFields.cursor,
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(limits.preflightSize))
    .default(limits.pageSize),
});

/**
 * Answers with the result of a dry run on the campaign's real recipients. A viewer may use the
 * route, because nothing changes.
 */
export const campaignPreflightRoutes = new Hono<AppEnv>().post(
  "/campaigns/:id/preflight",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const { ctx, scope } = desk;
    const { cursor, limit } = parseInput(query, c.req.query());
    const campaign = await findAccessibleCampaign(c);
    const page = await runPreflight(ctx, scope, {
      campaignId: campaign.id,
      properties: listVisiblePropertyIds(c),
      after: Number(cursor ?? 0),
      limit,
      recallUntil: getRecallEnd(ctx.now(), limits.recallSeconds),
    });
    const states = await listPropertyUsStates(scope, campaign.id);
    const { faults, warnings } = await checkDisclosure(scope, campaign, states);
    const letters = await listCampaignLetters(scope, campaign.id);
    const blockers = [...faults, ...(await findUnattestedClaimFaults(desk, letters))];
    const emails = new Set(letters.map(({ stepNumber }) => stepNumber)).size;
    const { recipients: people } = await countRecipientsAndIdsLeft(scope, campaign.id);
    const launch = { type: campaign.type, emails, people, claims: letters.flatMap(listClaimsMade), states };
    const all = [...warnings, ...listLaunchWarnings(launch)];
    return c.json(toPreflightView(page, { blockers, warnings: all }, desk));
  },
);

function toPreflightView(
  { recipients, next, firstDay }: PreflightPage,
  { blockers, warnings }: Pick<Preflight, "blockers" | "warnings">,
  { ctx, sees }: Pick<RequestScope, "ctx" | "sees">,
): Preflight {
  const count = (verdict: PreflightRecipient["verdict"]) =>
    recipients.filter((one) => one.verdict === verdict).length;
  return {
    blockers,
    warnings,
    items: recipients.map((one) => toPreflightRecipient(one, ctx.now(), sees)),
    nextCursor: next === null ? null : String(next),
    totals: { willSend: count("willSend"), held: count("held"), blocked: count("blocked") },
    firstDay: firstDay && {
      firstAt: toIso(firstDay.firstAt),
      lastAt: toIso(firstDay.lastAt),
      emails: firstDay.emails,
      hours: firstDay.hours.map(({ startsAt, emails }) => ({ startsAt: toIso(startsAt), emails })),
    },
  };
}

function toPreflightRecipient(
  one: PreflightPage["recipients"][number],
  now: number,
  sees: SeesProperty,
): PreflightRecipient {
  const { id, name, email, nextStep } = one.candidate.recipient;
  const subject = findHoldSubject(one.candidate, one.reason, now, null, sees);
  const listing = findListingFinding(one.candidate, one.reason, now);
  return {
    id,
    name,
    email,
    stepNumber: nextStep,
    verdict: one.verdict,
    reason: one.reason,
    message: listing?.message ?? formatForecast(one.verdict, one.reason, subject),
    listing,
    otherCampaign: subject.other && toOtherCampaignView(subject.other, sees),
    missingVariables: one.missing,
    sendAt: one.sendAt === null ? null : toIso(one.sendAt),
  };
}
