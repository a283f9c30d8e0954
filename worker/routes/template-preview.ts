import { Hono } from "hono";
import { z } from "zod";
import { findPreset } from "../../shared/presets/presets.ts";
import { emailAddress } from "../../shared/primitives.ts";
import { type EmailPreview, previewInput } from "../../shared/template.ts";
import { type Desk, deskOf } from "../access.ts";
import { findSender, listSenders, type SenderRow } from "../db/senders.ts";
import { findTemplate } from "../db/templates.ts";
import { findTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import { nameOf } from "../domain/recipient.ts";
import { type RenderInput, renderEmail } from "../engine/render.ts";
import { type AppEnv, notFound, readJson, refuseFields } from "../http.ts";

type Input = z.output<typeof previewInput>;

/** Whom a preview is made for; what is not text is no name. */
const shown = z.object({
  email: emailAddress.optional().catch(undefined),
  firstName: z.string().max(200).optional().catch(undefined),
  lastName: z.string().max(200).optional().catch(undefined),
  fullName: z.string().max(200).optional().catch(undefined),
});

/** One email as the recipient would get it. It changes nothing, so whoever may look may ask for it. */
export const templatePreview = new Hono<AppEnv>().post("/templates/preview", async (c) => {
  const desk = deskOf(c);
  const input = await readJson(c, previewInput);
  const [content, sender, tenant] = await Promise.all([
    contentOf(desk, input),
    senderOf(desk, input.senderId),
    findTenant(desk.scope),
  ]);
  if (tenant === undefined) throw notFound();
  const recipient = shown.parse(input.recipient);
  const rendered = await renderEmail(desk.ctx, {
    content,
    cacheKey: null,
    tenant,
    sender,
    campaign: { replyTo: null },
    recipient: {
      email: recipient.email ?? null,
      name: nameOf(recipient),
      data: { recipient: input.recipient, property: input.property },
    },
    reference: { tenantId: tenant.id, recipientId: 1, stepNumber: 1 },
    previousMessageId: null,
    preview: true,
  });
  if (!rendered.ok) {
    const fields = rendered.faults.map(({ field, message }) => [`content.${field}`, message]);
    throw new AppError("invalidRequest", "This email can't be made.", Object.fromEntries(fields));
  }
  const { email, missing } = rendered;
  const answer: EmailPreview = {
    from: `${email.from.name} <${email.from.email}>`,
    to: email.to.name === "" ? email.to.email : `${email.to.name} <${email.to.email}>`,
    subject: email.subject,
    html: email.html,
    text: email.text,
    missingVariables: missing,
  };
  return c.json(answer);
});

async function contentOf({ scope }: Desk, input: Input): Promise<RenderInput["content"]> {
  if (input.content !== undefined) return input.content;
  if (input.templateId !== undefined) {
    const template = await findTemplate(scope, input.templateId);
    if (template === undefined) refuseFields({ templateId: "is not a template of yours" });
    else return template;
  }
  const preset = findPreset(input.presetId ?? "");
  if (preset === undefined)
    throw new AppError("invalidRequest", "There is no such preset.", { presetId: "is not a preset" });
  const step = preset.steps[(input.stepNumber ?? 1) - 1];
  if (step === undefined) {
    throw new AppError("invalidRequest", "There is no such step.", {
      stepNumber: `must be 1 to ${preset.steps.length}`,
    });
  }
  return step;
}

/** The one that was named, or the tenant's first. */
async function senderOf({ scope }: Desk, id: number | undefined): Promise<SenderRow> {
  const sender =
    id === undefined ? (await listSenders(scope, { after: null, limit: 1 }))[0] : await findSender(scope, id);
  if (sender !== undefined) return sender;
  const message = id === undefined ? "is needed: there is no sender yet" : "is not a sender of yours";
  throw new AppError("invalidRequest", "There is no such sender.", { senderId: message });
}
