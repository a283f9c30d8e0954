import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import { loadSenderIdentities, type SenderIdentity } from "../db/email-inputs.ts";
import { isSenderAddress } from "../db/last-message.ts";
import { createScope } from "../db/scope.ts";
import { findReturnDay } from "../domain/receive/absence.ts";
import type { EventData, NormalizedEvent } from "../domain/receive/event.ts";
import { type InboundMeaning, interpretInboundEmail } from "../domain/receive/inbound-meaning.ts";
import { interpretReturnedEmail, mergeReportMeanings } from "../domain/receive/returned-mail.ts";
import { findTrustedMeaning } from "../domain/receive/trusted-meaning.ts";
import { toIsoDay } from "../domain/schedule/schedule.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { planStepAfterAbsence } from "../domain/send/sequence.ts";
import { getLinkSigner } from "../links.ts";
import { readInboundPost } from "../mail/inbound/form.ts";
import { type InboundEmail, parseInboundEmail } from "../mail/inbound/inbound.ts";
import { verifyInboundKey } from "../mail/inbound/key.ts";
import type { LinkSigner } from "../mail/link-signer.ts";
import type { MessageReference, UnsealedAccount, WebhookRequest } from "../providers/provider.ts";
import { forwardedHeaderName, forwardReply } from "./forward.ts";
import { type InboundMatch, matchInboundEmail } from "./inbound-match.ts";
import { ingestEvents } from "./ingest.ts";
import { verifyAndRecordPost } from "./webhook-guard.ts";

/**
 * The result for an incoming email.
 * - recorded: the email is about one of our messages.
 * - unmatched: the email is about no message of ours, but was stored.
 * - duplicate: the email was already stored.
 * - ignored: the email is from us or the tenant.
 * - notOurs: the email belongs to no known tenant and was not stored.
 */
export type InboundResult = { kind: "recorded" | "unmatched" | "duplicate" | "ignored" | "notOurs" };

/**
 * An inbound post that is refused.
 * - wrongKey, wrongSignature: the post did not come from the service.
 * - unreadable: the post contains no email.
 */
export type RefusedInboundPost = { kind: "refused"; reason: "wrongKey" | "wrongSignature" | "unreadable" };

/** Records an email that came to our inbound domain, and forwards a person's reply to the agent. */
export async function receiveEmail(
  ctx: Ctx,
  { from, to, raw }: { from: string; to: string; raw: Uint8Array },
): Promise<InboundResult> {
  return recordInboundEmail(ctx, await parseInboundEmail(raw, from), [to], null);
}

/**
 * Records the email that a provider account's service posted. SendGrid does not sign inbound posts,
 * so the URL for SendGrid contains a key. All other posts are signed.
 */
export async function handleInboundPost(
  ctx: Ctx,
  account: UnsealedAccount,
  request: WebhookRequest,
): Promise<InboundResult | RefusedInboundPost> {
  if (account.provider === "sendgrid") {
    const key = request.url.searchParams.get("key") ?? "";
    const isKnown = await verifyInboundKey(ctx.settings.LINK_KEY, account.id, key);
    if (!isKnown) return { kind: "refused", reason: "wrongKey" };
  } else if (!(await verifyAndRecordPost(ctx, account, request))) {
    return { kind: "refused", reason: "wrongSignature" };
  }
  const post = await readInboundPost(request);
  if (post === null) return { kind: "refused", reason: "unreadable" };
  return recordInboundEmail(ctx, post.email, post.to, account.tenantId);
}

async function recordInboundEmail(
  ctx: Ctx,
  email: InboundEmail,
  to: readonly string[],
  tenantId: number | null,
): Promise<InboundResult> {
  const signer = await getLinkSigner(ctx);
  if (await isSentByUs(signer, email)) return { kind: "ignored" };
  const match = await matchInboundEmail(ctx, signer, email, to, tenantId);
  const owner = tenantId ?? match?.reference.tenantId ?? null;
  if (owner === null) return { kind: "notOurs" };
  const isTheirs = match !== null && match.reference.tenantId === owner;
  const [candidate] = isTheirs ? await loadCandidates(ctx.db, [match.reference.recipientId], owner) : [];
  const [sender] = candidate ? await loadSenderIdentities(ctx.db, [candidate.recipient.senderId]) : [];
  if (await isFromTenant(ctx, owner, email, candidate, sender)) return { kind: "ignored" };
  // Anybody may write to our inbound domain, so an unmatched email there is not stored. An email
  // that a service posts belongs to the account's tenant, so such an email is stored even if no
  // message of ours matches.
  if (candidate === undefined && tenantId === null) return { kind: "notOurs" };
  const events = buildEvents(ctx, email, match, candidate);
  const { inserted } = await ingestEvents(ctx, {
    kind: "events",
    tenantId: owner,
    source: "inbound",
    receivedAt: ctx.now(),
    events,
  });
  if (events.length > 0 && inserted === 0) return { kind: "duplicate" };
  // If only the From address connects an email to the recipient, the email does not stop the
  // sequence. The email is still forwarded to the agent.
  if (candidate !== undefined && sender !== undefined && events.some(isPersonal)) {
    await forwardReply(ctx, email, candidate, sender);
  }
  return { kind: events.some(({ recipientId }) => recipientId !== null) ? "recorded" : "unmatched" };
}

const isPersonal = ({ kind }: NormalizedEvent) =>
  kind === "replied" || kind === "autoReplied" || kind === "unsubscribed";

/**
 * Tells whether we sent the email: a copy from a Sent folder, or a forwarded reply that came back.
 */
