import { Hono } from "hono";
import { z } from "zod";
import { personalWordingPut, type StepWording as StepWordingView } from "../../../shared/personal-wording.ts";
import type { LintFinding } from "../../../shared/template-lint.ts";
import { findCampaign } from "../../db/campaigns.ts";
import { loadCandidates } from "../../db/candidates.ts";
import {
  deletePersonalWording,
  findPersonalWording,
  type PersonalText,
  type PersonalWordingConflict,
  type PersonalWordingRow,
  savePersonalWording,
} from "../../db/personal-wordings.ts";
import { performRecipientAction } from "../../db/recipient-actions.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { isPausedForMissingValues } from "../../domain/send/correction.ts";
import { buildCheckOptions } from "../../mail/template/check.ts";
import { checkPersonalWording } from "../../mail/template/personal-wording.ts";
import { loadStepMissingVariables } from "../../send/missing-values.ts";
import {
  findEmailThread,
  loadRecipientEmails,
  type RecipientEmails,
  renderEmailDraft,
  resolveEmailWording,
} from "../../send/recipient-emails.ts";
import { findAccessibleRecipient, getRequestScope, type RequestScope } from "../access.ts";
import { passWordingGates } from "../gates/gates.ts";
import { requires } from "../permissions.ts";
import { buildRecipientAuditEntry } from "../recipient-detail.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  parseId,
  parseInput,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { toIso } from "../views/instant.ts";
import { buildRecipientLetter } from "../views/recipient-letter.ts";

/**
 * Routes of one recipient's emails: the letter that the recipient gets, and its personal wording.
 */
export const recipientEmails = new Hono<AppEnv>();

const versionQuery = z.object({
  version: z
    .string()
    .regex(/^\d{1,16}$/, "must be the version that the reset began from")
    .transform(Number),
});

recipientEmails.get(
  "/recipients/:id/steps/:stepNumber/letter",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, emails, stepNumber } = await findEmail(c);
    const letter = await buildRecipientLetter(desk.ctx, emails, stepNumber);
    if (letter === null) throw createNotFoundError();
    return c.json(letter);
  },
);

recipientEmails.get(
  "/recipients/:id/steps/:stepNumber/wording",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, recipient, stepNumber } = await findEmail(c);
    return c.json(await loadWordingView(desk, recipient, stepNumber, []));
  },
);

recipientEmails.put(
  "/recipients/:id/steps/:stepNumber/wording",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, recipient, stepNumber } = await findEmail(c);
    const { version, ...given } = await readJson(c, personalWordingPut);
    const { scope, ctx } = desk;
    const { wording, fields, lint } = checkPersonalWording(given, buildCheckOptions(await findTenant(scope)));
    refuseFaultyFields(fields);
    const campaign = await findCampaign(scope, recipient.campaignId);
    if (campaign === undefined) throw createNotFoundError();
    await passWordingGates(c, campaign, [{ ...wording, subject: wording.subject ?? "", stepNumber }]);
    const stored = await findPersonalWording(scope, recipient.id, stepNumber);
    // A request that is sent twice changes nothing the second time.
    if (stored === null || !isSameText(stored, wording)) {
      const audit = {
        ...buildRecipientAuditEntry(desk, recipient, "recipient.wordingChanged"),
        data: { stepNumber },
      };
      const target = { recipientId: recipient.id, stepNumber, version };
      refuseConflict(await savePersonalWording(scope, target, wording, ctx.newId(), audit));
      await releaseIfComplete(desk, recipient);
    }
    return c.json(await loadWordingView(desk, recipient, stepNumber, lint));
  },
);

