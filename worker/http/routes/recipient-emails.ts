import { Hono } from "hono";
import { z } from "zod";
import {
  personalWordingPut,
  type RecipientStepWording as StepWordingView,
} from "../../../shared/personal-wording.ts";
import type { LintFinding } from "../../../shared/template-lint.ts";
import { stepEmailKinds } from "../../../shared/vocabulary.ts";
import { findCampaign } from "../../db/campaigns.ts";
import { loadCandidates } from "../../db/candidates.ts";
import {
  deletePersonalWording,
  findPersonalWording,
  type PersonalWordingConflict,
  type PersonalWordingContent,
  type PersonalWordingRow,
  savePersonalWording,
} from "../../db/personal-wordings.ts";
import { performRecipientAction } from "../../db/recipient-actions.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { isPausedByEmail } from "../../domain/send/correction.ts";
import { buildWordingCheckOptions } from "../../mail/template/check.ts";
import { checkPersonalWording } from "../../mail/template/personal-wording.ts";
import { loadStepMissingVariables } from "../../send/missing-values.ts";
import {
  chooseEmailOfStep,
  type EmailOfStep,
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
 * Routes of one recipient's emails: the letter that the recipient gets, and the personal wording
 * (the agent's change of the letter for this recipient).
 */
export const recipientEmailsRoutes = new Hono<AppEnv>();

/**
 * The query that names a step's main email or the else email, for people who do not meet the step's
 * conditions. Without the query, the route uses the email that was sent or would be sent now.
 */
const emailQuery = z.object({ email: z.enum(stepEmailKinds).optional() });
const versionQuery = emailQuery.extend({
  version: z
    .string()
    .regex(/^\d{1,16}$/, "must be the version that the reset began from")
    .transform(Number),
});

recipientEmailsRoutes.get(
  "/recipients/:id/steps/:stepNumber/letter",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, emails, email } = await findEmail(c);
    const letter = await buildRecipientLetter(desk.ctx, emails, email);
    if (letter === null) throw createNotFoundError();
    return c.json(letter);
  },
);

recipientEmailsRoutes.get(
  "/recipients/:id/steps/:stepNumber/wording",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, recipient, email } = await findEmail(c);
    return c.json(await loadWordingView(desk, recipient, email, []));
  },
);

recipientEmailsRoutes.put(
  "/recipients/:id/steps/:stepNumber/wording",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, recipient, email } = await findEmail(c);
    const { version, ...given } = await readJson(c, personalWordingPut);
    const { scope, ctx } = desk;
    const { wording, fields, lint } = checkPersonalWording(
      given,
      buildWordingCheckOptions(await findTenant(scope)),
    );
    refuseFaultyFields(fields);
    const campaign = await findCampaign(scope, recipient.campaignId);
    if (campaign === undefined) throw createNotFoundError();
    const { stepNumber } = email;
    await passWordingGates(c, campaign, [{ ...wording, subject: wording.subject ?? "", stepNumber }]);
    const stored = await findPersonalWording(scope, { recipientId: recipient.id, ...email });
    // A repeated request changes nothing.
    if (stored === null || !isSameText(stored, wording)) {
      const audit = {
        ...buildRecipientAuditEntry(desk, recipient, "recipient.wordingChanged"),
        data: email,
      };
      const target = { recipientId: recipient.id, ...email, version };
      refuseConflict(await savePersonalWording(scope, target, wording, ctx.newId(), audit));
      await releaseIfComplete(desk, recipient);
    }
    return c.json(await loadWordingView(desk, recipient, email, lint));
  },
);

recipientEmailsRoutes.delete(
  "/recipients/:id/steps/:stepNumber/wording",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { desk, recipient, email } = await findEmail(c);
    const { version } = parseInput(versionQuery, c.req.query());
    if ((await findPersonalWording(desk.scope, { recipientId: recipient.id, ...email })) !== null) {
      const audit = {
        ...buildRecipientAuditEntry(desk, recipient, "recipient.wordingReset"),
        data: email,
      };
      const target = { recipientId: recipient.id, ...email, version };
      refuseConflict(await deletePersonalWording(desk.scope, target, audit));
    }
    return c.json(await loadWordingView(desk, recipient, email, []));
  },
);

