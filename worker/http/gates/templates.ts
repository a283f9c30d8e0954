import type { CampaignApproval } from "../../../shared/campaign-approval.ts";
import type { GateReason } from "../../../shared/gate-reason.ts";
import { limits } from "../../../shared/limits.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import { type LetterVerdict, listLetterVerdicts } from "../../db/template-approvals.ts";
import { findTenant } from "../../db/tenants.ts";
import type { AppError } from "../../domain/errors.ts";
import { getRequestScope } from "../access.ts";
import { hashLetter } from "../letter-hash.ts";
import type { HttpContext } from "../request.ts";
import { createGateError } from "./error.ts";
import { mayApprove } from "./sources.ts";

/** The facts that the approval of templates needs about the letters of a request. */
export type LettersToApprove = {
  letters: readonly StepLetter[];
  /** The letters that the campaign sends already. A running letter needs no approval. */
  runningLetters: readonly StepLetter[];
  /**
   * The approval that the campaign has. The approval covers the letters that the campaign had when
   * the approval was given.
   */
  approval: CampaignApproval | null;
};

/**
 * Returns the refusal of letters that no team lead has approved; null if the letters need no
 * approval. Letters need an approval if the office requires approvals, or if the campaign started
 * with an approval. A team lead's own request needs no approval.
 */
export async function checkTemplatesGate(
  c: HttpContext,
  { letters, runningLetters, approval }: LettersToApprove,
): Promise<AppError | null> {
  const { scope } = getRequestScope(c);
  if (letters.length === 0 || mayApprove(c)) return null;
  const isRequired = (await findTenant(scope))?.requiresTemplateApproval === true;
  const isCovered = runningLetters.length > 0 && approval?.verdict === "approved";
  if (!isRequired && !isCovered) return null;
  const running = new Set(await Promise.all(runningLetters.map(hashLetter)));
  const hashed = await Promise.all(
    letters.map(async (letter) => ({ stepNumber: letter.stepNumber, hash: await hashLetter(letter) })),
  );
  const asked = hashed.filter(({ hash }) => !running.has(hash));
  const verdicts = new Map(
    (
      await listLetterVerdicts(
        scope,
        asked.map(({ hash }) => hash),
      )
    ).map((one) => [one.hash, one]),
  );
  const open = asked.filter(({ hash }) => verdicts.get(hash)?.verdict !== "approved");
  return open.length === 0
    ? null
    : createApprovalError(open.map((one) => ({ ...one, decided: verdicts.get(one.hash) })));
}

type OpenLetter = { stepNumber: number; decided: LetterVerdict | undefined };

function createApprovalError(open: readonly OpenLetter[]): AppError {
  const fields = open
    .slice(0, limits.stepsPerCampaign)
    .map((letter) => [`templates.${letter.stepNumber}`, buildReason([letter])] as const);
  const returned = open.find(({ decided }) => decided?.verdict === "returned");
  return createGateError(buildReason(returned === undefined ? open : [returned]), { fields });
}

/**
 * Returns the reason for refusing these letters. The caller passes either one letter that a team
 * lead has sent back, or only letters that no team lead has sent back.
 */
function buildReason(open: readonly OpenLetter[]): GateReason {
  const stepNumbers = [...new Set(open.map(({ stepNumber }) => stepNumber))].toSorted((a, b) => a - b);
  const [first] = open;
  if (first?.decided?.verdict === "returned") {
    const { stepNumber, decided } = first;
    return { code: "templateReturned", stepNumber, note: decided.note ?? "" };
  }
  const isWaiting = open.every(({ decided }) => decided?.verdict === "waiting");
  return { code: isWaiting ? "templatesWaiting" : "templatesNotApproved", stepNumbers };
}
