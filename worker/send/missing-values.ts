import { listCampaignSteps } from "../db/campaign-steps.ts";
import { loadSenderIdentities, loadTenantIdentities } from "../db/email-inputs.ts";
import type { Scope } from "../db/scope.ts";
import { listBegunSteps } from "../db/step-order.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { isPausedForMissingValues } from "../domain/send/correction.ts";
import { applyNewerFacts } from "../domain/send/facts-of-day.ts";
import { getTriedWording, listWordings } from "../domain/send/variant.ts";
import { listMissingVariables } from "./render.ts";
import { loadStepWordingTexts, resolveStepWording } from "./step-wording.ts";

/** A step that is still to come, and the variables that have no value for the step's emails. */
export type StepMissingVariables = { stepNumber: number; position: number; missing: string[] };

/**
 * Returns, for each recipient that is paused because the next email lacks a value, the variables
 * that the email still lacks. Resuming such a recipient would only pause the recipient again.
 */
export async function findMissingVariablesOfHeld(
  scope: Scope,
  campaignId: number,
  candidates: readonly Candidate[],
): Promise<Map<number, string[]>> {
  const held = candidates.filter(isPausedForMissingValues);
  const needs = held.length === 0 ? [] : await loadStepMissingVariables(scope, campaignId, held);
  return new Map(
    held.flatMap(({ recipient }, index) => {
      const missing = needs[index]?.[0]?.missing ?? [];
      return missing.length === 0 ? [] : [[recipient.id, missing]];
    }),
  );
}

/**
 * Returns the remaining steps of each candidate of one campaign. Each step lists the variables that
 * have neither a usable value nor a fallback. The emails are rendered in the form that would be
 * sent.
 */
export async function loadStepMissingVariables(
  scope: Scope,
  campaignId: number,
  candidates: readonly Candidate[],
): Promise<StepMissingVariables[][]> {
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const steps = await listCampaignSteps(scope, campaignId);
  const emails = steps.filter((step) => step.kind === "email");
  const [wordings, senders, [tenant], begun] = await Promise.all([
    loadStepWordingTexts(
      scope.db,
      emails.flatMap(listWordings),
      candidates.map(({ recipient }) => ({ recipientId: recipient.id })),
    ),
    loadSenderIdentities(scope.db, senderIds),
    loadTenantIdentities(scope.db, [scope.tenantId]),
    listBegunSteps(
      scope,
      candidates.map(({ recipient }) => recipient.id),
    ),
  ]);
  const sendersById = new Map(senders.map((sender) => [sender.id, sender]));
  return candidates.map((candidate) => {
    const { previousStepNumber } = candidate;
    const recipient = applyNewerFacts(candidate);
    const sender = sendersById.get(recipient.senderId);
    const from = steps.findIndex(({ stepNumber }) => stepNumber === recipient.nextStep);
    const begunSteps = begun.get(recipient.id) ?? [];
    return (from === -1 ? [] : steps.slice(from)).flatMap((step, index) => {
      const { stepNumber } = step;
      // A step that was moved behind the next step may have been sent already.
      if (index > 0 && begunSteps.includes(stepNumber)) return [];
      const place = { stepNumber, position: from + index + 1 };
      if (step.kind === "task") return { ...place, missing: [] };
      // A step may have a second email for people who do not meet the conditions (the else email).
      // Either email may leave, so the variables of both emails need values.
      const missing = (step.elseEmail === null ? [false] : [false, true]).flatMap((isElse) => {
        const tried = index === 0 ? getTriedWording(candidate.message) : null;
        const email = { recipientId: recipient.id, stepNumber, isElse, tried };
        const wording = resolveStepWording(step, email, wordings);
        if (wording === null || sender === undefined || tenant === undefined) return [];
        const startsThread = (isElse && step.elseEmail?.startsThread) || (!isElse && step.startsThread);
        const isReply = !startsThread && (previousStepNumber !== null || index > 0);
        return listMissingVariables({ ...wording, recipient, sender, tenant, isReply });
      });
      return { ...place, missing: [...new Set(missing)] };
    });
  });
}
