import type { z } from "zod";
import type { replyOutcomeInput } from "../../shared/reply.ts";
import type { SettlingOutcome } from "../../shared/vocabulary.ts";
import { buildResumeOfWriterAt } from "../db/answer-stops.ts";
import { type AuditEntry, buildAuditEntryInsert } from "../db/audit-log.ts";
import { awaitGuardedBatch } from "../db/batch-guard.ts";
import { loadCandidates } from "../db/candidates.ts";
import { findRefusal } from "../db/contact-history.ts";
import { loadListings } from "../db/listings.ts";
import type { RecipientRow } from "../db/recipients.ts";
import {
  loadPriorRefusal,
  recordNoRefusal,
  recordNotSelling,
  recordOptOut,
  recordWrongPerson,
} from "../db/refusals.ts";
import { listUndecidedReplies } from "../db/reply-readings.ts";
import {
  abortIfReplyChanged,
  buildReplyStandingUpsert,
  findReplyStanding,
  type StoredReplyStanding,
} from "../db/reply-threads.ts";
import { buildStopsByEvents } from "../db/stops.ts";
import { findSuppression } from "../db/suppressions.ts";
import { findTenant, type TenantRow } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import {
  chooseNotNowDay,
  findNotNowFault,
  findReminderAt,
  isSaleStage,
  type ReplyStanding,
  type ReplyUndo,
} from "../domain/reply-outcome.ts";
import { planAbsence } from "../domain/send/sequence.ts";
import { storeListingReports } from "../receive/property-reports.ts";
import type { RequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { buildRecipientAuditEntry } from "./recipient-detail.ts";
import { createNotFoundError, refuseFaultyFields } from "./request.ts";

type Outcome = z.output<typeof replyOutcomeInput>;

/**
 * An outcome that an agent gives to a reply. `before`: the reply's stored outcome until now.
 * `undo`: the records that the outcome replaces.
 */
type Settling = {
  desk: RequestScope;
  recipient: RecipientRow & { email: string };
  outcome: SettlingOutcome;
  note: string | null;
  before: StoredReplyStanding | null;
  undo: ReplyUndo;
  audit: AuditEntry;
};

/**
 * Records the outcome that an agent gives to a person's reply. Recording the same outcome twice
 * changes nothing, except for "not now", whose day can be changed.
 * @throws AppError conflict if the recipient has no address or property that the outcome needs, or
 *   if somebody else has changed the reply meanwhile
 */
export async function recordReplyOutcome(
  desk: RequestScope,
  recipient: RecipientRow,
  input: Outcome,
  isTeamLead: boolean,
): Promise<void> {
  const { id, email } = recipient;
  const { outcome, note = null } = input;
  if (email === null)
    throw new AppError("conflict", "This recipient has no email address, so they haven't been emailed.");
  const data = { outcome, ...(note === null ? {} : { note }) };
  const audit = { ...buildRecipientAuditEntry(desk, recipient, "recipient.outcome"), data };
  if (outcome === "notRefused") return takeBackRefusal(desk, { ...recipient, email }, audit, isTeamLead);
  const before = await findReplyStanding(desk.scope, id);
  if (before?.outcome === outcome && outcome !== "notNow") return;
  const undo = await loadUndo(desk, { ...recipient, email }, { before, outcome });
  const settling: Settling = { desk, recipient: { ...recipient, email }, outcome, note, before, undo, audit };
  if (!(await settle(settling, input))) {
    throw new AppError("conflict", "Someone else changed this reply in the meantime. Reload and try again.");
  }
}

async function settle(settling: Settling, input: Outcome): Promise<boolean> {
  const { desk, recipient, outcome, audit } = settling;
  switch (outcome) {
    case "interested":
    case "appointment":
    case "listing":
      return await storeStanding(settling, buildStopsByOutcome(settling));
    case "notNow":
      return await settleNotNow(settling, input);
    case "alreadyListed":
      return await settleAlreadyListed(settling);
    case "noMore":
      return await recordOptOut(desk.scope, toStatement(settling), audit, buildStanding(settling));
    case "wrongPerson":
      return await recordWrongPerson(
        desk.scope,
        { ...toStatement(settling), propertyId: requireProperty(recipient) },
        audit,
        buildStanding(settling),
      );
    case "notSelling":
      return await recordNotSelling(
        desk.scope,
        { ...toStatement(settling), propertyId: requireProperty(recipient) },
        audit,
        buildStanding(settling),
      );
  }
}

const toStatement = ({ recipient, note }: Settling) => {
  const { id: recipientId, campaignId, propertyId, email, name } = recipient;
  return { recipientId, campaignId, propertyId, email, name, note };
};

function requireProperty({ propertyId }: RecipientRow): string {
  if (propertyId === null) throw new AppError("conflict", "This recipient isn't linked to a property.");
  return propertyId;
}

/**
 * Returns the statements that store the outcome. The statements fail if another agent has changed
 * the reply meanwhile.
 */
function buildStanding(
  { desk: { scope }, recipient: { id }, outcome, before, undo, audit }: Settling,
  waitingSince: number | null = null,
): D1PreparedStatement[] {
  const standing: ReplyStanding = { outcome, waitingSince, decidedBy: audit.actor, decidedAt: audit.at };
  return [
    abortIfReplyChanged(scope, id, before),
    buildReplyStandingUpsert(scope, id, standing, { undo, now: audit.at }),
  ];
}

async function storeStanding(
  settling: Settling,
  also: readonly D1PreparedStatement[],
  waitingSince: number | null = null,
): Promise<boolean> {
  const { scope } = settling.desk;
  const batch = [
    ...buildStanding(settling, waitingSince),
    ...also,
    buildAuditEntryInsert(scope, settling.audit),
  ];
  return (await awaitGuardedBatch(scope.db.$client.batch(batch))) === null;
}

/**
 * Records the outcome "not now": the reply waits for the agent again on a later day, or the
 * sequence goes on from that day.
 */
async function settleNotNow(settling: Settling, { until, plan = "remind" }: Outcome): Promise<boolean> {
  const { desk, recipient, audit } = settling;
  const { timeZone } = await loadTenant(desk);
  const day = chooseNotNowDay(until, audit.at, timeZone);
  const fault = findNotNowFault(day, audit.at, timeZone);
  if (fault !== null) refuseFaultyFields({ until: fault });
  const dated = { ...settling, audit: { ...audit, data: { ...audit.data, until: day, plan } } };
  if (plan === "remind") return await storeStanding(dated, [], findReminderAt(day, timeZone));
  const at = await planContinuation(desk, recipient, day);
  const resumed = { ...dated, undo: { ...dated.undo, hasResumed: true } };
  return await storeStanding(resumed, buildResumeOfWriterAt(desk.scope, recipient, at, audit.at));
}

/**
 * Returns the send time of the next email to a person who replied, if the sequence goes on from
 * `day`.
 * @throws AppError conflict if no email is left, or if something other than the reply stopped the
 *   person
 */
async function planContinuation(
  { ctx, scope }: RequestScope,
  { id, status, stopReason }: RecipientRow,
  day: string,
): Promise<number> {
  if (status !== "stopped" || stopReason !== "replied") {
    throw new AppError("conflict", "Only a sequence that a reply stopped can continue on a later day.");
  }
  const [candidate] = await loadCandidates(scope.db, [id], scope.tenantId);
  const plan = candidate && planAbsence(candidate, day, ctx.now(), ctx.random());
  if (!plan)
    throw new AppError("conflict", "There are no emails left in this campaign. Choose a reminder instead.");
  return plan.scheduledAt;
}

/** Records the agent's statement that the home is for sale through another brokerage. */
async function settleAlreadyListed(settling: Settling): Promise<boolean> {
  const { desk, recipient, note, audit } = settling;
  const { scope } = desk;
  const propertyId = requireProperty(recipient);
  const { listingGuard } = await loadTenant(desk);
  const report = { status: "Active", at: audit.at, source: "agent" as const };
  const words = note ?? "They said that the home is already listed.";
  const data = { answer: "listed", words };
  const stated = {
    ...buildAuditEntry(desk, "listing.stated", `properties/${propertyId}`, data),
    at: audit.at,
  };
  await storeListingReports(scope, [{ propertyId, reports: [report] }], listingGuard, audit.at, {
    apply: (listing) => listing,
    audits: [stated],
  });
  return await storeStanding(settling, []);
}

/** Returns the statements that end the sequences of everybody at the property of the person. */
function buildStopsByOutcome({ desk: { scope }, recipient, before, audit }: Settling): D1PreparedStatement[] {
  const { id: recipientId, campaignId, propertyId } = recipient;
  // The host can report an outcome of a person who has not replied, for example after a call.
  const reason = before === null ? ("manual" as const) : ("replied" as const);
  const stops = {
    recipients: [{ recipientId, reason }],
    properties: propertyId === null ? [] : [{ tenantId: scope.tenantId, propertyId, recipientId }],
    campaignIds: [campaignId],
  };
  return buildStopsByEvents(scope.db, stops, audit.at);
}

async function loadTenant({ scope }: RequestScope): Promise<TenantRow> {
  const tenant = await findTenant(scope);
  if (tenant === undefined) throw createNotFoundError();
  return tenant;
}

/** Reads the records that an outcome may replace, so that the outcome can be undone. */
async function loadUndo(
  { scope }: RequestScope,
  { email, propertyId, status }: RecipientRow & { email: string },
  { before, outcome }: { before: StoredReplyStanding | null; outcome: SettlingOutcome },
): Promise<ReplyUndo> {
  const [questions, suppression, refusal, listings] = await Promise.all([
    listUndecidedReplies(scope, email),
    findSuppression(scope, email),
    propertyId === null ? null : loadPriorRefusal(scope, { propertyId, email }),
    loadListings(scope, propertyId === null ? [] : [propertyId]),
  ]);
  return {
    standing: {
      outcome: before?.outcome ?? null,
      waitingSince: before?.waitingSince ?? null,
      decidedBy: before?.decidedBy ?? null,
      decidedAt: before?.decidedAt ?? null,
    },
    refusal,
    questions,
    wasSuppressed: suppression !== null,
    listing: (propertyId === null ? undefined : listings.get(propertyId)?.listing) ?? null,
    hasResumed: false,
    hasStopped: isSaleStage(outcome) && status !== "stopped" && status !== "completed",
  };
}

/**
 * Removes the person's refusal at the property if no agent has decided about the refusal yet. For a
 * team lead, also removes an agent's decision that the household is not selling.
 * @throws AppError forbidden if such a decision exists and the session's role is below team lead
 */
async function takeBackRefusal(
  { scope }: RequestScope,
  recipient: RecipientRow & { email: string },
  audit: AuditEntry,
  isTeamLead: boolean,
): Promise<void> {
  const there = { email: recipient.email, propertyId: requireProperty(recipient) };
  if (await recordNoRefusal(scope, there, isTeamLead ? ["undecided", "notSelling"] : ["undecided"], audit))
    return;
  const left = await findRefusal(scope, there);
  if (left?.kind === "notSelling" && !isTeamLead) {
    throw new AppError("forbidden", "Only a team lead can take back a refusal to sell.");
  }
}
