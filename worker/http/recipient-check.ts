import type { z } from "zod";
import type { GateReason } from "../../shared/gate-reason.ts";
import { limits } from "../../shared/limits.ts";
import { recipientInput } from "../../shared/recipient.ts";
import type { RecipientCheck, RecipientsCheck, recipientsCheckInput } from "../../shared/recipient-check.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { listNewestRefusalPerPerson, toRefusalCheckPeople } from "../db/contact-history.ts";
import { countRecipientsAndIdsLeft } from "../db/recipient-additions.ts";
import { loadAdditionFacts } from "../db/recipient-checks.ts";
import { listTemplateVariables } from "../db/template-variables.ts";
import { isOwnerCampaign } from "../domain/compliance/disclosure.ts";
import { isLiftedByStatement } from "../domain/compliance/listing-guard.ts";
import {
  addSharedProperty,
  buildNewRecipients,
  findFutureConsentFaults,
  findOtherPropertyFaults,
  type GivenRecipient,
  type NewRecipient,
} from "../domain/recipient.ts";
import { findRepeatedPeople, groupFaultsByPerson, judgeNewPerson } from "../domain/recipient-check.ts";
import { findOversizedTemplateDataFaults } from "../domain/recipient-data.ts";
import { buildRefusalReason } from "../domain/send/contact-history.ts";
import { getRequestScope, type RequestScope } from "./access.ts";
import { describeFieldFault } from "./field-fault.ts";
import { cutRecipientData } from "./fitted-recipients.ts";
import { listDoNotSolicitHomes, listNewHomesToCheck } from "./gates/do-not-solicit.ts";
import { previewAdditionGates } from "./gates/gates.ts";
import { listRecipientsToGuard, previewListingFindings } from "./gates/listings.ts";
import { resolveJoiningApproval } from "./gates/sources.ts";
import { listStoredTemplateIds, loadJoiningFacts } from "./joining-facts.ts";
import { mayOverrideRefusals } from "./refusal-checks.ts";
import type { HttpContext } from "./request.ts";
import { findUnseenPropertyFaults, seesProperty } from "./session.ts";

type Input = z.output<typeof recipientsCheckInput>;
type Faults = ReadonlyMap<number, Record<string, string>>;
/** A person without a fault, with the person's index in the request. */
type SoundPerson = { index: number; given: GivenRecipient; row: NewRecipient };

/** A check takes no personal wordings, because nobody adds many people with personal wordings. */
const personInput = recipientInput.omit({ wordings: true });

/**
 * Returns, for each of these people, the effect of adding the person to the campaign. Stores
 * nothing.
 */
export async function checkRecipients(
  c: HttpContext,
  campaign: CampaignRow,
  { recipients, property, listingStatement }: Input,
): Promise<RecipientsCheck> {
  const desk = getRequestScope(c);
  const { people, faults } = await readPeople(c, campaign, recipients, property);
  const judged = await judgePeople(c, campaign, people, listingStatement !== undefined);
  const items = recipients.map(
    (_, index): RecipientCheck => judged.get(index) ?? { verdict: "faulty", fields: faults.get(index) ?? {} },
  );
  const error =
    campaign.status === "draft"
      ? null
      : await previewAdditionGates(c, campaign, { states: people.map(({ row }) => row.propertyState) });
  const { recipients: count, idsLeft } = await countRecipientsAndIdsLeft(desk.scope, campaign.id);
  return {
    items,
    refusal: error && { message: error.message, reason: error.gate?.reason ?? null },
    room: Math.max(0, Math.min(limits.recipientsPerCampaign - count, idsLeft)),
    recipients: count,
    warnsAbove: isOwnerCampaign(campaign.type) ? limits.ownersPerCampaign : null,
  };
}

