import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import { loadSenderIdentities, type SenderIdentity } from "../db/email-inputs.ts";
import { isSenderAddress } from "../db/last-message.ts";
import { createScope } from "../db/scope.ts";
import { readReturnDay } from "../domain/receive/absence.ts";
import type { EventData, NormalizedEvent } from "../domain/receive/event.ts";
import { type InboundMeaning, interpretInbound, verifyMeaning } from "../domain/receive/inbound.ts";
import { toIsoDay } from "../domain/schedule/schedule.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { planAfterAbsence } from "../domain/send/sequence.ts";
import { createSigner } from "../links.ts";
import { readInboundPost } from "../mail/inbound/form.ts";
import { type InboundEmail, parseInboundEmail } from "../mail/inbound/inbound.ts";
import { verifyInboundKey } from "../mail/inbound/key.ts";
import type { LinkSigner } from "../mail/tracking.ts";
import type { MessageReference, OpenAccount, WebhookRequest } from "../providers/provider.ts";
import { forwardedMark, forwardReply } from "./forward.ts";
import { type Match, matchOf } from "./inbound-match.ts";
import { ingest } from "./ingest.ts";
import { isGenuinePost } from "./webhook-guard.ts";

/**
 * recorded: the email is about one of our messages. unmatched: it is not, but it was stored.
 * notOurs: no tenant is known for it, so it was not stored. ignored: a copy of our own email.
 */
export type Received = { kind: "recorded" | "unmatched" | "duplicate" | "ignored" | "notOurs" };

/** wrongKey and wrongSignature: the post did not come from the service. unreadable: no email in it. */
export type RefusedPost = { kind: "refused"; reason: "wrongKey" | "wrongSignature" | "unreadable" };

/** An email that came to our inbound domain: recorded as what it means, and a person's words passed on to the agent. */
export async function receiveEmail(
  ctx: Ctx,
  { from, to, raw }: { from: string; to: string; raw: Uint8Array },
): Promise<Received> {
  return receive(ctx, await parseInboundEmail(raw, from), [to], null);
}

/**
 * Records the email that a provider account's service posted. Mailgun signs its posts, and whoever
 * delivers for an SMTP or outbox account signs theirs. SendGrid signs none, so its URL has `?key=`.
 */
export async function handleInboundPost(
  ctx: Ctx,
  account: OpenAccount,
  request: WebhookRequest,
): Promise<Received | RefusedPost> {
  if (account.provider === "sendgrid") {
    const key = request.url.searchParams.get("key") ?? "";
    const isKnown = await verifyInboundKey(ctx.settings.LINK_KEY, account.id, key);
    if (!isKnown) return { kind: "refused", reason: "wrongKey" };
  } else if (!(await isGenuinePost(ctx, account, request))) {
    return { kind: "refused", reason: "wrongSignature" };
  }
  const post = await readInboundPost(request);
  if (post === null) return { kind: "refused", reason: "unreadable" };
  return receive(ctx, post.email, post.to, account.tenantId);
}

async function receive(
  ctx: Ctx,
  email: InboundEmail,
  to: readonly string[],
  tenantId: number | null,
): Promise<Received> {
  const signer = await createSigner(ctx);
  if (await isOurOwn(signer, email)) return { kind: "ignored" };
  const match = await matchOf(ctx, signer, email, to, tenantId);
  const owner = tenantId ?? match?.reference.tenantId ?? null;
  if (owner === null) return { kind: "notOurs" };
  const isTheirs = match !== null && match.reference.tenantId === owner;
  const [candidate] = isTheirs ? await loadCandidates(ctx.db, [match.reference.recipientId], owner) : [];
  const [sender] = candidate ? await loadSenderIdentities(ctx.db, [candidate.recipient.senderId]) : [];
  if (await isFromUs(ctx, owner, email, candidate, sender)) return { kind: "ignored" };
  // Through the email door anybody may write to us; what an account's service brings was meant for that account.
  if (candidate === undefined && tenantId === null) return { kind: "notOurs" };
  const events = eventsOf(ctx, email, match, candidate);
  const { inserted } = await ingest(ctx, {
    kind: "events",
    tenantId: owner,
    source: "inbound",
    receivedAt: ctx.now(),
    events,
  });
  if (events.length > 0 && inserted === 0) return { kind: "duplicate" };
  if (!events.some(({ recipientId }) => recipientId !== null)) return { kind: "unmatched" };
  if (candidate !== undefined && sender !== undefined && events.some(isPersonal)) {
    await forwardReply(ctx, email, candidate, sender);
  }
  return { kind: "recorded" };
}

