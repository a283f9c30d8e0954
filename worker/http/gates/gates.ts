import type { RecipientSource } from "../../../shared/vocabulary.ts";
import { findNearbySaleNews, listCampaignLetters, type StepLetter } from "../../db/campaign-letters.ts";
import type { CampaignRow } from "../../db/campaigns.ts";
import type { AppError } from "../../domain/errors.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import type { HttpContext } from "../request.ts";
import { checkBereavementGate } from "./bereavement.ts";
import { checkClaimsGate } from "./claims.ts";
import { checkDoNotSolicitGate } from "./do-not-solicit.ts";
import { storeAndCheckListings } from "./listings.ts";
import { checkCollisionsGate, checkOfficeDetailsGate } from "./office.ts";
import type { GatedPeople } from "./people.ts";
import type { GateQuestion } from "./question.ts";
import { checkNearbySaleGate } from "./sale.ts";
import {
  createUnapprovedSourcesError,
  type LaunchApproval,
  resolveJoiningApproval,
  resolveLaunchApproval,
} from "./sources.ts";
import { checkTemplatesGate } from "./templates.ts";

/*
 * The gates of a launch: the checks that can forbid a campaign's emails. Every route that starts a
 * campaign, adds people to a campaign or changes a campaign's letters asks all gates. The
 * architecture test lists these routes, so a new route can't miss a gate.
 */

export type GateName = (typeof gatesInOrder)[number] | "sources";

/**
 * The answer of the gates. `open`: emails may go. `waiting`: the campaign has to wait for a team
 * lead. `refused`: one gate forbids the request; the error names the missing permission or detail.
 */
export type GateOutcome =
  | ({ kind: "open" | "waiting" } & LaunchApproval)
  | { kind: "refused"; gate: GateName; error: AppError };

/**
 * Asks the gates in order about a request, and returns the first refusal. If no gate refuses,
 * returns whether emails may go or must wait for an approval.
 */
export async function askGates(c: HttpContext, question: GateQuestion): Promise<GateOutcome> {
  const desk = getRequestScope(c);
  for (const gate of gatesInOrder) {
    const error = await ask[gate](desk, question, c);
    if (error !== null) return { kind: "refused", gate, error };
  }
  return await askForApproval(c, question);
}

/**
 * Asks every gate about a request, and returns the approval that the request has or waits for.
 * @throws AppError if a gate forbids the request
 */
export async function passGates(c: HttpContext, question: GateQuestion): Promise<LaunchApproval> {
  const outcome = await askGates(c, question);
  switch (outcome.kind) {
    case "refused":
      throw outcome.error;
    case "open":
    case "waiting":
      return { approval: outcome.approval, unapproved: outcome.unapproved };
  }
}

/**
 * Asks every gate about new letters for a campaign that has started.
 * @param runningLetters the letters that the campaign sends already; if left out, the function
 *   loads these letters
 * @throws AppError if a gate forbids the request
 */
export async function passWordingGates(
  c: HttpContext,
  campaign: CampaignRow,
  letters: readonly StepLetter[],
  runningLetters?: readonly StepLetter[],
): Promise<void> {
  const { scope } = getRequestScope(c);
  const namesSale = async () => (await findNearbySaleNews(scope, campaign.id)) !== null;
  const running = runningLetters ?? (await listCampaignLetters(scope, campaign.id));
  await passGates(c, { action: "wording", campaign, letters, namesSale, runningLetters: running });
}

/**
 * Returns the refusal because of which nobody at all can join the campaign; null if there is no
 * such refusal. Stores nothing. Gates that refuse single people have previews of their own.
 */
export async function previewAdditionGates(
  c: HttpContext,
  campaign: CampaignRow,
  people: Pick<GatedPeople, "states">,
): Promise<AppError | null> {
  const desk = getRequestScope(c);
  const question: GateQuestion = {
    action: "addition",
    campaign,
    letters: await listCampaignLetters(desk.scope, campaign.id),
    namesSale: async () => (await findNearbySaleNews(desk.scope, campaign.id)) !== null,
    people: { sources: [], homes: [], listings: { recipients: [], statement: undefined }, ...people },
  };
  for (const gate of ["details", "claims", "sale", "templates"] as const) {
    const error = await ask[gate](desk, question, c);
    if (error !== null) return error;
  }
  return null;
}

type Gate = (desk: RequestScope, question: GateQuestion, c: HttpContext) => Promise<AppError | null>;

/**
 * The gates in the order of asking. The gate `listings` stores the request's reports about homes,
 * so the gates about letters are asked first.
 */
const gatesInOrder = [
  "details",
  "collisions",
  "claims",
  "sale",
  "bereavement",
  "templates",
  "listings",
  "doNotSolicit",
] as const;

const ask: Readonly<Record<(typeof gatesInOrder)[number], Gate>> = {
  details: async ({ scope }, question) =>
    question.action === "wording"
      ? null
      : await checkOfficeDetailsGate(scope, question.campaign, question.people.states),
  collisions: async ({ scope }, question) =>
    "ignoresCollisions" in question ? await checkCollisionsGate(scope, question.ignoresCollisions) : null,
  claims: async (desk, { letters }) => await checkClaimsGate(desk, letters),
  sale: async (_, { letters, namesSale }) => await checkNearbySaleGate(letters, namesSale),
  bereavement: async (_, question) => await checkBereavementGate(question),
  templates: async (_, question, c) => {
    const { letters, campaign } = question;
    switch (question.action) {
      case "resume":
        return null;
      case "launch": {
        const personal = (await question.loadPersonalLetters?.()) ?? [];
        return await checkTemplatesGate(c, {
          letters: [...letters, ...personal],
          runningLetters: [],
          approval: null,
        });
      }
      case "addition":
        return await checkTemplatesGate(c, { letters, runningLetters: [], approval: null });
      case "wording":
        return await checkTemplatesGate(c, {
          letters,
          runningLetters: question.runningLetters,
          approval: campaign.approval,
        });
    }
  },
  listings: async (desk, question) =>
    question.action === "wording"
      ? null
      : await storeAndCheckListings(desk, {
          campaignType: question.campaign.type,
          ...question.people.listings,
        }),
  doNotSolicit: async (desk, question) =>
    question.action === "wording" ? null : await checkDoNotSolicitGate(desk, question.people.homes),
};

async function askForApproval(c: HttpContext, question: GateQuestion): Promise<GateOutcome> {
  switch (question.action) {
    case "launch": {
      const answer = await resolveLaunchApproval(c, question.people.sources, question.campaign.approval);
      return { kind: answer.approval?.verdict === "waiting" ? "waiting" : "open", ...answer };
    }
    case "addition": {
      const { sources } = question.people;
      const joining = await resolveJoiningApproval(c, question.campaign.approval, sources);
      if (joining.kind === "missing")
        return {
          kind: "refused",
          gate: "sources",
          error: createUnapprovedSourcesError(joining.sources, sources),
        };
      return { ...noApproval, approval: joining.kind === "given" ? joining.approval : null };
    }
    // The campaign runs with the approval of its launch.
    case "resume":
    case "wording":
      return noApproval;
  }
}

const noApproval = { kind: "open", approval: null, unapproved: [] as RecipientSource[] } as const;
