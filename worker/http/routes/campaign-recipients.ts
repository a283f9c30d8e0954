import { Hono } from "hono";
import type { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import {
  type RecipientsAddedResult,
  type recipientInput,
  recipientsInput,
} from "../../../shared/recipient.ts";
import { findNearbySaleNews, listCampaignLetters } from "../../db/campaign-letters.ts";
import type { CampaignRow } from "../../db/campaigns.ts";
import { toRefusalCheckPeople } from "../../db/contact-history.ts";
import type { NewRecipientWithWordings } from "../../db/personal-wordings.ts";
import {
  addRecipients,
  countRecipientsAndIdsLeft,
  type RecipientAdditionApproval,
} from "../../db/recipient-additions.ts";
import { listTemplateVariables } from "../../db/template-variables.ts";
import { isOpenToRecipients } from "../../domain/campaign.ts";
import { AppError } from "../../domain/errors.ts";
import {
  addSharedProperty,
  buildNewRecipients,
  findFutureConsentFaults,
  findOtherPropertyFaults,
  type GivenRecipient,
  type NewRecipient,
} from "../../domain/recipient.ts";
import { buildWordingCheckOptions } from "../../mail/template/check.ts";
import { findAccessibleCampaign, getRequestScope, type RequestScope } from "../access.ts";
import { buildCampaignAuditEntry } from "../campaign-view.ts";
import { fitOrRefuseRecipientData } from "../fitted-recipients.ts";
import { passGates } from "../gates/gates.ts";
import { listRecipientsToGuard, storeAndCheckListings, storeGivenListings } from "../gates/listings.ts";
import { buildGatedPeople } from "../gates/people.ts";
import { resolveJoiningApproval } from "../gates/sources.ts";
import { listStoredTemplateIds, loadJoiningFacts } from "../joining-facts.ts";
import { requires } from "../permissions.ts";
import {
  attachPersonalWordings,
  checkNewPersonalWordings,
  listPersonalLetters,
} from "../personal-wordings.ts";
import { buildRecipientListAnswer, recipientListQuery } from "../recipient-list-answer.ts";
import {
  buildRefusalOverrideEntry,
  requireLeadForRefusalNote,
  throwRefusalError,
} from "../refusal-checks.ts";
import { type AppEnv, type HttpContext, parseInput, readJson, refuseFaultyFields } from "../request.ts";
import { findUnseenPropertyFaults } from "../session.ts";

export const campaignRecipientsRoutes = new Hono<AppEnv>()
  .get(
    "/campaigns/:id/recipients",
    requires({ role: "viewer", property: "own", owner: "anyone" }),
    async (c) => {
      const query = parseInput(recipientListQuery, c.req.query());
      return c.json(await buildRecipientListAnswer(c, await findAccessibleCampaign(c), query));
    },
  )

  .post(
    "/campaigns/:id/recipients",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const campaign = await findAccessibleCampaign(c);
      const {
        property,
        refusalNote,
        listingStatement: statement,
        ...input
      } = await readJson(c, recipientsInput);
      const recipients = addSharedProperty(input.recipients, property);
      requireLeadForRefusalNote(c, refusalNote);
      refuseUnseenProperties(c, recipients);
      if (!isOpenToRecipients(campaign.status)) {
        throw new AppError("conflict", `You can't add recipients to a campaign that is ${campaign.status}.`);
      }
      const filling = await countRecipientsAndIdsLeft(desk.scope, campaign.id);
      if (filling.recipients + recipients.length > limits.recipientsPerCampaign) {
        throw new AppError(
          "conflict",
          `A campaign can have at most ${limits.recipientsPerCampaign} recipients.`,
        );
      }
      if (recipients.length > filling.idsLeft) {
        throw new AppError("conflict", "This campaign is full. Create another one for these recipients.");
      }
      const { rows, people } = await buildRecipientRows(desk, campaign, recipients);
      const approval = await passAdditionGates(c, campaign, { recipients, rows, people, statement });
      const override = buildRefusalOverrideEntry(c, campaign.id, refusalNote);
      const added = await addRecipients(
        desk.scope,
        campaign,
        rows,
        desk.ctx.now(),
        { people, agentId: desk.agentId },
        override,
        approval,
      );
      if (added === "approval")
        throw new AppError("conflict", "The campaign was launched in the meantime. Try again.");
      if (added === "refusals") {
        const to = toRefusalCheckPeople(rows, campaign.propertyId);
        return await throwRefusalError(c, { to, overriddenAt: campaign.refusalsOverriddenAt ?? 0 });
      }
      const counted = added.added + added.waitingForEmail + added.suppressed;
      const answer: RecipientsAddedResult = { ...added, alreadyThere: recipients.length - counted };
      return c.json(answer);
    },
  );