const isPersonal = ({ kind }: NormalizedEvent) =>
  kind === "replied" || kind === "autoReplied" || kind === "unsubscribed";

/** A copy from a Sent folder, or a reply that was passed on and has found its way back. */
async function isOurOwn(signer: LinkSigner, { headers, messageId }: InboundEmail): Promise<boolean> {
  if (headers.has(forwardedMark)) return true;
  return messageId !== null && (await signer.readMessageIds(`<${messageId}>`)) !== null;
}

/** The agent, who has the owner's address in copy or answers all. Somebody trying it out on themselves is the recipient. */
async function isFromUs(
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

/** One for each thing it means. What can't be believed of the recipient is kept as what no message of ours explains. */
function eventsOf(
  ctx: Ctx,
  email: InboundEmail,
  match: Match | null,
  candidate: Candidate | undefined,
): NormalizedEvent[] {
  const recipient = candidate?.recipient.email ?? null;
  const meanings = interpretInbound(email);
  return meanings.map((meaning, index) => {
    const matched = { by: match?.by ?? "sender", recipient, from: email.from, reports: meanings.length };
    const accepted = candidate && match ? verifyMeaning(meaning, matched) : null;
    const event = toEvent(ctx, email, accepted ?? meaning, {
      reference: accepted && match ? match.reference : null,
      recipient,
      index,
    });
    return candidate && accepted?.kind === "autoReplied" && matched.by !== "sender"
      ? withAbsence(ctx, event, candidate, email)
      : event;
  });
}

/** Adds until when the recipient is away, if the automatic answer says so. */
function withAbsence(
  ctx: Ctx,
  event: NormalizedEvent,
  candidate: Candidate,
  { subject, words }: InboundEmail,
): NormalizedEvent {
  const backOn = readReturnDay(subject, words, toIsoDay(ctx.now(), candidate.recipient.timeZone));
  if (backOn === null) return event;
  const resumesAt = planAfterAbsence(candidate, backOn, ctx.random());
  return { ...event, data: { ...event.data, awayUntil: backOn, ...(resumesAt !== null && { resumesAt }) } };
}

/** What a stranger writes is kept, but not much of it: nobody asked for it. */
const unmatchedLength = 1000;

function toEvent(
  ctx: Ctx,
  email: InboundEmail,
  meaning: InboundMeaning,
  of: { reference: MessageReference | null; recipient: string | null; index: number },
): NormalizedEvent {
  const about = aboutWhom(meaning, email);
  const data = dataOf(meaning, email, of.reference !== null);
  if (about !== "" && about !== of.recipient && !isFeedbackOn(of.reference, meaning)) data.email = about;
  // An email delivered twice has the same Message-ID; one without is told apart by what it says.
  const key = email.messageId ?? `${email.from} ${email.subject} ${email.text}`.slice(0, 250);
  return {
    kind: eventKind(meaning),
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

/** Who passes a complaint on may hide whose it is; where it is tied to a message, that says it. */
function isFeedbackOn(reference: MessageReference | null, meaning: InboundMeaning): boolean {
  return reference !== null && "recipients" in meaning;
}

function aboutWhom(meaning: InboundMeaning, email: InboundEmail): string {
  if ("recipient" in meaning) return meaning.recipient;
  return "recipients" in meaning ? (meaning.recipients[0] ?? "") : email.from;
}

function dataOf(
  meaning: InboundMeaning,
  { words, subject, feedback }: InboundEmail,
  isTied: boolean,
): EventData {
  if ("recipient" in meaning) {
    const { status, diagnostic } = meaning;
    return meaning.kind === "bounced"
      ? { bounceClass: meaning.bounceClass, status, diagnostic }
      : { status, diagnostic };
  }
  if ("recipients" in meaning) return { diagnostic: feedback?.type ?? "" };
  const said = { subject, text: isTied ? words : words.slice(0, unmatchedLength) };
  return meaning.kind === "replied" && meaning.mayWantOut ? { ...said, mayWantOut: true } : said;
}

function eventKind({ kind }: InboundMeaning): NormalizedEvent["kind"] {
  if (kind === "optedOut") return "unsubscribed";
  return kind === "unknownFeedback" ? "unknown" : kind;
}
