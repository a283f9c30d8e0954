import { limits } from "../../shared/limits.ts";
import type { AnswerStatus } from "../../shared/vocabulary.ts";
import { findLetterLanguage } from "../../shared/words/letter-language.ts";
import { loadEmailService } from "../accounts/choose.ts";
import type { SendResult } from "../accounts/send-result.ts";
import type { Ctx } from "../context.ts";
import { recordAnswerResult, storeUnsentAnswer } from "../db/answers.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import type { Scope } from "../db/scope.ts";
import { countAgainstDailyCap } from "../db/sender-pace.ts";
import type { SenderRow } from "../db/senders.ts";
import type { TenantRow } from "../db/tenants.ts";
import type { StoredReply } from "../db/timelines.ts";
import { formatAnswerSubject, isMessageId, listThreadMessageIds } from "../domain/answer.ts";
import { findPropertyState } from "../domain/compliance/property-state.ts";
import { toIsoDay } from "../domain/schedule/schedule.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { getEffectiveDailyCap } from "../domain/send/pacing.ts";
import { getLinkSigner } from "../links.ts";
import { composeAnswer } from "../mail/compose/answer.ts";
import { findHeaderFault } from "../mail/compose/header-safety.ts";

export type AnswerRequest = {
  candidate: Candidate;
  sender: SenderRow;
  tenant: TenantRow;
  /** The reply that is answered. */
  reply: StoredReply;
  /** The subject of the email that the person replied to; null if the subject is unknown. */
  emailSubject: string | null;
  bodyText: string;
  idempotencyKey: string;
  audit: AuditEntry;
};

export type AnswerResult = "sent" | "repeated" | "noAccount" | "dailyCapReached" | "unsafeHeader";

/**
 * Sends an agent's answer to a person who replied, in the person's thread. The answer is stored
 * before the service is called. So a repeated request sends nothing, and an answer whose call has
 * no result is shown as probably sent.
 */
export async function sendAnswer(ctx: Ctx, scope: Scope, request: AnswerRequest): Promise<AnswerResult> {
  const { sender, candidate, idempotencyKey, bodyText, audit } = request;
  const service = await loadEmailService(ctx, sender.id, {
    attempts: 2,
    sleep: ctx.sleep,
    random: ctx.random,
  });
  if (service === null) return "noAccount";
  const id = ctx.newId();
  const email = await composeFor(ctx, request, id);
  if (findHeaderFault(email) !== null) return "unsafeHeader";
  const recipientId = candidate.recipient.id;
  const answer = { id, recipientId, idempotencyKey, subject: email.subject, bodyText };
  if (!(await storeUnsentAnswer(scope, answer, audit))) return "repeated";
  const day = toIsoDay(ctx.now(), sender.timeZone);
  if (!(await countAgainstDailyCap(scope, sender.id, day, getEffectiveDailyCap(sender, day)))) {
    await recordAnswerResult(scope, id, {
      status: "failed",
      failure: "The sender’s daily limit is reached.",
    });
    return "dailyCapReached";
  }
  await recordAnswerResult(scope, id, toConclusion(await service.send(email)));
  return "sent";
}

async function composeFor(ctx: Ctx, request: AnswerRequest, id: number) {
  const { candidate, sender, tenant, reply, emailSubject, bodyText } = request;
  const { recipient, campaign } = candidate;
  const { stepNumber, dedupeKey, data, occurredAt } = reply;
  const signer = await getLinkSigner(ctx);
  const domain = sender.fromEmail.slice(sender.fromEmail.lastIndexOf("@") + 1).toLowerCase();
  const reference = { tenantId: tenant.id, recipientId: recipient.id, stepNumber };
  const isOfEmail = stepNumber > 0;
  const own = isOfEmail ? [await signer.signMessageId(reference, domain)] : [];
  const { INBOUND_DOMAIN } = ctx.settings;
  // The lines around the agent's words are in the language of the words.
  const language = findLetterLanguage(bodyText);
  const wroteOn = new Intl.DateTimeFormat(language === "es" ? "es-US" : "en-US", {
    dateStyle: "long",
    timeZone: recipient.timeZone,
  }).format(occurredAt);
  const parts = {
    office: tenant,
    agent: sender,
    occasion: {
      propertyState: findPropertyState(recipient.data.property),
      // The person wrote to the agent, so the answer is no advertisement and need not say why the
      // person gets an email.
      origin: { source: recipient.source, sourceDate: null, consent: null, county: null },
      isToOwner: false,
      language,
    },
    to: { email: recipient.email ?? "", name: recipient.name },
    subject: formatAnswerSubject(data.subject || emailSubject || ""),
    bodyText,
    quoted: data.text
      ? {
          name: recipient.name || (recipient.email ?? ""),
          wroteOn,
          text: data.text.slice(0, limits.answerLength),
        }
      : null,
    replyTo:
      INBOUND_DOMAIN === "" || !isOfEmail
        ? (campaign.replyTo ?? sender.replyTo)
        : `${await signer.signMailbox({ kind: "reply", reference })}@${INBOUND_DOMAIN}`,
    messageId: `<answer.${id}@${domain}>`,
    threadIds: listThreadMessageIds(own, isMessageId(dedupeKey) ? dedupeKey : null),
  };
  // Recipient 0 does not exist, so a report about the answer never counts for a step's email.
  return { ...composeAnswer(parts), reference: { tenantId: tenant.id, recipientId: 0, stepNumber: 0 } };
}

function toConclusion(result: SendResult): { status: AnswerStatus; failure: string | null } {
  switch (result.kind) {
    case "accepted":
      return { status: "sent", failure: null };
    case "unknown":
      return { status: "probablySent", failure: null };
    case "deferred":
      return { status: "failed", failure: "The email service is busy. Try again in a few minutes." };
    case "refused":
      return {
        status: "failed",
        failure:
          result.fault === "recipient"
            ? "Their mail server doesn’t accept this address."
            : "The email service didn’t take this email.",
      };
  }
}
