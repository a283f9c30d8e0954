import { Hono } from "hono";
import type { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import type { SequenceEmailStep } from "../../../shared/sequence.ts";
import { type EmailPreview, emailPreviewInput } from "../../../shared/template.ts";
import type { CampaignType } from "../../../shared/vocabulary.ts";
import { findTemplate } from "../../db/templates.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { formatRecipientName } from "../../domain/recipient.ts";
import { parseVariantName } from "../../domain/send/variant.ts";
import { findElseEmail, findFirstStepOfThread, type StepEmailPart } from "../../domain/sequence-content.ts";
import { fillExampleData } from "../../mail/merge-data/example-data.ts";
import {
  buildWordingCheckOptions,
  checkWording,
  type VariableDescription,
  type WordingCheckOptions,
} from "../../mail/template/check.ts";
import { checkPersonalWording } from "../../mail/template/personal-wording.ts";
import { type RenderInput, renderEmail, renderLetterDraft, renderSubject } from "../../send/render.ts";
import { applyPersonalWording } from "../../send/step-wording.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { findPreviewSender, parsePreviewRecipient } from "../preview-people.ts";
import { type AppEnv, createNotFoundError, readJson, refuseFaultyFields } from "../request.ts";
import { findNamedSequence } from "../sequences.ts";
import { fillSnippetsInLetter } from "../snippets.ts";

type Input = z.output<typeof emailPreviewInput>;

/**
 * Answers with the email in the form that the recipient would get. A viewer may use the route,
 * because nothing changes.
 */
export const templatePreviewRoutes = new Hono<AppEnv>().post(
  "/templates/preview",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, emailPreviewInput);
    const [template, sender, tenant] = await Promise.all([
      loadWording(desk, input),
      findPreviewSender(desk, input.senderId),
      findTenant(desk.scope),
    ]);
    if (tenant === undefined) throw createNotFoundError();
    const wording = applyChange(template, input.wording, buildWordingCheckOptions(tenant));
    // An unsaved wording is shown in the form that the wording would have after saving.
    const { variables, bodyHtml } = checkWording(wording.content, { described: wording.described });
    const content = { ...wording.content, bodyHtml };
    const { examples, ...data } = fillExampleData(input, variables);
    const recipient = parsePreviewRecipient(data.recipient);
    const people = {
      tenant,
      sender,
      recipient: {
        email: recipient.email ?? null,
        name: formatRecipientName(recipient),
        data,
        source: input.source ?? "host",
        sourceDate: input.sourceDate ?? null,
        consent: input.consent ?? null,
      },
    };
    const rendered = await renderEmail(desk.ctx, {
      ...people,
      content,
      cacheKey: null,
      campaign: { replyTo: null, type: wording.type },
      reference: { tenantId: tenant.id, recipientId: 1, stepNumber: 1 },
      thread: buildPreviewThread(wording.threadSubject, people),
      preview: true,
    });
    if (!rendered.ok) {
      const fields = rendered.faults.map(({ field, message }) => [`content.${field}`, message]);
      throw new AppError("invalidRequest", "This email couldn't be created.", Object.fromEntries(fields));
    }
    const { email, missing, htmlBytes } = rendered;
    const answer: EmailPreview = {
      from: `${email.from.name} <${email.from.email}>`,
      to: email.to.name === "" ? email.to.email : `${email.to.name} <${email.to.email}>`,
      subject: email.subject,
      html: email.html,
      text: email.text,
      missingVariables: missing,
      exampleVariables: examples,
      htmlBytes,
      isClipped: htmlBytes > limits.htmlBytesShown,
      draft: input.withDraft ? await renderLetterDraft({ ...people, content, cacheKey: null }) : null,
    };
    return c.json(answer);
  },
);

/**
 * The wording to preview. `described`: the variables to which the template's author gave a label
 * and an example. `threadSubject`: the unrendered subject of the thread that the email continues;
 * null if the email starts a thread. `type`: the type of the campaign. Without a sequence, the type
 * is `sellerOutreach`, which has the longest footer.
 */
type PreviewWording = {
  content: RenderInput["content"];
  described: readonly VariableDescription[];
  threadSubject: string | null;
  type: CampaignType;
};

/**
 * Returns the wording with the agent's change for the recipient.
 * @throws AppError invalidRequest if the change could not be saved
 */
function applyChange(
  wording: PreviewWording,
  change: Input["wording"],
  options: WordingCheckOptions,
): PreviewWording {
  if (change === undefined) return wording;
  const { wording: personal, fields } = checkPersonalWording(change, options);
  refuseFaultyFields(
    Object.fromEntries(Object.entries(fields).map(([name, fault]) => [`wording.${name}`, fault])),
  );
  return { ...wording, content: applyPersonalWording(wording.content, personal) };
}

async function loadWording(desk: RequestScope, input: Input): Promise<PreviewWording> {
  const threadSubject = input.threadSubject ?? null;
  const type = "sellerOutreach";
  if (input.content !== undefined)
    return { content: await fillSnippetsInLetter(desk, input.content), described: [], threadSubject, type };
  if (input.templateId !== undefined) {
    const template = await findTemplate(desk.scope, input.templateId);
    if (template === undefined) refuseFaultyFields({ templateId: "is not one of your templates" });
    else return { content: template, described: template.variables, threadSubject, type };
  }
  const sequence = (await findNamedSequence(desk, input))?.content;
  if (sequence === undefined) throw createNotFoundError();
  const stepNumber = input.stepNumber ?? 1;
  const step = sequence.steps[stepNumber - 1];
  if (step === undefined) {
    throw new AppError("invalidRequest", "There is no such step.", {
      stepNumber: `must be 1 to ${sequence.steps.length}`,
    });
  }
  if (step.kind === "task") {
    throw new AppError("invalidRequest", "That step is a task.", { stepNumber: "must be an email" });
  }
  const email = input.email === "else" ? findElseEmail(step) : findVariant(step, input.variant);
  if (!email) {
    const fields =
      input.email === "else"
        ? { email: "must be first" }
        : { variant: "must be the name of one of the step's wordings" };
    throw new AppError("invalidRequest", "That step has no such email.", fields);
  }
  const first = findFirstStepOfThread(sequence.steps, stepNumber, email.startsThread);
  return {
    content: email.letter,
    described: step.variables,
    threadSubject:
      first === undefined || first === step ? threadSubject : (threadSubject ?? first.letter.subject),
    type: sequence.type,
  };
}

/** Returns one wording of a step's main email; null if the step has no such wording. */
function findVariant(step: SequenceEmailStep, name = "A"): StepEmailPart | null {
  const { startsThread } = step;
  const letter = [step, ...(step.variants ?? [])][parseVariantName(name)]?.letter;
  return letter === undefined ? null : { letter, startsThread };
}

/**
 * Returns the thread that the previewed email continues. The thread has no earlier steps, because
 * no step was sent.
 */
function buildPreviewThread(
  threadSubject: string | null,
  people: Pick<RenderInput, "recipient" | "sender" | "tenant">,
): RenderInput["thread"] {
  if (threadSubject === null) return null;
  const subject = renderSubject(threadSubject, people);
  if (subject.ok) return { subject: subject.output, earlierSteps: [], hasWritten: false };
  throw new AppError("invalidRequest", "This email couldn't be created.", { threadSubject: subject.message });
}
