import { type AccountRoute, loadAccountRoutes } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import {
  listAnsweredRecipients,
  loadSenderIdentities,
  loadTemplateVersionTexts,
  loadTenantIdentities,
  loadThreadEmails,
  type SenderIdentity,
  type TemplateVersionText,
  type TenantIdentity,
} from "../db/email-inputs.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import type { SentEmail } from "../domain/send/thread.ts";
import { type ChosenWording, chooseWording } from "../domain/send/variant.ts";

/**
 * The rows that the emails of one queue batch need in addition to the candidates. The rows are read
 * once for the batch.
 */
export type EmailInputs = {
  templates: ReadonlyMap<string, TemplateVersionText>;
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
  routes: ReadonlyMap<number, AccountRoute[]>;
};

export function toTemplateVersionKey(templateId: number, version: number): string {
  return `${templateId}.${version}`;
}

/**
 * Returns the wording of a candidate's next email; null if no step is left or the step is a task.
 */
export function chooseStepWording({ step, recipient }: Candidate): ChosenWording | null {
  return step?.kind === "email" ? chooseWording(step, recipient.id, recipient.nextStep) : null;
}

export async function loadEmailInputs(ctx: Ctx, candidates: readonly Candidate[]): Promise<EmailInputs> {
  const wordings = candidates.map(chooseStepWording).filter((wording) => wording !== null);
  const wanted = new Map(
    wordings.map(({ templateId, templateVersion: version }) => [
      toTemplateVersionKey(templateId, version),
      { templateId, version },
    ]),
  );
  const tenantIds = [...new Set(candidates.map(({ recipient }) => recipient.tenantId))];
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const next = candidates.map(({ recipient: { id, campaignId, nextStep } }) => ({
    recipientId: id,
    campaignId,
    stepNumber: nextStep,
  }));
  const [contents, tenants, senders, threads, answered, routes] = await Promise.all([
    loadTemplateVersionTexts(ctx.db, [...wanted.values()]),
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
    templates: new Map(
      contents.map((content) => [toTemplateVersionKey(content.templateId, content.version), content]),
    ),
    tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
    senders: new Map(senders.map((sender) => [sender.id, sender])),
    threads,
    answered,
    routes,
  };
}
