import type { z } from "zod";
import type { campaignCreate } from "../../shared/campaign.ts";
import type { SequenceRules } from "../../shared/sequence-rules.ts";
import type { CampaignType } from "../../shared/vocabulary.ts";
import { retryWithFreshIds } from "../db/batch-guard.ts";
import {
  type CampaignCreateConflict,
  createCampaign,
  findCampaignByContent,
  type NewCampaign,
} from "../db/campaign-create.ts";
import { listNewestLetters, type StepLetter } from "../db/campaign-letters.ts";
import { findCampaignByIdempotencyKey } from "../db/campaigns.ts";
import { toRefusalCheckPeople } from "../db/contact-history.ts";
import { findSenderFaults } from "../db/senders.ts";
import type { TakenProposal } from "../db/start-proposals.ts";
import { listTemplateVariables } from "../db/template-variables.ts";
import { listExistingTemplateIds } from "../db/templates.ts";
import { findTenant } from "../db/tenants.ts";
import {
  buildSchedule,
  buildSequenceSteps,
  findMissingTemplateFaults,
  getRecallEnd,
  hasCampaignEnded,
  listTemplateIds,
  listWordingSources,
  parseInstant,
  type SequenceStep,
} from "../domain/campaign.ts";
import { findNearbySaleFaults, formatLaunchSaleNews } from "../domain/compliance/nearby-sale.ts";
import { AppError } from "../domain/errors.ts";
import {
  buildNewRecipients,
  findFutureConsentFaults,
  findOtherPropertyFaults,
  getStandInZone,
} from "../domain/recipient.ts";
import { buildCampaignSequence, type LetterTemplate } from "../domain/sequence-content.ts";
import { fillMissingRules, getCampaignEnd } from "../domain/sequence-rules.ts";
import { buildWordingCheckOptions, checkWording } from "../mail/template/check.ts";
import { listClaimsMade } from "../mail/template/claims.ts";
import { hashText } from "../mail/text-hash.ts";
import { getRequestScope, type RequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { fitOrRefuseRecipientData } from "./fitted-recipients.ts";
import { passGates } from "./gates/gates.ts";
import { listRecipientsToGuard, storeGivenListings } from "./gates/listings.ts";
import { refuseCollisionOverride } from "./gates/office.ts";
import { buildGatedPeople } from "./gates/people.ts";
import type { LaunchApproval } from "./gates/sources.ts";
import {
  attachPersonalWordings,
  checkNewPersonalWordings,
  listPersonalLetters,
} from "./personal-wordings.ts";
import { buildRefusalOverrideEntry, throwRefusalError } from "./refusal-checks.ts";
import { createNotFoundError, type HttpContext, refuseFaultyFields } from "./request.ts";
import { findLaunchableSequence } from "./sequences.ts";
import { seesProperty } from "./session.ts";

export type Given = z.output<typeof campaignCreate>;
/** A request with the rules of its sequence filled in. */
type Input = ReturnType<typeof fillMissingRules<Given>>;
type Sequence = {
  type: Input["type"];
  /** The id of the sequence that the steps come from; null if the request gives the steps. */
  id: string | null;
  steps: SequenceStep[];
  templates: LetterTemplate[];
  /** The rules of the sequence; null if the request gives the steps. */
  rules: SequenceRules | null;
};
/** The identity of a request. `key` is null if the client sent no Idempotency-Key. */
export type RequestIdentity = { key: string | null; hash: string };

/**
 * Refuses the request if the campaign or a recipient belongs to a property that the session may not
 * see.
 * @throws AppError forbidden
 */
export function refuseUnseenProperties(c: HttpContext, input: Given): void {
  const session = c.get("session");
  if (session.properties === null) return;
  const outside: Record<string, string> = {};
  if (!seesProperty(session, input.propertyId)) outside.propertyId = "must be a property you have access to";
  input.recipients.forEach((recipient, index) => {
    if (recipient.propertyId !== undefined && !seesProperty(session, recipient.propertyId)) {
      outside[`recipients.${index}.propertyId`] = "must be a property you have access to";
    }
  });
  if (Object.keys(outside).length > 0) {
    throw new AppError("forbidden", "You don't have access to that property.", outside);
  }
}

/**
 * Returns the id of the campaign that an earlier request with the same key created, or null.
 * @throws AppError conflict if a different request used the key
 */
export async function findEarlierCampaign(
  { scope }: RequestScope,
  { key, hash }: RequestIdentity,
): Promise<number | null> {
  const earlier = key === null ? undefined : await findCampaignByIdempotencyKey(scope, key);
  if (earlier === undefined) return null;
  if (earlier.requestHash === hash) return earlier.id;
  throw new AppError("conflict", "This Idempotency-Key was used for another request.", {
    "Idempotency-Key": "was used for another request",
  });
}

/**
 * Creates the campaign of a request, or finds the campaign that an earlier request with the same
 * key has created. If the status is `active`, the same database batch launches the campaign.
 * @param proposal the proposal of a rule that the campaign carries out; null for any other campaign
 */
export async function createCampaignOnce(
  c: HttpContext,
  input: Given,
  request: RequestIdentity,
  proposal: TakenProposal | null = null,
): Promise<{ id: number; isNew: boolean }> {
  const desk = getRequestScope(c);
  try {
    const id = await retryWithFreshIds(async () => {
      const created = await buildNewCampaign(c, input, request, proposal);
      const refusal = await createCampaign(desk.scope, created);
      if (refusal !== null) await throwCreateRefusal(c, refusal, created);
      return created.row.id;
    });
    return { id, isNew: true };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The campaign exists if a parallel request used the key, or if D1's answer to the write was
    // lost.
    const earlierId = await findEarlierCampaign(desk, request);
    if (earlierId === null) throw error;
    return { id: earlierId, isNew: false };
  }
}

/** The message if a proposal was started or dismissed meanwhile, or must wait for the next day. */
export const proposalTaken = "Someone else started or dismissed this in the meantime.";

async function throwCreateRefusal(
  c: HttpContext,
  refusal: CampaignCreateConflict,
  created: NewCampaign,
): Promise<void> {
  const { row, recipients } = created;
  if (refusal === "recipients") refuseFaultyFields({ recipients: "are all on the do-not-email list" });
  if (refusal === "templates")
    throw new AppError("conflict", "A template was deleted in the meantime. Reload and try again.");
  if (refusal === "proposal") throw new AppError("conflict", proposalTaken, { proposal: "no longer waits" });
  if (refusal === "content") await throwSameContent(c, row.contentHash ?? "");
  const to = toRefusalCheckPeople(recipients, row.propertyId ?? null);
  if (refusal === "refusals") await throwRefusalError(c, { to, overriddenAt: row.refusalsOverriddenAt ?? 0 });
}

/**
 * Throws an error that says which campaign already has the same recipients and steps.
 * @throws AppError conflict, always
 */
async function throwSameContent(c: HttpContext, contentHash: string): Promise<never> {
  const first = await findCampaignByContent(getRequestScope(c).scope, contentHash);
  if (first === null) throw new AppError("conflict", "Someone else changed the campaign. Try again.");
  throw new AppError(
    "conflict",
    `Campaign ${first.id}, “${first.name}”, has the same recipients and steps. To make another, send an Idempotency-Key.`,
    { recipients: `are the same as in campaign ${first.id}` },
  );
}

/**
 * Returns a hash of the request's recipients and steps; null if the request has no recipients or
 * has an idempotency key. The order of the recipients does not count, and neither do the campaign's
 * name, senders and hours.
 */
async function hashContent(input: Given, { key }: RequestIdentity): Promise<string | null> {
  if (key !== null || input.recipients.length === 0) return null;
  const people = input.recipients
    .map(({ email, contactKey, fullName, propertyId }) =>
      JSON.stringify([email ?? contactKey ?? fullName ?? null, propertyId ?? input.propertyId]),
    )
    .toSorted();
  return await hashText(JSON.stringify({ people, steps: input.steps ?? input.sequenceId ?? input.presetId }));
}

async function buildNewCampaign(
  c: HttpContext,
  given: Given,
  request: RequestIdentity,
  proposal: TakenProposal | null,
): Promise<NewCampaign> {
  const desk = getRequestScope(c);
  const { ctx, scope, agentId } = desk;
  const now = ctx.now();
  const sequence = await loadSequence(desk, given);
  const input = fillMissingRules(given, sequence.rules);
  const rules = toScheduleRules(input);
  if (input.status === "active" && hasCampaignEnded(rules, now))
    refuseFaultyFields({ "schedule.endAt": "has passed" });
  refuseFaultyFields(await findSenderFaults(scope, input));
  const { recipients, personalWordings } = await buildRecipients(desk, input, sequence, now);
  const type = sequence.type ?? "followUp";
  const { approval } = await passLaunchGates(c, input, { sequence, type, recipients, personalWordings });
  const status = approval?.verdict === "waiting" ? "waitingForApproval" : input.status;
  const id = ctx.newId();
  const override = buildRefusalOverrideEntry(c, id, input.refusalNote);
  return {
    row: {
      id,
      name: input.name,
      type,
      status,
      propertyId: input.propertyId,
      sequenceId: sequence.id,
      senderId: input.senderId,
      otherSenderIds: input.otherSenderIds,
      replyTo: input.replyTo,
      sendWindow: input.sendWindow,
      timeZone: input.schedule.timeZone,
      ...rules,
      endAt: status === "active" ? getCampaignEnd(rules, now) : rules.endAt,
      recallUntil: status === "active" ? getRecallEnd(now, input.recallSeconds) : null,
      exitStatuses: input.exitStatuses,
      stopsOnClick: input.stopsOnClick,
      maxLatenessHours: input.maxLatenessHours,
      ignoresCollisions: input.ignoresCollisions,
      unknownPolicy: input.unknownPolicy,
      tags: input.tags,
      createdBy: agentId,
      idempotencyKey: request.key,
      requestHash: request.key === null ? null : request.hash,
      contentHash: await hashContent(input, request),
      refusalsOverriddenAt: override?.at ?? null,
      createdAt: now,
      approval,
      launchedAt: status === "active" ? now : null,
      updatedAt: now,
    },
    steps: sequence.steps,
    letterTemplates: sequence.templates.map((template) => {
      const { bodyHtml, variables } = checkWording(template);
      const claims = listClaimsMade({ ...template, bodyHtml });
      return { ...template, id: ctx.newId(), bodyHtml, variables, claims };
    }),
    recipients,
    personalWordings,
    audit: {
      ...buildAuditEntry({ ctx, agentId }, creationActions[status], `campaigns/${id}`, {
        ignoresCollisions: input.ignoresCollisions,
        ...(approval === null ? {} : { sources: approval.sources }),
        ...countConsents(recipients),
        ...countWordings(personalWordings),
        ...(input.nearbySale === undefined ? {} : { nearbySale: input.nearbySale }),
        ...(proposal === null ? {} : { proposal: proposal.id, isByRule: proposal.dayStart !== null }),
      }),
      at: now,
    },
    override,
    proposal,
  };
}

/**
 * Returns the number of consents for the audit log, or an empty record if the request has no
 * consent.
 */
function countConsents(people: NewCampaign["recipients"]): Record<string, number> {
  const count = people.filter(({ consent }) => consent !== null).length;
  return count === 0 ? {} : { consents: count };
}

/**
 * Returns the number of personal wordings for the audit log, or an empty record if the request has
 * no personal wording.
 */
function countWordings(people: NewCampaign["personalWordings"]): Record<string, number> {
  const count = people.reduce((sum, { wordings }) => sum + wordings.length, 0);
  return count === 0 ? {} : { personalWordings: count };
}

const creationActions = {
  draft: "campaign.created",
  waitingForApproval: "campaign.approvalAsked",
  active: "campaign.launched",
} as const;

type PlannedLaunch = Pick<NewCampaign, "recipients" | "personalWordings"> & {
  sequence: Sequence;
  type: CampaignType;
};

/**
 * Asks every gate (a check that can forbid emails) about a launch. For a draft, stores the
 * request's reports about the homes; the gates are asked when the draft is launched.
 */
async function passLaunchGates(
  c: HttpContext,
  input: Input,
  { sequence, type, recipients, personalWordings }: PlannedLaunch,
): Promise<LaunchApproval> {
  const desk = getRequestScope(c);
  const now = desk.ctx.now();
  const { senderId, otherSenderIds, propertyId, ignoresCollisions, listingStatement: statement } = input;
  if (input.status === "draft") {
    await refuseCollisionOverride(desk.scope, ignoresCollisions);
    await storeGivenListings(desk, listRecipientsToGuard(input.recipients, propertyId, now));
    return { approval: null, unapproved: [] };
  }
  return await passGates(c, {
    action: "launch",
    campaign: { type, senderId, otherSenderIds, approval: null },
    letters: [...(await listSequenceLetters(desk, sequence)), ...listPersonalLetters(personalWordings)],
    namesSale: async () => input.nearbySale !== undefined,
    people: buildGatedPeople({ type, propertyId }, input.recipients, recipients, { statement, now }),
    ignoresCollisions,
  });
}

async function loadSequence(desk: RequestScope, input: Given): Promise<Sequence> {
  const content = await findLaunchableSequence(desk, input);
  if (content !== null) {
    const { id, rules } = content;
    return { id, rules, type: input.type ?? content.type, ...buildCampaignSequence(content) };
  }
  const { scope } = desk;
  const steps = buildSequenceSteps(input.steps ?? []);
  refuseFaultyFields(
    findMissingTemplateFaults(steps, await listExistingTemplateIds(scope, listTemplateIds(steps))),
  );
  return { id: null, rules: null, type: input.type, steps, templates: [] };
}

/** Returns the wordings of a sequence that is not a campaign yet, in the order of the steps. */
async function listSequenceLetters({ scope }: RequestScope, sequence: Sequence): Promise<StepLetter[]> {
  const wordings = new Map(sequence.templates.map((template) => [template.presetKey, template]));
  const steps = sequence.steps.filter((step) => step.kind === "email");
  const own = steps.flatMap((step) =>
    listWordingSources(step).flatMap((source): StepLetter[] => {
      const wording = "presetKey" in source ? wordings.get(source.presetKey) : undefined;
      return wording === undefined ? [] : [{ ...wording, stepNumber: step.stepNumber }];
    }),
  );
  const used = steps.flatMap((step) =>
    listTemplateIds([step]).map((templateId) => ({ stepNumber: step.stepNumber, templateId })),
  );
  return used.length === 0 ? own : await listNewestLetters(scope, used);
}

/** Returns the variables that the letters of a preset or of a stored sequence use. */
const listReadPaths = ({ templates }: Sequence): string[] =>
  templates.flatMap((template) => checkWording(template).variables.map(({ path }) => path));

async function buildRecipients(
  { ctx, scope }: RequestScope,
  input: Input,
  sequence: Sequence,
  now: number,
): Promise<Pick<NewCampaign, "recipients" | "personalWordings">> {
  const [first] = sequence.steps;
  const tenant = await findTenant(scope);
  if (first === undefined || tenant === undefined) throw createNotFoundError();
  const wordings = checkNewPersonalWordings(
    input.recipients,
    sequence.steps,
    buildWordingCheckOptions(tenant),
    ctx.newId,
  );
  const recipients = buildNewRecipients(
    input.recipients,
    {
      campaignPropertyId: input.propertyId,
      timeZone: getStandInZone(input.schedule, tenant),
      sourceRules: tenant.sourceRules,
      nearbySaleNews: formatLaunchSaleNews(
        input.nearbySale,
        sequence.templates.map(({ bodyHtml }) => bodyHtml),
        now,
      ),
      timing: {
        step: first,
        schedule: buildSchedule({ sendWindow: input.sendWindow, ...toScheduleRules(input) }, tenant),
      },
    },
    now,
    ctx.random,
  );
  refuseFaultyFields(findFutureConsentFaults(recipients, now));
  refuseFaultyFields(findOtherPropertyFaults(input.recipients, input.propertyId));
  const templateIds = listTemplateIds(sequence.steps);
  const paths = [
    ...listReadPaths(sequence),
    ...(templateIds.length === 0 ? [] : await listTemplateVariables(scope, templateIds)),
    ...wordings.flatMap(({ variables }) => variables),
  ];
  refuseFaultyFields(findNearbySaleFaults(input.nearbySale, paths, now));
  const fitted = await fitOrRefuseRecipientData(recipients, async () => paths);
  return { recipients: fitted, personalWordings: attachPersonalWordings(fitted, wordings) };
}

function toScheduleRules({ schedule, endsAfterDays }: Input) {
  const { startAt, endAt, jitterMinutes, skipsHolidays } = schedule;
  const rules = { startAt: parseInstant(startAt), endAt: parseInstant(endAt), endsAfterDays };
  return { ...rules, jitterMinutes, skipsHolidays };
}
