import { campaignCreate } from "../../shared/campaign.ts";
import { limits } from "../../shared/limits.ts";
import type { PropertyStatus } from "../../shared/vocabulary.ts";
import { listProposalsToLaunch, noteProposalRefusal, type StartProposalRow } from "../db/start-proposals.ts";
import type { StartRuleRow } from "../db/start-rules.ts";
import { findTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import { getDayStart, toIsoDay } from "../domain/schedule/schedule.ts";
import { chooseStartPeople, type StartPerson } from "../domain/start-rule.ts";
import { getRequestScope } from "./access.ts";
import { createCampaignOnce } from "./campaign-creation.ts";
import { createNotFoundError, type HttpContext, parseInput } from "./request.ts";
import { loadRulesByStatus, loadSequenceNames } from "./start-rules.ts";

/**
 * Launches the campaign of a proposal with the rule's sequence and sender. Every check of a normal
 * launch applies.
 * @param dayStart the beginning of the office's day if the rule itself launches; otherwise null
 * @returns the id of the campaign
 * @throws AppError if a check forbids the launch, or the proposal no longer waits
 */
export async function launchProposal(
  c: HttpContext,
  proposal: StartProposalRow,
  { rule, name, dayStart }: { rule: StartRuleRow; name: string; dayStart: number | null },
): Promise<number> {
  const { ctx, agentId } = getRequestScope(c);
  const people = choosePeople(proposal);
  if (people.length === 0)
    throw new AppError("conflict", "No contact of this property is known. Open the property to add one.");
  const address = proposal.facts?.address?.values ?? {};
  const input = parseInput(campaignCreate, {
    name,
    propertyId: proposal.propertyId,
    sequenceId: rule.sequenceId,
    senderId: rule.senderId,
    status: "active",
    recipients: people.map((person) => toRecipient(person, { ...address, propertyId: proposal.propertyId })),
  });
  const taken = { id: proposal.id, by: agentId, at: ctx.now(), dayStart };
  const { id } = await createCampaignOnce(c, input, { key: null, hash: "" }, taken);
  return id;
}

/** Returns the people of a proposal: those of its report or, failing that, the known contacts. */
export const choosePeople = ({ people, facts, ownersChangedAt }: StartProposalRow): StartPerson[] =>
  chooseStartPeople(people, facts, ownersChangedAt);

function toRecipient(person: StartPerson, property: Readonly<Record<string, string>>) {
  const { contactKey, email, name, source, sourceDate } = person;
  const { firstName, lastName, fullName } = name;
  return {
    ...{ email, firstName, lastName, fullName, source, property },
    contactKey: contactKey ?? undefined,
    sourceDate: sourceDate ?? undefined,
    templateData: { ...name },
  };
}

/**
 * Launches what the office's rules may launch by themselves, as the agents who saved the rules. A
 * proposal that a check refuses waits for an agent, with the reason. People from a source that
 * needs an approval wait for a team lead, because the rule itself approves nothing.
 */
export async function launchWaitingProposals(c: HttpContext): Promise<void> {
  const desk = getRequestScope(c);
  const tenant = await findTenant(desk.scope);
  if (tenant === undefined) throw createNotFoundError();
  const dayStart = getDayStart(toIsoDay(desk.ctx.now(), tenant.timeZone), tenant.timeZone);
  const waiting = await listProposalsToLaunch(desk.scope, dayStart, limits.startsPerRequest);
  if (waiting.length === 0) return;
  const rules = await loadRulesByStatus(desk);
  const names = await loadSequenceNames(
    desk,
    [...rules.values()].map(({ sequenceId }) => sequenceId),
  );
  const full = new Set<PropertyStatus>();
  for (const proposal of waiting) {
    const rule = rules.get(proposal.status);
    if (rule === undefined || full.has(proposal.status)) continue;
    const name = names.get(rule.sequenceId) ?? proposal.status;
    const refusal = await launchAsRule(c, proposal, { rule, name, dayStart });
    if (refusal === "taken") full.add(proposal.status);
    else if (refusal !== null) await noteProposalRefusal(desk.scope, proposal.id, refusal);
  }
}

/**
 * Launches a proposal in the name of the agent who saved the rule.
 * @returns null after the launch; `taken` if the proposal was taken or the rule's limit is reached;
 *   otherwise the message of the check that forbids the launch
 */
async function launchAsRule(
  c: HttpContext,
  proposal: StartProposalRow,
  how: { rule: StartRuleRow; name: string; dayStart: number },
): Promise<string | null> {
  const session = c.get("session");
  c.set("session", { ...session, agentId: how.rule.savedBy, role: "agent" });
  try {
    await launchProposal(c, proposal, how);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "conflict" && error.fields?.proposal !== undefined ? "taken" : error.message;
  } finally {
    c.set("session", session);
  }
}
