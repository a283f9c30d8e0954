import type { Consent } from "../../shared/consent.ts";
import type { LetterDraft } from "../../shared/personal-wording.ts";
import type { CampaignType, RecipientSource } from "../../shared/vocabulary.ts";
import { findLetterLanguage } from "../../shared/words/letter-language.ts";
import type { Ctx } from "../context.ts";
import type { SenderIdentity, TenantIdentity } from "../db/email-inputs.ts";
import { findPropertyCounty } from "../domain/compliance/contact-reason.ts";
import { isOwnerCampaign } from "../domain/compliance/disclosure.ts";
import { mayTrack } from "../domain/compliance/mailing-country.ts";
import { findPropertyState } from "../domain/compliance/property-state.ts";
import type { EmailThread } from "../domain/send/thread.ts";
import { getLinkSigner } from "../links.ts";
import { buildLinkedBodies, listDeadLinkVariables } from "../mail/compose/bodies.ts";
import { composeEmail } from "../mail/compose/compose.ts";
import { sanitizeValue } from "../mail/compose/finish-letter.ts";
import type { ComposeInput } from "../mail/compose/input.ts";
import {
  createTemplateCache,
  listVariables,
  type ParsedTemplate,
  parseTemplate,
  renderTemplate,
} from "../mail/handlebars/handlebars.ts";
import { buildTemplateData } from "../mail/merge-data/merge-data.ts";
import { dropDoubledDollar } from "../mail/value-marks.ts";
import type { MessageReference, OutgoingEmail } from "../providers/provider.ts";

export type RenderInput = {
  content: { subject: string; preheader: string; bodyHtml: string; bodyText: string };
  /**
   * The template's id and version, under which the isolate (a running copy of the Worker) keeps the
   * parsed template. If null, the parsed template is not kept.
   */
  cacheKey: string | null;
  tenant: TenantIdentity;
  sender: Omit<SenderIdentity, "id" | "tenantId">;
  campaign: { id?: number; replyTo: string | null; type: CampaignType };
  recipient: {
    email: string | null;
    name: string;
    /**
     * If a preview leaves out `consent`, `source` and `sourceDate`, the preview shows the whole
     * footer.
     */
    consent?: Consent | null;
    source?: RecipientSource;
    sourceDate?: string | null;
    data: { recipient: Record<string, unknown>; property: Record<string, unknown> };
  };
  reference: MessageReference;
  /** The thread that this email continues; null if the email begins a thread. */
  thread: EmailThread | null;
  /**
   * If true, links lead nowhere, nothing is tracked, and an email with missing variables is still
   * rendered.
   */
  preview: boolean;
  /** If true, links of a preview keep their addresses. Set for a test email. */
  keepsLinks?: boolean;
  /** The stored parts of an email that has left: the subject, and the values of the variables. */
  kept?: { subject: string; values: Record<string, unknown> | null };
};

export type RenderedEmail =
  | {
      ok: true;
      email: OutgoingEmail;
      missing: string[];
      htmlBytes: number;
      saysLast: boolean;
      values: Record<string, unknown>;
    }
  | { ok: false; missing: string[]; faults: { field: string; message: string }[] };

const findContentLanguage = ({ content }: Pick<RenderInput, "content">) =>
  findLetterLanguage(content.subject, content.bodyHtml, content.bodyText);

/** Renders an email. Previews, test emails and real sends all use this function. */
export async function renderEmail(ctx: Ctx, input: RenderInput): Promise<RenderedEmail> {
  const { kept } = input;
  const language = findContentLanguage(input);
  const data = kept?.values ? unflattenValues(kept.values) : buildTemplateData(input, language);
  const parts = renderParts(input, data, input.thread !== null || kept !== undefined);
  if (!parts.ok) return parts;
  const rendered = kept === undefined ? parts.rendered : { ...parts.rendered, subject: kept.subject };
  const composed = await composeEmail(
    {
      reference: input.reference,
      sender: input.sender,
      campaign: input.campaign,
      tenant: input.tenant,
      occasion: {
        propertyState: findPropertyState(input.recipient.data.property),
        origin: {
          source: input.recipient.source ?? "host",
          sourceDate: input.recipient.sourceDate ?? null,
          consent: input.recipient.consent ?? null,
          county: findPropertyCounty(input.recipient.data.property),
        },
        isToOwner: isOwnerCampaign(input.campaign.type),
        language,
      },
      recipient: { email: input.recipient.email ?? "", name: input.recipient.name },
      rendered,
      publicUrl: ctx.settings.PUBLIC_URL,
      inboundDomain: ctx.settings.INBOUND_DOMAIN === "" ? null : ctx.settings.INBOUND_DOMAIN,
      thread: input.thread,
      trackingEnabled: mayTrack(input.recipient.data),
      preview: input.preview,
      keepsLinks: input.keepsLinks ?? false,
    },
    await getLinkSigner(ctx),
  );
  if (!composed.ok) return { ok: false, missing: composed.unusable, faults: composed.faults };
  const { email, htmlBytes, saysLast } = composed;
  const missing = [...new Set([...parts.missing, ...composed.unusable])];
  return { ok: true, email, missing, htmlBytes, saysLast, values: parts.values };
}

/**
 * Renders the draft with which a plain-text editor begins: the email's own subject, and the text
 * without the footer. Null if the wording can't be rendered.
 */