async function isSentByUs(signer: LinkSigner, { headers, messageId }: InboundEmail): Promise<boolean> {
  if (headers.has(forwardedHeaderName)) return true;
  return messageId !== null && (await signer.readMessageIds(`<${messageId}>`)) !== null;
}

/**
 * Tells whether the email is from the agent or another sender of the tenant. An agent who added
 * their own address as a recipient, to try the campaign, counts as the recipient.
 */
async function isFromTenant(
  ctx: Ctx,
  tenantId: number,
  { from }: InboundEmail,
  candidate: Candidate | undefined,
  sender: SenderIdentity | undefined,
): Promise<boolean> {
  if (from === "" || from === candidate?.recipient.email?.toLowerCase()) return false;
  if ([sender?.fromEmail, sender?.replyTo, candidate?.campaign.replyTo].includes(from)) return true;
  return isSenderAddress(createScope(ctx.db, tenantId), from);
}

/**
 * Returns an event for each meaning of the email, such as a reply, an opt-out or a bounce. If the
 * match is too weak to trust a meaning, the event for the meaning refers to no message.
 */
function buildEvents(
  ctx: Ctx,
  email: InboundEmail,
  match: InboundMatch | null,
  candidate: Candidate | undefined,
): NormalizedEvent[] {
  const recipient = candidate?.recipient.email ?? null;
  const isReturned = match?.by === "bounce";
  const meanings = isReturned ? interpretReturnedEmail(email, recipient) : interpretInboundEmail(email);
  const matched = { by: match?.by ?? "sender", recipient, from: email.from, reports: meanings.length };
  const verified = meanings.map((meaning) =>
    candidate && match ? findTrustedMeaning(meaning, matched) : null,
  );
  const isLost = isReturned && candidate !== undefined && verified.every((one) => one === null);
  const summary = isLost ? mergeReportMeanings(meanings) : null;
  if (summary !== null) {
    return [toEvent(ctx, email, summary, { reference: match?.reference ?? null, recipient, index: 0 })];
  }
  return meanings.map((meaning, index) => {
    const accepted = verified[index] ?? null;
    const event = toEvent(ctx, email, accepted ?? meaning, {
      reference: accepted && match ? match.reference : null,
      recipient: accepted ? recipient : null,
      index,
    });
    return candidate && accepted?.kind === "autoReplied" && matched.by !== "sender"
      ? withAbsence(ctx, event, candidate, email)
      : event;
  });
}

/**
 * Adds to the event the day until which the recipient is away, if the automatic answer names a day.
 */
function withAbsence(
  ctx: Ctx,
  event: NormalizedEvent,
  candidate: Candidate,
  { subject, words }: InboundEmail,
): NormalizedEvent {
  const backOn = findReturnDay(subject, words, toIsoDay(ctx.now(), candidate.recipient.timeZone));
  if (backOn === null) return event;
  const resumesAt = planStepAfterAbsence(candidate, backOn, ctx.random());
  return { ...event, data: { ...event.data, awayUntil: backOn, ...(resumesAt !== null && { resumesAt }) } };
}

/** The most characters that are stored of an email that belongs to no message. */
const maxUnmatchedLength = 1000;

function toEvent(
  ctx: Ctx,
  email: InboundEmail,
  meaning: InboundMeaning,
  of: { reference: MessageReference | null; recipient: string | null; index: number },
): NormalizedEvent {
  const about = findAddress(meaning, email);
  const data = buildEventData(meaning, email, of.reference !== null);
  if (about !== "" && about !== of.recipient && !isAttributedFeedback(of.reference, meaning))
    data.email = about;
  // If an email is delivered twice, both copies have the same Message-ID. An email without a
  // Message-ID is identified by its sender, subject and text.
  const key = email.messageId ?? `${email.from} ${email.subject} ${email.text}`.slice(0, 250);
  return {
    kind: toEventKind(meaning),
    recipientId: of.reference?.recipientId ?? null,
    stepNumber: of.reference?.stepNumber ?? null,
    email: about || null,
    occurredAt: ctx.now(),
    dedupeKey: of.index === 0 ? key : `${key} ${of.index}`,
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data,
  };
}

/**
 * Tells whether the meaning is a complaint about a known message. Such a complaint needs no
 * address, because the message names the recipient.
 */
function isAttributedFeedback(reference: MessageReference | null, meaning: InboundMeaning): boolean {
  return reference !== null && "recipients" in meaning;
}

function findAddress(meaning: InboundMeaning, email: InboundEmail): string {
  if ("recipient" in meaning) return meaning.recipient;
  return "recipients" in meaning ? (meaning.recipients[0] ?? "") : email.from;
}

function buildEventData(
  meaning: InboundMeaning,
  { words, subject, feedback }: InboundEmail,
  isTied: boolean,
): EventData {
  if ("recipient" in meaning) {
    const { status, diagnostic } = meaning;
    return meaning.kind === "bounced"
      ? {
          bounceClass: meaning.bounceClass,
          status,
          diagnostic,
          ...(meaning.isRefusal ? { isRefusal: true } : {}),
        }
      : { status, diagnostic };
  }
  if ("recipients" in meaning) return { diagnostic: feedback?.type ?? "" };
  const said = { subject, text: isTied ? words : words.slice(0, maxUnmatchedLength) };
  if (meaning.kind !== "replied") return said;
  const { mayWantOut, mayRefuse } = meaning;
  return { ...said, ...(mayWantOut && { mayWantOut }), ...(mayRefuse && { mayRefuse }) };
}

function toEventKind({ kind }: InboundMeaning): NormalizedEvent["kind"] {
  if (kind === "optedOut") return "unsubscribed";
  return kind === "unknownFeedback" ? "unknown" : kind;
}