/** Returns the people of a request who have no fault, and the faults of all others by index. */
async function readPeople(
  c: HttpContext,
  campaign: CampaignRow,
  recipients: Input["recipients"],
  property: Input["property"],
): Promise<{ people: SoundPerson[]; faults: Faults }> {
  const faults = new Map<number, Record<string, string>>();
  const parsed = recipients.flatMap((one, index) => {
    const { success, data, error } = personInput.safeParse(one, { error: describeFieldFault });
    if (success) return [{ index, given: data }];
    const fields = error.issues.map(({ path, message }) => [path.map(String).join("."), message] as const);
    faults.set(index, Object.fromEntries(fields.toReversed()));
    return [];
  });
  const given = addSharedProperty(
    parsed.map((one) => one.given),
    property,
  );
  const rows = await buildRows(getRequestScope(c), campaign, given);
  const groups = groupFaultsByPerson({
    ...findFutureConsentFaults(given, getRequestScope(c).ctx.now()),
    ...findOtherPropertyFaults(given, campaign.propertyId),
    ...findUnseenPropertyFaults(c.get("session"), given),
    ...findOversizedTemplateDataFaults(rows.map(({ data }) => data)),
  });
  const people = parsed.flatMap(({ index }, place) => {
    const [person, row, fields] = [given[place], rows[place], groups.get(place)];
    if (fields !== undefined) faults.set(index, fields);
    if (person === undefined || row === undefined || fields !== undefined) return [];
    return [{ index, given: person, row }];
  });
  return { people, faults };
}

async function buildRows(
  desk: RequestScope,
  campaign: CampaignRow,
  given: readonly GivenRecipient[],
): Promise<NewRecipient[]> {
  const { steps, joining } = await loadJoiningFacts(desk, campaign);
  const rows = buildNewRecipients(given, joining, desk.ctx.now(), desk.ctx.random);
  return await cutRecipientData(rows, () => listTemplateVariables(desk.scope, listStoredTemplateIds(steps)));
}

async function judgePeople(
  c: HttpContext,
  campaign: CampaignRow,
  people: readonly SoundPerson[],
  hasStatement: boolean,
): Promise<Map<number, RecipientCheck>> {
  if (people.length === 0) return new Map();
  const desk = getRequestScope(c);
  const rows = people.map(({ row }) => row);
  const [known, refusals, listings, homes, sources] = await Promise.all([
    loadAdditionFacts(desk.scope, campaign.id, rows),
    findRefusals(c, campaign, rows),
    findListings(desk, campaign, people, hasStatement),
    listDoNotSolicitHomes(desk, listNewHomesToCheck(campaign.type, rows)),
    findSourcesForLead(c, campaign, rows),
  ]);
  const repeated = findRepeatedPeople(rows);
  const forbidden = new Map(homes.map(({ field, reason }) => [field, reason]));
  const judged = people.map(({ index, row }, place) => {
    const { isThere = false, isSuppressed = false } = known[place] ?? {};
    const check = judgeNewPerson({
      ...{ isThere, isSuppressed, hasAddress: row.email !== null, isRepeated: repeated.has(place) },
      refusal: refusals.get(place) ?? null,
      listing: listings[place] ?? null,
      doNotSolicit: forbidden.get(`recipients.${place}.property`) ?? null,
      source: sources.includes(row.source) ? { code: "sourcesNeedLead", sources: [row.source] } : null,
    });
    return [index, check] as const;
  });
  return new Map(judged);
}

async function findRefusals(
  c: HttpContext,
  campaign: CampaignRow,
  rows: readonly NewRecipient[],
): Promise<Map<number, GateReason>> {
  const { scope } = getRequestScope(c);
  const sees = (propertyId: string) => seesProperty(c.get("session"), propertyId);
  const to = toRefusalCheckPeople(rows, campaign.propertyId);
  const blocked = await listNewestRefusalPerPerson(scope, to, campaign.refusalsOverriddenAt ?? 0);
  return new Map(blocked.map((one) => [one.index, buildRefusalReason(one, mayOverrideRefusals(c), sees)]));
}

async function findListings(
  desk: RequestScope,
  campaign: CampaignRow,
  people: readonly SoundPerson[],
  hasStatement: boolean,
): Promise<(GateReason | null)[]> {
  const given = people.map((one) => one.given);
  const findings = await previewListingFindings(desk, {
    campaignType: campaign.type,
    recipients: listRecipientsToGuard(given, campaign.propertyId, desk.ctx.now()),
  });
  return findings.map((finding) =>
    finding === null || (hasStatement && isLiftedByStatement(finding.code)) ? null : finding.reason,
  );
}

/**
 * Returns the people's sources that need a team lead's approval; none for a draft, because a draft
 * takes everybody.
 */
async function findSourcesForLead(c: HttpContext, campaign: CampaignRow, rows: readonly NewRecipient[]) {
  if (campaign.status === "draft") return [];
  const sources = rows.map(({ source }) => source);
  const joining = await resolveJoiningApproval(c, campaign.approval, sources);
  return joining.kind === "missing" ? joining.sources : [];
}
