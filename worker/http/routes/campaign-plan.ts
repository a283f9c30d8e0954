import { Hono } from "hono";
import { type CampaignPlan, campaignPlanInput } from "../../../shared/campaign-plan.ts";
import type { GateFault } from "../../../shared/gate-reason.ts";
import { findSender } from "../../db/senders.ts";
import { findTenant } from "../../db/tenants.ts";
import { buildSchedule, buildSequenceSteps, parseInstant } from "../../domain/campaign.ts";
import { listLicenseWarnings } from "../../domain/compliance/disclosure-faults.ts";
import { type LaunchWarningFacts, listLaunchWarnings } from "../../domain/compliance/launch-warnings.ts";
import { needsConsent } from "../../domain/compliance/mailing-country.ts";
import { needsRepresentative } from "../../domain/compliance/personal-representative.ts";
import { findPropertyState } from "../../domain/compliance/property-state.ts";
import { findRecipientZone, getStandInZone } from "../../domain/recipient.ts";
import { planSequence } from "../../domain/send/sequence.ts";
import {
  buildCampaignSequence,
  listStepLetters,
  type SequenceContent,
} from "../../domain/sequence-content.ts";
import { fillMissingRules, getCampaignEnd } from "../../domain/sequence-rules.ts";
import { listClaimsMade } from "../../mail/template/claims.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { listRecipientsToGuard, previewListingFindings } from "../gates/listings.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, readJson } from "../request.ts";
import { findNamedSequence } from "../sequences.ts";
import { seesProperty } from "../session.ts";
import { toIso } from "../views/instant.ts";

/**
 * Answers with the time at which each step would be sent if the campaign were launched now. A
 * viewer may use the route, because nothing changes.
 */
export const campaignPlanRoutes = new Hono<AppEnv>().post(
  "/campaigns/plan",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const { ctx, scope } = desk;
    const input = await readJson(c, campaignPlanInput);
    const tenant = await findTenant(scope);
    if (tenant === undefined) throw createNotFoundError();
    const content = (await findNamedSequence(desk, input))?.content ?? null;
    const now = ctx.now();
    const steps =
      content === null ? buildSequenceSteps(input.steps ?? []) : buildCampaignSequence(content).steps;
    const { sendWindow, schedule, endsAfterDays } = fillMissingRules(input, content?.rules ?? null);
    const startAt = parseInstant(schedule.startAt);
    const rules = buildSchedule(
      {
        ...schedule,
        sendWindow,
        startAt,
        endAt: getCampaignEnd({ startAt, endAt: parseInstant(schedule.endAt), endsAfterDays }, now),
      },
      tenant,
    );
    const zones = input.recipients.map(
      (one) => findRecipientZone(one)?.timeZone ?? getStandInZone(schedule, tenant),
    );
    const plans = new Map([...new Set(zones)].map((zone) => [zone, planSequence(steps, zone, rules, now)]));
    const seen = input.recipients.map((one) => ({
      ...one,
      propertyId: seesProperty(c.get("session"), one.propertyId ?? null) ? one.propertyId : null,
    }));
    const plannedType = input.type ?? content?.type ?? "followUp";
    const listings = await previewListingFindings(desk, {
      campaignType: plannedType,
      recipients: listRecipientsToGuard(seen, null, now),
    });
    const waits = input.recipients.map(({ source, consent, templateData, property }) => ({
      needsConsent: needsConsent(consent, { recipient: templateData, property }),
      needsRepresentative: needsRepresentative({ source, consent, data: { recipient: templateData } }),
    }));
    const answer: CampaignPlan = {
      warnings: await listPlanWarnings(desk, {
        type: plannedType,
        senderId: input.senderId,
        content,
        people: input.recipients.length,
        emails: steps.filter(({ kind }) => kind === "email").length,
        states: input.recipients.map(({ property }) => findPropertyState(property)),
      }),
      launchAt: toIso(now),
      items: zones.map((timeZone, position) => ({
        timeZone,
        listing: listings[position] ?? null,
        needsConsent: waits[position]?.needsConsent ?? false,
        needsRepresentative: waits[position]?.needsRepresentative ?? false,
        steps: (plans.get(timeZone) ?? []).map((at, index) => ({
          stepNumber: index + 1,
          plannedAt: at === null ? null : toIso(at),
        })),
      })),
    };
    return c.json(answer);
  },
);

type PlanToWarn = Omit<LaunchWarningFacts, "claims"> & {
  senderId: number | undefined;
  content: SequenceContent | null;
};

/** Returns the warnings about a planned launch. A sender of another office causes no warning. */
async function listPlanWarnings(
  { scope }: RequestScope,
  { senderId, content, ...plan }: PlanToWarn,
): Promise<GateFault[]> {
  const sender = senderId === undefined ? undefined : await findSender(scope, senderId);
  const letters = (content?.steps ?? []).flatMap((step) =>
    step.kind === "email" ? listStepLetters(step).map(({ email }) => email.letter) : [],
  );
  const claims = letters.flatMap(listClaimsMade);
  return [
    ...(sender === undefined ? [] : listLicenseWarnings([sender], [...new Set(plan.states)])),
    ...listLaunchWarnings({ ...plan, claims }),
  ];
}