export async function renderLetterDraft(
  input: Pick<RenderInput, "content" | "cacheKey" | "recipient" | "sender" | "tenant">,
): Promise<LetterDraft | null> {
  const parts = renderParts(
    { ...input, preview: true },
    buildTemplateData(input, findContentLanguage(input)),
    false,
  );
  if (!parts.ok) return null;
  const { text } = await buildLinkedBodies(parts.rendered, "none");
  return { subject: parts.rendered.subject, bodyText: text };
}

/** Renders a subject for a preview; missing variables are left out. */
export function renderSubject(
  source: string,
  people: Pick<RenderInput, "recipient" | "sender" | "tenant">,
): { ok: true; output: string } | { ok: false; message: string } {
  const parsed = parseCached(null, "subject", source);
  if (!parsed.ok) return parsed;
  const rendered = renderTemplate(parsed.template, buildTemplateData(people), "text");
  return rendered.ok
    ? { ok: true, output: dropDoubledDollar(rendered.output).trim() }
    : { ok: false, message: rendered.message };
}

/**
 * Returns the variables of an email that have no usable value and no fallback. A value that would
 * make a link lead nowhere is not usable. The subject of a reply is not checked, because a reply
 * uses its thread's subject.
 */
export function listMissingVariables(
  input: Pick<RenderInput, "content" | "cacheKey" | "recipient" | "sender" | "tenant"> & { isReply: boolean },
): string[] {
  const data = buildTemplateData(input, findContentLanguage(input));
  const parts = renderParts({ ...input, preview: false }, data, input.isReply);
  if (!parts.ok) return parts.missing;
  return [...new Set([...parts.missing, ...listDeadLinkVariables(parts.rendered)])];
}

type RenderedParts =
  | { ok: true; rendered: ComposeInput["rendered"]; missing: string[]; values: Record<string, unknown> }
  | { ok: false; missing: string[]; faults: { field: string; message: string }[] };

/**
 * Renders the subject, the preheader and the bodies. If any of these parts fails, the result has
 * the faults of all parts.
 */
function renderParts(
  input: Pick<RenderInput, "content" | "cacheKey" | "preview">,
  data: Record<string, unknown>,
  isReply: boolean,
): RenderedParts {
  const rendered = { subject: "", preheader: "", html: "", text: "" };
  const missing = new Set<string>();
  const faults: { field: string; message: string }[] = [];
  const values: Record<string, unknown> = {};
  const parts = [
    ...(isReply
      ? []
      : [{ field: "subject", into: "subject", source: input.content.subject, mode: "text" } as const]),
    { field: "preheader", into: "preheader", source: input.content.preheader, mode: "text" },
    { field: "bodyHtml", into: "html", source: input.content.bodyHtml, mode: "html" },
    { field: "bodyText", into: "text", source: input.content.bodyText, mode: "text" },
  ] as const;
  for (const { field, into, source, mode } of parts) {
    const parsed = parseCached(input.cacheKey, field, source);
    if (!parsed.ok) {
      faults.push({ field, message: parsed.message });
      continue;
    }
    for (const path of listValuesRead(parsed.template)) values[path] = readPath(data, path);
    // The subject and the preheader are plain text, so no value can be part of a link or a tag
    // there.
    const marking = field === "bodyHtml" || field === "bodyText" ? { sanitizeValue } : {};
    const strict = renderTemplate(parsed.template, data, mode, { strict: true, ...marking });
    for (const path of strict.ok ? [] : strict.missing) missing.add(path);
    const result =
      strict.ok || !input.preview ? strict : renderTemplate(parsed.template, data, mode, marking);
    if (result.ok) {
      const output = dropDoubledDollar(result.output);
      rendered[into] = into === "subject" ? output.trim() : output;
    } else if (result.missing.length === 0) faults.push({ field, message: result.message });
  }
  const isComplete = faults.length === 0 && (input.preview || missing.size === 0);
  return isComplete
    ? { ok: true, rendered, missing: [...missing], values }
    : { ok: false, missing: [...missing], faults };
}

/**
 * Returns the paths of the values that a template uses. For the items of a list, returns the list's
 * path.
 */
function listValuesRead(template: ParsedTemplate): string[] {
  return [...new Set(listVariables(template).map(({ path }) => path.split(".*")[0] ?? path))];
}

/** Converts values by path to the nested objects that a template reads. */
function unflattenValues(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  // A shorter path comes first, so that a whole list or object does not replace its parts.
  const paths = Object.keys(values).toSorted((one, other) => one.length - other.length);
  for (const path of paths) {
    const names = path.split(".");
    let inner = data;
    for (const name of names.slice(0, -1)) {
      const next = inner[name];
      const nested = typeof next === "object" && next !== null ? { ...next } : {};
      inner[name] = nested;
      inner = nested;
    }
    inner[names.at(-1) ?? path] = values[path];
  }
  return data;
}

function readPath(data: unknown, path: string): unknown {
  return path.split(".").reduce((value: unknown, name) => {
    return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
  }, data);
}

/**
 * The parsed templates, by template id, version and field. Parsing costs several times as much as
 * rendering, and a version's text never changes.
 */
const parsedTemplates = createTemplateCache(300);

function parseCached(
  cacheKey: string | null,
  field: string,
  source: string,
): { ok: true; template: ParsedTemplate } | { ok: false; message: string } {
  const parsed =
    cacheKey === null ? parseTemplate(source) : parsedTemplates.parse(`${cacheKey}.${field}`, source);
  if (parsed.ok) return parsed;
  return { ok: false, message: parsed.errors[0]?.message ?? "is not a valid template" };
}
