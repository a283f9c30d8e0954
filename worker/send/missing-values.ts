import { listCampaignSteps } from "../db/campaign-steps.ts";
import { loadSenderIdentities, loadTemplateVersionTexts, loadTenantIdentities } from "../db/email-inputs.ts";
import type { Scope } from "../db/scope.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { readFactsOfDay } from "../domain/send/facts-of-day.ts";
import { chooseWording } from "../domain/send/variant.ts";
import { toTemplateVersionKey } from "./email-inputs.ts";
import { listMissingVariables } from "./render.ts";

/** A step that is still to come, and the variables that its email lacks. */
export type StepMissingVariables = { stepNumber: number; missing: string[] };

/**
 * Returns for each candidate of one campaign its remaining steps, with the variables that have
 * neither a usable value nor a fallback. The emails are rendered as they would be sent.
 */
export async function loadStepMissingVariables(
  scope: Scope,
  campaignId: number,
  candidates: readonly Candidate[],
): Promise<StepMissingVariables[][]> {
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const steps = await listCampaignSteps(scope, campaignId);
  const emails = steps.filter((step) => step.kind === "email");
  const [contents, senders, [tenant]] = await Promise.all([
    loadTemplateVersionTexts(
      scope.db,
      emails
        .flatMap((step) => [step, ...step.variants])
        .map(({ templateId, templateVersion: version }) => ({ templateId, version })),
    ),
    loadSenderIdentities(scope.db, senderIds),
    loadTenantIdentities(scope.db, [scope.tenantId]),
  ]);
  const wordings = new Map(contents.map((one) => [toTemplateVersionKey(one.templateId, one.version), one]));
  const sendersById = new Map(senders.map((sender) => [sender.id, sender]));
  return candidates.map((candidate) => {
    const { previousStepNumber } = candidate;
    const recipient = { ...candidate.recipient, data: readFactsOfDay(candidate) };
    const sender = sendersById.get(recipient.senderId);
    return steps
      .filter(({ stepNumber }) => stepNumber >= recipient.nextStep)
      .map((step) => {
        const { stepNumber } = step;
        if (step.kind === "task") return { stepNumber, missing: [] };
        const { templateId, templateVersion } = chooseWording(step, recipient.id, stepNumber);
        const cacheKey = toTemplateVersionKey(templateId, templateVersion);
        const content = wordings.get(cacheKey);
        if (content === undefined || sender === undefined || tenant === undefined)
          return { stepNumber, missing: [] };
        const isReply =
          !step.startsThread && (previousStepNumber !== null || stepNumber > recipient.nextStep);
        const missing = listMissingVariables({ content, cacheKey, recipient, sender, tenant, isReply });
        return { stepNumber, missing };
      });
  });
}
