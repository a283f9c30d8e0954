import { Hono } from "hono";
import { z } from "zod";
import { agentAnswerInput } from "../../../shared/answer.ts";
import { limits } from "../../../shared/limits.ts";
import { loadCandidates } from "../../db/candidates.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import { findSender } from "../../db/senders.ts";
import { findSuppression } from "../../db/suppressions.ts";
import { findTenant } from "../../db/tenants.ts";
import { listReplies, loadTimeline } from "../../db/timelines.ts";
import { AppError } from "../../domain/errors.ts";
import { type AnswerRequest, type AnswerResult, sendAnswer } from "../../send/answer.ts";
import { loadAnswerSnippets } from "../../send/answer-snippets.ts";
import { findAccessibleRecipient, getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { buildRecipientAuditEntry, reloadRecipientDetail } from "../recipient-detail.ts";
import { type AppEnv, createNotFoundError, idempotencyKeySchema, parseInput, readJson } from "../request.ts";

const keyHeader = z.object({ "Idempotency-Key": idempotencyKeySchema });

/**
 * Sends an agent's answer to a person who replied. A repeated request with the same Idempotency-Key
 * sends nothing, and gets the same answer.
 */
export const answersRoutes = new Hono<AppEnv>().post(
  "/recipients/:id/answers",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const input = await readJson(c, agentAnswerInput);
    const { "Idempotency-Key": key } = parseInput(keyHeader, {
      "Idempotency-Key": c.req.header("idempotency-key"),
    });
    if (!input.confirmsSuppressed) await refuseSuppressed(desk, recipient);
    const audit = buildRecipientAuditEntry(desk, recipient, "recipient.answered");
    const request = {
      ...(await loadRequest(desk, recipient)),
      bodyText: input.bodyText,
      idempotencyKey: key,
      audit,
    };
    requireTaken(await sendAnswer(desk.ctx, desk.scope, request));
    return c.json(await reloadRecipientDetail(desk, recipient.id), 201);
  },
);

/** Answers with the office's snippets as texts that an agent can put into an answer. */
answersRoutes.get(
  "/recipients/:id/snippets",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { id } = await findAccessibleRecipient(c);
    return c.json({ items: await loadAnswerSnippets(getRequestScope(c).scope, id, limits.snippets) });
  },
);

/**
 * @throws AppError conflict if the address is on the do-not-email list. The message names the
 * reason why the address is on the list, so that the agent can decide.
 */
async function refuseSuppressed({ scope }: RequestScope, { email }: RecipientRow): Promise<void> {
  const found = email === null ? null : await findSuppression(scope, email);
  if (found === null) return;
  throw new AppError("conflict", suppressionTexts[found.reason], {
    confirmsSuppressed: "must be true to answer a person on the do-not-email list",
  });
}

const suppressionTexts = {
  unsubscribed: "They asked for no more emails. Answer only if they’re waiting for your reply.",
  complained: "They marked an email as spam. Answer only if they’re waiting for your reply.",
  bounced: "Emails to this address bounced, so your answer may not arrive.",
  manual: "This address is on your office’s do-not-email list.",
} as const;

/**
 * Loads the facts from which an answer is composed.
 * @throws AppError conflict if the person has not replied, or the sender or office is stopped
 */
async function loadRequest(
  { scope }: RequestScope,
  { id, email }: RecipientRow,
): Promise<Omit<AnswerRequest, "bodyText" | "idempotencyKey" | "audit">> {
  const [[candidate], replies, { messages }, tenant] = await Promise.all([
    loadCandidates(scope.db, [id], scope.tenantId),
    listReplies(scope, id),
    loadTimeline(scope, id),
    findTenant(scope),
  ]);
  const sender = candidate && (await findSender(scope, candidate.recipient.senderId));
  if (candidate === undefined || tenant === undefined || sender === undefined) throw createNotFoundError();
  const reply = replies.find(({ kind }) => kind === "replied") ?? replies[0];
  if (email === null || reply === undefined)
    throw new AppError("conflict", "This person hasn’t replied, so there’s nothing to answer.");
  if (tenant.stoppedAt !== null)
    throw new AppError("conflict", "No emails can go out while outreach is stopped. Resume it first.");
  if (sender.isPaused)
    throw new AppError("conflict", `${sender.fromName} is paused as a sender. Resume the sender first.`);
  const emailSubject = messages.find(({ stepNumber }) => stepNumber === reply.stepNumber)?.subject ?? null;
  return { candidate, sender, tenant, reply, emailSubject };
}

/** @throws AppError unless an email service has taken the answer */
function requireTaken(result: AnswerResult): void {
  switch (result) {
    case "sent":
    case "repeated":
      return;
    case "noAccount":
      throw new AppError("conflict", "No email account can send from this address. Ask an administrator.");
    case "dailyCapReached":
      throw new AppError(
        "conflict",
        "This sender has reached today’s limit. Answer from your mailbox, or tomorrow.",
      );
    case "unsafeHeader":
      throw new AppError("conflict", "The subject or a name has characters that an email can’t carry.");
  }
}
