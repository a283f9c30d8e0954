import { getPersonalWordingNumber } from "../../shared/personal-wording.ts";
import { type AccountWithCircuit, loadCallableAccounts } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import {
  listRecipientsWithReply,
  loadSenderIdentities,
  loadTenantIdentities,
  loadThreadEmails,
  type SenderIdentity,
  type TenantIdentity,
} from "../db/email-inputs.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { goesWithElseEmail } from "../domain/send/eligibility.ts";
import { buildThread, type EmailThread, type SentEmail } from "../domain/send/thread.ts";
import { chooseWording, type EmailOfRecipient, getTriedWording } from "../domain/send/variant.ts";
import {
  type LoadedWordingTexts,
  loadStepWordingTexts,
  resolveStepWording,
  type StepWording,
} from "./step-wording.ts";

/**
 * The rows that the emails of one queue batch need in addition to the candidates. The rows are read
 * once for the batch.
 */
export type EmailInputs = {
  wordings: LoadedWordingTexts;
  /**
   * The ids of the recipients whose next email is the step's else email, because the recipients do
   * not meet the conditions.
   */
  withElse: ReadonlySet<number>;
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
  candidate: Candidate,
  { wordings, withElse }: Pick<EmailInputs, "wordings" | "withElse">,
): StepWording | null {
  const { step } = candidate;
  if (step?.kind !== "email") return null;
  return resolveStepWording(step, toNextEmail(candidate, withElse), wordings);
}

const toNextEmail = (
  { recipient: { id, nextStep }, message }: Candidate,
  withElse: EmailInputs["withElse"],
): EmailOfRecipient => ({
  recipientId: id,
  stepNumber: nextStep,
  isElse: withElse.has(id),
  tried: getTriedWording(message),
});

/**
 * Returns the thread that a candidate's next email continues; null if that email begins a thread.
 */
export const findNextThread = (
  { recipient: { id } }: Candidate,
  { threads, answered }: Pick<EmailInputs, "threads" | "answered">,
): EmailThread | null => buildThread(threads.get(id) ?? [], answered.has(id));

/**
 * Loads the rows for the candidates' next emails. Whether a step's conditions are met is decided
 * for the instant `ctx.now()`.
 */
export async function loadEmailInputs(ctx: Ctx, candidates: readonly Candidate[]): Promise<EmailInputs> {
  const now = ctx.now();
  const withElse = new Set(
    candidates.filter((one) => goesWithElseEmail(one, now)).map(({ recipient }) => recipient.id),
  );
  const chosen = candidates.flatMap((candidate) =>
    candidate.step?.kind === "email" ? [chooseWording(candidate.step, toNextEmail(candidate, withElse))] : [],
  );
  const tenantIds = [...new Set(candidates.map(({ recipient }) => recipient.tenantId))];
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const next = candidates.map(({ recipient: { id, campaignId, nextStep } }) => ({
    recipientId: id,
    campaignId,
    stepNumber: nextStep,
    isElse: withElse.has(id),
    wordingNumber: getPersonalWordingNumber(nextStep, withElse.has(id)),
  }));
  const [wordings, tenants, senders, threads, answered, routes] = await Promise.all([
    loadStepWordingTexts(ctx.db, chosen, next),
    loadTenantIdentities(ctx.db, tenantIds),
    loadSenderIdentities(ctx.db, senderIds),
    loadThreadEmails(ctx.db, next),
    listRecipientsWithReply(
      ctx.db,
      candidates.map(({ recipient }) => recipient.id),
    ),
    loadCallableAccounts(ctx, senderIds),
  ]);
  return {
    wordings,
    withElse,
    tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
    senders: new Map(senders.map((sender) => [sender.id, sender])),
    threads,
    answered,
    routes,
  };
}