recipientEmails.delete(
  "/recipients/:id/steps/:stepNumber/wording",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, recipient, stepNumber } = await findEmail(c);
    const { version } = parseInput(versionQuery, c.req.query());
    if ((await findPersonalWording(desk.scope, recipient.id, stepNumber)) !== null) {
      const audit = {
        ...buildRecipientAuditEntry(desk, recipient, "recipient.wordingReset"),
        data: { stepNumber },
      };
      const target = { recipientId: recipient.id, stepNumber, version };
      refuseConflict(await deletePersonalWording(desk.scope, target, audit));
    }
    return c.json(await loadWordingView(desk, recipient, stepNumber, []));
  },
);

/** Resumes a recipient that was paused for missing values, if the changed email lacks no value. */
async function releaseIfComplete(desk: RequestScope, recipient: RecipientRow): Promise<void> {
  const { scope } = desk;
  const [candidate] = await loadCandidates(scope.db, [recipient.id], scope.tenantId);
  if (candidate === undefined || !isPausedForMissingValues(candidate)) return;
  const [steps] = await loadStepMissingVariables(scope, recipient.campaignId, [candidate]);
  if (steps?.[0]?.missing.length !== 0) return;
  await performRecipientAction(
    scope,
    { id: recipient.id, campaignId: recipient.campaignId, action: "resume" },
    buildRecipientAuditEntry(desk, recipient, "recipient.resume"),
  );
}

/**
 * Loads the email that the path names.
 * @throws AppError notFound, also if the step is a task
 */
async function findEmail(c: HttpContext) {
  const desk = getRequestScope(c);
  const recipient = await findAccessibleRecipient(c);
  const stepNumber = parseId(c.req.param("stepNumber"));
  const emails = await loadRecipientEmails(desk.scope, recipient.id);
  if (emails === null || resolveEmailWording(emails, stepNumber) === null) throw createNotFoundError();
  return { desk, recipient, emails, stepNumber };
}

async function loadWordingView(
  { scope }: RequestScope,
  { id }: RecipientRow,
  stepNumber: number,
  lint: LintFinding[],
): Promise<StepWordingView> {
  const [emails, stored] = await Promise.all([
    loadRecipientEmails(scope, id),
    findPersonalWording(scope, id, stepNumber),
  ]);
  const wording = emails && resolveEmailWording(emails, stepNumber);
  if (emails === null || wording === null) throw createNotFoundError();
  const { subject, preheader, bodyHtml, bodyText } = wording.content;
  return {
    stepNumber,
    version: stored?.version ?? 0,
    isPersonal: stored !== null,
    changedBy: stored?.agentId ?? null,
    changedAt: stored === null ? null : toIso(stored.changedAt),
    continuesThread: findEmailThread(emails, stepNumber) !== null,
    ...{ subject, preheader, bodyHtml, bodyText },
    draft: await buildDraft(emails, stepNumber, stored),
    lint,
  };
}

/**
 * Returns the text that an editor begins with: the agent's own text, or else the rendered email.
 */
async function buildDraft(emails: RecipientEmails, stepNumber: number, stored: PersonalWordingRow | null) {
  const wording = resolveEmailWording(emails, stepNumber);
  const rendered = wording && (await renderEmailDraft(emails, wording));
  return {
    subject: stored?.subject ?? rendered?.subject ?? wording?.content.subject ?? "",
    bodyText: stored?.bodyText || (rendered?.bodyText ?? ""),
  };
}

const isSameText = (stored: PersonalText, given: PersonalText) =>
  (["subject", "preheader", "bodyHtml", "bodyText"] as const).every((part) => stored[part] === given[part]);

function refuseConflict(conflict: PersonalWordingConflict | null): void {
  if (conflict === null) return;
  throw new AppError("conflict", conflictTexts[conflict]);
}

const conflictTexts: Readonly<Record<PersonalWordingConflict, string>> = {
  changed: "Somebody else has changed this email meanwhile. Look at it again.",
  finished: "This recipient has finished the campaign, so this email won’t go out.",
  past: "The sequence has gone past this email.",
  sent: "This email was already sent.",
  sending: "This email is being sent right now.",
};
