import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import { senderIdentities } from "../db/material.ts";
import { AppError } from "../domain/errors.ts";
import { type InboundMeaning, meaningOf, ownWords } from "../domain/inbound.ts";
import { type InboundEmail, readInbound } from "../mail/inbound.ts";
import { readInboundForm } from "../mail/inbound-form.ts";
import { isInboundKey } from "../mail/inbound-key.ts";
import type { MessageReference, OpenAccount, WebhookRequest } from "../providers/provider.ts";
import { forwardReply } from "./forward.ts";
import { ingest } from "./ingest.ts";
import { signerOf } from "./render.ts";

/** notOurs: no message of ours explains it. ignored: a copy of our own email. */
export type Received =
  | { kind: "recorded" }
  | { kind: "duplicate" }
  | { kind: "ignored" }
  | { kind: "notOurs" };

/** An email that came to our inbound domain: recorded as what it means, and a person's words passed on to the agent. */
export async function receiveEmail(
  ctx: Ctx,
  { from, to, raw }: { from: string; to: string; raw: Uint8Array },
): Promise<Received> {
  return receive(ctx, await readInbound(raw, from), to, null);
}

/**
 * The inbound post of a provider account. Mailgun signs it; an SMTP or outbox account's is signed by whoever delivers
 * it; SendGrid's is not signed, so its URL carries `?key=`.
 * @throws AppError badSignature, invalidRequest
 */
export async function handleInboundPost(
  ctx: Ctx,
  account: OpenAccount,
  request: WebhookRequest,
): Promise<Received> {
  if (account.provider === "sendgrid") {
    const isKnown = await isInboundKey(
      ctx.settings.LINK_KEY,
      account.id,
      request.url.searchParams.get("key") ?? "",
    );
    if (!isKnown) throw new AppError("badSignature", "The key in the address is not right.");
  } else {
    const verified = await ctx.providers[account.provider].verify(request, account, ctx.now());
    if (!verified.ok) throw new AppError("badSignature", "The signature is not right.");
  }
  const form = await readInboundForm(request);
  if (form === null) throw new AppError("invalidRequest", "The body is neither a form nor an email.");
  return receive(ctx, form.email, form.to, account.tenantId);
}

async function receive(
  ctx: Ctx,
  email: InboundEmail,
  to: string,
  tenantId: number | null,
): Promise<Received> {
  const tied = await tie(ctx, email, to);
  if (tied === null || (tenantId !== null && tied.reference.tenantId !== tenantId))
    return { kind: "notOurs" };
  const { reference, isUnsubscribeAddress } = tied;
  const [candidate] = await loadCandidates(ctx.db, [reference.recipientId], reference.tenantId);
  if (candidate === undefined) return { kind: "notOurs" };
  const [sender] = await senderIdentities(ctx.db, [candidate.recipient.senderId]);
  if (sender !== undefined && email.from === sender.fromEmail) return { kind: "ignored" };
  const meaning = meaningOf({ ...email, isUnsubscribeAddress });
  const { inserted } = await ingest(ctx, {
    kind: "events",
    tenantId: reference.tenantId,
    source: "inbound",
    receivedAt: ctx.now(),
    events: [toEvent(ctx, email, meaning, reference)],
  });
  if (inserted === 0) return { kind: "duplicate" };
  const isPersonal =
    meaning.kind === "replied" || meaning.kind === "autoReplied" || meaning.kind === "unsubscribed";
  if (isPersonal && sender !== undefined) await forwardReply(ctx, email, candidate, sender);
  return { kind: "recorded" };
}

/** By the token in the address it came to, else by our Message-ID in what it answers. Both are signed. */
async function tie(
  ctx: Ctx,
  email: InboundEmail,
  to: string,
): Promise<{ reference: MessageReference; isUnsubscribeAddress: boolean } | null> {
  const signer = await signerOf(ctx);
  for (const address of [to, ...email.to].slice(0, 20)) {
    const mailbox = await signer.readMailbox(address.slice(0, Math.max(0, address.lastIndexOf("@"))));
    if (mailbox !== null) {
      return { reference: mailbox.reference, isUnsubscribeAddress: mailbox.kind === "unsubscribe" };
    }
  }
  const reference = await signer.readMessageIds(email.answers);
  return reference === null ? null : { reference, isUnsubscribeAddress: false };
}

function toEvent(ctx: Ctx, email: InboundEmail, meaning: InboundMeaning, reference: MessageReference) {
  return {
    kind: meaning.kind,
    recipientId: reference.recipientId,
    stepNumber: reference.stepNumber,
    email: email.from,
    occurredAt: ctx.now(),
    // An email delivered twice has the same Message-ID; one without is told apart by what it says.
    dedupeKey: email.messageId ?? `${email.from} ${email.subject} ${email.text}`.slice(0, 500),
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data: {
      subject: email.subject.slice(0, 500),
      text: ownWords(email.text),
      ...(meaning.kind === "bounced" ? { bounceClass: meaning.bounceClass, status: meaning.status } : {}),
    },
  };
}
