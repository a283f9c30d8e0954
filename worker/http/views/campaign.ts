import type { Campaign, CampaignSummary } from "../../../shared/campaign.ts";
import type { CampaignApproval, CampaignApprovalView } from "../../../shared/campaign-approval.ts";
import type { CampaignStep, EmailStep } from "../../../shared/step.ts";
import type { StepRow, StepVariantRow } from "../../db/campaign-steps.ts";
import type { CampaignFacts, CampaignSummaryFacts } from "../../db/campaigns.ts";
import { sumEmailStats } from "../../domain/analytics.ts";
import { renumberConditionSteps } from "../../domain/send/step-comparison.ts";
import { formatVariantName } from "../../domain/send/variant.ts";
import type { WinnerChoice } from "../../domain/winner.ts";
import { toNamedAgent } from "../agents.ts";
import type { NextEmails } from "../next-emails.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

/**
 * The data that a campaign's views need besides the campaign: next emails, the names of agents by
 * id, and the addresses of properties by the campaign's id.
 */
export type CampaignViewExtras = {
  nextEmails: NextEmails;
  agentNames: ReadonlyMap<string, string>;
  addresses: ReadonlyMap<number, string>;
};

export function toCampaignSummary(
  { campaign, figures, stepCounts }: CampaignSummaryFacts,
  { nextEmails, agentNames, addresses }: CampaignViewExtras,
): CampaignSummary {
  const { sent, unknown, delivered, opened, clicked, replied, bounced, unsubscribed, complained } =
    sumEmailStats(figures.stats);
  return {
    id: campaign.id,
    name: campaign.name,
    type: campaign.type,
    status: campaign.status,
    propertyId: campaign.propertyId,
    address: addresses.get(campaign.id) ?? null,
    stepCount: stepCounts.steps,
    emailCount: stepCounts.emails,
    counts: figures.counts,
    stats: { sent, unknown, delivered, opened, clicked, replied, bounced, unsubscribed, complained },
    countedAt: toIsoOrNull(figures.countedAt),
    nextSendAt: toIsoOrNull(figures.nextSendAt),
    nextEmail: nextEmails.get(campaign.id) ?? null,
    openQuestions: figures.openQuestions,
    pauseReason: campaign.pauseReason,
    approval: campaign.approval && toApprovalView(campaign.approval, agentNames),
    createdBy: toNamedAgent(campaign.createdBy, agentNames),
    createdAt: toIso(campaign.createdAt),
    launchedAt: toIsoOrNull(campaign.launchedAt),
  };
}

function toApprovalView(
  approval: CampaignApproval,
  agentNames: CampaignViewExtras["agentNames"],
): CampaignApprovalView {
  return {
    ...approval,
    askedByName: agentNames.get(approval.askedBy) ?? null,
    decidedByName: agentNames.get(approval.decidedBy ?? "") ?? null,
  };
}

export function toCampaignView(facts: CampaignFacts, companions: CampaignViewExtras): Campaign {
  const { campaign } = facts;
  const summary = toCampaignSummary(facts, companions);
  return {
    ...summary,
    recallUntil: toIsoOrNull(campaign.recallUntil),
    backlog: { sent: summary.stats.sent, ...facts.figures.backlog },
    senderId: campaign.senderId,
    otherSenderIds: campaign.otherSenderIds,
    replyTo: campaign.replyTo,
    sendWindow: campaign.sendWindow,
    schedule: {
      startAt: toIsoOrNull(campaign.startAt),
      endAt: toIsoOrNull(campaign.endAt),
      timeZone: campaign.timeZone,
      jitterMinutes: campaign.jitterMinutes,
      skipsHolidays: campaign.skipsHolidays,
    },
    exitStatuses: campaign.exitStatuses,
    stopsOnClick: campaign.stopsOnClick,
    endsAfterDays: campaign.endsAfterDays,
    maxLatenessHours: campaign.maxLatenessHours,
    ignoresCollisions: campaign.ignoresCollisions,
    unknownPolicy: campaign.unknownPolicy,
    tags: campaign.tags,
    steps: toStepViews(facts.steps, companions.agentNames),
  };
}

/**
 * Returns the views of the steps in order. A condition names an earlier step by the step's
 * position.
 */
function toStepViews(
  steps: readonly StepRow[],
  agentNames: CampaignViewExtras["agentNames"],
): CampaignStep[] {
  const positions = new Map(steps.map(({ stepNumber }, index) => [stepNumber, index + 1]));
  return steps.map((step, index) => {
    const conditions = renumberConditionSteps(step.conditions, positions);
    return toStepView(step, { position: index + 1, conditions }, agentNames);
  });
}

function toStepView(
  step: StepRow,
  place: Pick<CampaignStep, "position" | "conditions">,
  agentNames: CampaignViewExtras["agentNames"],
): CampaignStep {
  if (step.kind === "email") {
    const { elseEmail, variants, choice, winnerSince: _, ...email } = step;
    return {
      ...email,
      ...place,
      variants: variants.map(toVariantView),
      winner: choice && toWinnerView(choice, agentNames),
      elseEmail: elseEmail && toElseView(elseEmail),
    };
  }
  const { sendTimeHour: _, ...task } = step;
  return { ...task, ...place };
}

const toWinnerView = (
  { variant, at, by, isClear, figures }: WinnerChoice,
  agentNames: CampaignViewExtras["agentNames"],
): EmailStep["winner"] => ({
  variant: variant === null ? null : formatVariantName(variant),
  at: toIso(at),
  by: by === null ? null : toNamedAgent(by, agentNames),
  isClear,
  figures: figures.map(({ sent, replied }) => ({ sent, replied })),
});

function toVariantView(
  { templateId, templateVersion, templateName, subject, weight }: StepVariantRow,
  index: number,
): EmailStep["variants"][number] {
  return { variant: formatVariantName(index), templateId, templateVersion, templateName, subject, weight };
}

const toElseView = ({
  templateId,
  templateVersion,
  templateName,
  subject,
  startsThread,
}: NonNullable<EmailStep["elseEmail"]>): EmailStep["elseEmail"] => ({
  templateId,
  templateVersion,
  templateName,
  subject,
  startsThread,
});