/** Resumes a recipient that was paused because of an email, if the changed email lacks no value. */
async function releaseIfComplete(desk: RequestScope, recipient: RecipientRow): Promise<void> {
  const { scope } = desk;
  const [candidate] = await loadCandidates(scope.db, [recipient.id], scope.tenantId);
  if (candidate === undefined || !isPausedByEmail(candidate)) return;
  const [steps] = await loadStepMissingVariables(scope, recipient.campaignId, [candidate]);
  if (steps?.[0]?.missing.length !== 0) return;
  await performRecipientAction(
    scope,
    { id: recipient.id, campaignId: recipient.campaignId, action: "resume" },
    buildRecipientAuditEntry(desk, recipient, "recipient.resume"),
  );
}

/**
 * Loads the email of the recipient and step in the path.
 * @throws AppError notFound, also if the step is a task
 */
async function findEmail(c: HttpContext) {
  const desk = getRequestScope(c);
  const recipient = await findAccessibleRecipient(c);
  const stepNumber = parseId(c.req.param("stepNumber"));
  const asked = parseInput(emailQuery, { email: c.req.query("email") }).email;
  const emails = await loadRecipientEmails(desk.scope, recipient.id, desk.ctx.now());
  if (emails === null) throw createNotFoundError();
  const chosen = chooseEmailOfStep(emails, stepNumber);
  const email = asked === undefined ? chosen : { stepNumber, isElse: asked === "else" };
  if (resolveEmailWording(emails, email) === null) throw createNotFoundError();
  return { desk, recipient, emails, email };
}

async function loadWordingView(
  { scope, ctx }: RequestScope,
  { id }: RecipientRow,
  email: EmailOfStep,
  lint: LintFinding[],
): Promise<StepWordingView> {
  const [emails, stored] = await Promise.all([
    loadRecipientEmails(scope, id, ctx.now()),
    findPersonalWording(scope, { recipientId: id, ...email }),
  ]);
  const wording = emails && resolveEmailWording(emails, email);
  if (emails === null || wording === null) throw createNotFoundError();
  const { subject, preheader, bodyHtml, bodyText } = wording.content;
  return {
    ...email,
    version: stored?.version ?? 0,
    isPersonal: stored !== null,
    changedBy: stored?.agentId ?? null,
    changedAt: stored === null ? null : toIso(stored.changedAt),
    continuesThread: findEmailThread(emails, email) !== null,
    ...{ subject, preheader, bodyHtml, bodyText },
    draft: await buildDraft(emails, email, stored),
    lint,
  };
}

/**
 * Returns the text that an editor begins with: the agent's own text, or else the rendered email.
 */
async function buildDraft(emails: RecipientEmails, email: EmailOfStep, stored: PersonalWordingRow | null) {
  const wording = resolveEmailWording(emails, email);
  const rendered = wording && (await renderEmailDraft(emails, wording));
  return {
    subject: stored?.subject ?? rendered?.subject ?? wording?.content.subject ?? "",
    bodyText: stored?.bodyText || (rendered?.bodyText ?? ""),
  };
}

const isSameText = (stored: PersonalWordingContent, given: PersonalWordingContent) =>
  (["subject", "preheader", "bodyHtml", "bodyText"] as const).every((part) => stored[part] === given[part]);

function refuseConflict(conflict: PersonalWordingConflict | null): void {
  if (conflict === null) return;
  throw new AppError("conflict", conflictTexts[conflict]);
}

const conflictTexts: Readonly<Record<PersonalWordingConflict, string>> = {
  changed: "Someone else changed this email in the meantime. Reload and try again.",
  finished: "This recipient has finished the campaign, so this email won’t go out.",
  past: "The sequence is already past this email.",
  sent: "This email was already sent.",
  sending: "This email is being sent right now.",
};