type Addition = {
  recipients: readonly z.output<typeof recipientInput>[];
  rows: readonly NewRecipient[];
  people: readonly NewRecipientWithWordings[];
  statement: string | undefined;
};

/**
 * Asks every gate (a check that can forbid emails) about people who join a campaign. For a draft,
 * stores the request's reports about the homes; the gates are asked when the draft is launched.
 */
async function passAdditionGates(
  c: HttpContext,
  campaign: CampaignRow,
  { recipients, rows, people, statement }: Addition,
): Promise<RecipientAdditionApproval | null> {
  const desk = getRequestScope(c);
  const now = desk.ctx.now();
  const sources = rows.map(({ source }) => source);
  if (campaign.status === "draft") {
    await storeDraftListings(desk, campaign, recipients, statement);
    const joining = await resolveJoiningApproval(c, campaign.approval, sources);
    return joining.kind === "covered" ? null : { kind: "missing" };
  }
  const { approval } = await passGates(c, {
    action: "addition",
    campaign,
    letters: [...(await listCampaignLetters(desk.scope, campaign.id)), ...listPersonalLetters(people)],
    namesSale: async () => (await findNearbySaleNews(desk.scope, campaign.id)) !== null,
    people: buildGatedPeople(campaign, recipients, rows, { statement, now }),
  });
  if (approval === null) return null;
  const covered = campaign.approval?.verdict === "approved" ? campaign.approval.sources : [];
  const added = approval.sources.filter((source) => !covered.includes(source));
  const entry = buildCampaignAuditEntry(desk, campaign, "campaign.approved");
  return { kind: "given", approval, audit: { ...entry, at: now, data: { sources: added } } };
}

/**
 * Stores a request's reports about the homes of a draft's people, and the statement that the homes
 * are not listed. The launch asks the listing guard, so a home that is listed refuses nothing here.
 */
async function storeDraftListings(
  desk: RequestScope,
  campaign: CampaignRow,
  given: Addition["recipients"],
  statement: string | undefined,
): Promise<void> {
  const recipients = listRecipientsToGuard(given, campaign.propertyId, desk.ctx.now());
  if (statement === undefined) await storeGivenListings(desk, recipients);
  else await storeAndCheckListings(desk, { campaignType: campaign.type, recipients, statement });
}

function refuseUnseenProperties(c: HttpContext, recipients: readonly GivenRecipient[]): void {
  const fields = findUnseenPropertyFaults(c.get("session"), recipients);
  if (Object.keys(fields).length > 0)
    throw new AppError("forbidden", "You don't have access to that property.", fields);
}

async function buildRecipientRows(
  desk: RequestScope,
  campaign: CampaignRow,
  given: readonly z.output<typeof recipientInput>[],
): Promise<{ rows: NewRecipient[]; people: NewRecipientWithWordings[] }> {
  const { ctx, scope } = desk;
  const { steps, tenant, joining } = await loadJoiningFacts(desk, campaign);
  const wordings = checkNewPersonalWordings(given, steps, buildWordingCheckOptions(tenant), ctx.newId);
  const built = buildNewRecipients(given, joining, ctx.now(), ctx.random);
  refuseFaultyFields(findFutureConsentFaults(built, ctx.now()));
  refuseFaultyFields(findOtherPropertyFaults(given, campaign.propertyId));
  const rows = await fitOrRefuseRecipientData(built, async () => [
    ...(await listTemplateVariables(scope, listStoredTemplateIds(steps))),
    ...wordings.flatMap(({ variables }) => variables),
  ]);
  return { rows, people: attachPersonalWordings(rows, wordings) };
}
