import { Hono } from "hono";
import type { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import { type TestSendResult, testSendInput, wordingTestSendInput } from "../../../shared/template.ts";
import { loadCandidates } from "../../db/candidates.ts";
import { findRecipient } from "../../db/recipients.ts";
import { findSender } from "../../db/senders.ts";
import { findSuppression } from "../../db/suppressions.ts";
import type { TemplateRow } from "../../db/templates.ts";
import { findTenant } from "../../db/tenants.ts";
import { recordTestSend } from "../../db/test-sends.ts";
import { AppError } from "../../domain/errors.ts";
import { formatRecipientName } from "../../domain/recipient.ts";
import { type ExampleData, fillExampleData } from "../../mail/merge-data/example-data.ts";
import { buildWordingCheckOptions, checkWording } from "../../mail/template/check.ts";
import {
  getTestEmailAddress,
  sendTestEmail,
  type TestEmailInput,
  type TestEmailResult,
} from "../../send/test-send.ts";
import { findAccessibleTemplate, getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { seesProperty } from "../session.ts";
import { fillSnippetsInLetter } from "../snippets.ts";

type Input = z.output<typeof testSendInput>;

/** The recipient that a test email imitates. `origin`: how the office knows of the person. */
type ImitatedRecipient = {
  name: string;
  data: ExampleData;
  origin: Pick<TestEmailInput["recipient"], "source" | "sourceDate" | "consent">;
};

/**
 * Sends one test email to the named sender's own mailbox. The request cannot name another address,
 * so a test email cannot reach a stranger.
 */
export const templateTestSendRoutes = new Hono<AppEnv>()
  .post(
    "/templates/:id/test-send",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const template = await findAccessibleTemplate(c);
      return c.json(await sendTest(c, await readJson(c, testSendInput), template));
    },
  )

  /** Sends a wording that is not saved as a template, such as the letter of a sequence. */
  .post("/templates/test-send", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { content: given, ...input } = await readJson(c, wordingTestSendInput);
    const [content, tenant] = await Promise.all([fillSnippetsInLetter(desk, given), findTenant(desk.scope)]);
    const { fields, variables, bodyHtml } = checkWording(content, buildWordingCheckOptions(tenant));
    refuseFaultyFields(
      Object.fromEntries(Object.entries(fields).map(([name, fault]) => [`content.${name}`, fault])),
    );
    return c.json(await sendTest(c, input, { ...content, bodyHtml, variables }));
  });

/** @throws AppError if the test email can't be sent */
async function sendTest(
  c: HttpContext,
  input: Input,
  template: TestEmailInput["content"] & Pick<TemplateRow, "variables">,
): Promise<TestSendResult> {
  const desk = getRequestScope(c);
  const [sender, tenant] = await Promise.all([
    findSender(desk.scope, input.senderId),
    findTenant(desk.scope),
  ]);
  if (tenant === undefined) throw createNotFoundError();
  if (sender === undefined) {
    throw new AppError("invalidRequest", "There is no such sender.", {
      senderId: "is not one of your senders",
    });
  }
  if (tenant.stoppedAt !== null) {
    throw new AppError("conflict", "No emails can go out while outreach is stopped. Resume it first.");
  }
  const to = getTestEmailAddress(sender);
  if ((await findSuppression(desk.scope, to.toLowerCase())) !== null) {
    throw new AppError("conflict", "This sender's own mailbox is on the do-not-email list.", {
      senderId: "has a mailbox that is on the do-not-email list",
    });
  }
  const shown = await loadMergeData(c, desk, input, template);
  if (!(await recordTestSend(desk.scope, desk.ctx.now(), limits.testSendsPerHour))) {
    const message = `You can send up to ${limits.testSendsPerHour} test emails an hour. Try again later.`;
    throw new AppError("conflict", message);
  }
  const { examples, ...data } = shown.data;
  const recipient = { email: to, name: shown.name, data, ...shown.origin };
  const sent = await sendTestEmail(desk.ctx, { content: template, tenant, sender, recipient });
  const { subject, missing } = requireSent(sent);
  return { to, subject, exampleVariables: examples, missingVariables: missing };
}

/**
 * Returns the merge data for the test email: the given data, or the data of the named recipient.
 * The recipient's address is not used.
 */
async function loadMergeData(
  c: HttpContext,
  { ctx, scope }: RequestScope,
  input: Input,
  template: Pick<TemplateRow, "variables">,
): Promise<ImitatedRecipient> {
  if (input.recipientId === undefined) {
    const data = fillExampleData(input, template.variables);
    return { name: formatRecipientName(readNames(data.recipient)), data, origin: {} };
  }
  const [row, [candidate]] = await Promise.all([
    findRecipient(scope, input.recipientId),
    loadCandidates(ctx.db, [input.recipientId], scope.tenantId),
  ]);
  if (row === null || candidate === undefined || !seesProperty(c.get("session"), row.propertyId)) {
    throw new AppError("invalidRequest", "There is no such recipient.", {
      recipientId: "is not one of your recipients",
    });
  }
  const { data, source, sourceDate, consent } = candidate.recipient;
  return { name: row.name, data: { ...data, examples: [] }, origin: { source, sourceDate, consent } };
}

function readNames(recipient: Readonly<Record<string, unknown>>) {
  const text = (value: unknown) =>
    typeof value === "string" ? value.slice(0, limits.nameLength) : undefined;
  return {
    firstName: text(recipient.firstName),
    lastName: text(recipient.lastName),
    fullName: text(recipient.fullName),
  };
}

/**
 * Returns the result of a test email that was sent.
 * @throws AppError if the test email was not sent
 */
function requireSent(sent: TestEmailResult): { subject: string; missing: string[] } {
  switch (sent.kind) {
    case "unmakeable": {
      const fields = Object.fromEntries(sent.faults.map(({ field, message }) => [field, message]));
      throw new AppError("conflict", "This email couldn't be created.", fields);
    }
    case "noAccount":
      throw new AppError("conflict", "There's no provider account to send through. Add one first.");
    case "done":
      break;
  }
  switch (sent.result.kind) {
    case "accepted":
      return sent;
    case "refused":
      throw new AppError("conflict", `The test email was refused: ${sent.result.detail}`);
    case "deferred":
    case "unknown":
      throw new AppError(
        "unavailable",
        "We don't know whether the test email went out. Check the inbox before you try again.",
      );
  }
}
