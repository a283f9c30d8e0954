import type { CampaignApproval } from "../../../shared/campaign-approval.ts";
import { limits } from "../../../shared/limits.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import { type LetterVerdict, listLetterVerdicts } from "../../db/template-approvals.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { getRequestScope } from "../access.ts";
import { hashLetter } from "../letter-hash.ts";
import type { HttpContext } from "../request.ts";
import { mayApprove } from "./sources.ts";

/** The letters of a request, as far as the approval of templates asks about them. */
export type LettersToApprove = {
  letters: readonly StepLetter[];
  /** The letters that the campaign sends already. A running letter needs no approval. */
  runningLetters: readonly StepLetter[];
  /** The approval that the campaign has. It covers the letters that the campaign had then. */
  approval: CampaignApproval | null;
};

/**
 * Returns the refusal of letters that a team lead has not approved, if the office or the campaign's
 * own approval asks for that. A team lead's request approves its letters itself.
 */
export async function askAboutTemplates(
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
  const fields = Object.fromEntries(
    open
      .slice(0, limits.stepsPerCampaign)
      .map(({ stepNumber, decided }) => [`templates.${stepNumber}`, describeState(decided)]),
  );
  const steps = [...new Set(open.map(({ stepNumber }) => stepNumber))].toSorted((a, b) => a - b);
  const emails = `email${steps.length === 1 ? "" : "s"} ${steps.join(", ")}`;
  const returned = open.find(({ decided }) => decided?.verdict === "returned");
  if (returned !== undefined) {
    const place = `Email ${returned.stepNumber} was returned by a team lead`;
    return new AppError("conflict", `${place}: “${returned.decided?.note ?? ""}”`, fields);
  }
  const isWaiting = open.every(({ decided }) => decided?.verdict === "waiting");
  const message = isWaiting
    ? `A team lead has yet to approve ${emails}.`
    : `A team lead has to approve ${emails} before you can use ${steps.length === 1 ? "it" : "them"}.`;
  return new AppError("conflict", message, fields);
}

function describeState(decided: LetterVerdict | undefined): string {
  switch (decided?.verdict) {
    case "waiting":
      return "is waiting for a team lead's approval";
    case "returned":
      return `was returned by a team lead: ${decided.note ?? ""}`;
    default:
      return "needs a team lead's approval";
  }
}
