import { type AccountWithCircuit, loadAccountRoutes } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import {
  listAnsweredRecipients,
  loadSenderIdentities,
  loadTenantIdentities,
  loadThreadEmails,
  type SenderIdentity,
  type TenantIdentity,
} from "../db/email-inputs.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import type { SentEmail } from "../domain/send/thread.ts";
import { chooseWording } from "../domain/send/variant.ts";
import { loadStepWordings, resolveStepWording, type StepWording, type WordingTexts } from "./step-wording.ts";

/**
 * The rows that the emails of one queue batch need in addition to the candidates. The rows are read
 * once for the batch.
 */
export type EmailInputs = {
  wordings: WordingTexts;
  tenants: ReadonlyMap<number, TenantIdentity>;
  senders: ReadonlyMap<number, SenderIdentity>;
  /**
   * For each recipient id, the sent emails of the thread that the next email continues, oldest
   * first.
   */
  threads: ReadonlyMap<number, SentEmail[]>;
  /** The ids of the recipients who have answered in their campaign. */
  answered: ReadonlySet<number>;
  /**
   * For each sender id, the accounts that may be called, in the order in which they are tried. A
   * sender without a callable account has no entry.
   */
  routes: ReadonlyMap<number, AccountWithCircuit[]>;
};

/**
 * Returns the wording of a candidate's next email; null if no step is left, the step is a task, or
 * the template is gone.
 */
export function resolveNextWording(
  { step, recipient: { id, nextStep } }: Candidate,
  { wordings }: Pick<EmailInputs, "wordings">,
): StepWording | null {
  if (step?.kind !== "email") return null;
  return resolveStepWording(step, { recipientId: id, stepNumber: nextStep }, wordings);
}

export async function loadEmailInputs(ctx: Ctx, candidates: readonly Candidate[]): Promise<EmailInputs> {
  const chosen = candidates.flatMap(({ step, recipient: { id, nextStep } }) =>
    step?.kind === "email" ? [chooseWording(step, id, nextStep)] : [],
  );
  const tenantIds = [...new Set(candidates.map(({ recipient }) => recipient.tenantId))];
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const next = candidates.map(({ recipient: { id, campaignId, nextStep } }) => ({
    recipientId: id,
    campaignId,
    stepNumber: nextStep,
  }));
  const [wordings, tenants, senders, threads, answered, routes] = await Promise.all([
    loadStepWordings(ctx.db, chosen, next),
    loadTenantIdentities(ctx.db, tenantIds),
    loadSenderIdentities(ctx.db, senderIds),
    loadThreadEmails(ctx.db, next),
    listAnsweredRecipients(
      ctx.db,
      candidates.map(({ recipient }) => recipient.id),
    ),
    loadAccountRoutes(ctx, senderIds),
  ]);
  return {
    wordings,
    tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
    senders: new Map(senders.map((sender) => [sender.id, sender])),
    threads,
    answered,
    routes,
  };
}
