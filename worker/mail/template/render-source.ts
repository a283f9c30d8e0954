import { parseTemplate, type RenderMode, renderTemplate } from "../handlebars/handlebars.ts";
import { htmlToText } from "../html-to-text.ts";

/**
 * Texts with Handlebars tags; handlebars.ts lists the supported tags. A blank `text` is made from
 * `html`.
 */
export type TemplateSource = { subject: string; html: string; text: string };
export type RenderSourceResult = { ok: true; parts: TemplateSource } | { ok: false; detail: string };

/**
 * Renders all three texts. Fails if a text is not a template or a variable has no value. Never
 * throws.
 */
export async function renderSource(
  source: TemplateSource,
  data: Record<string, unknown>,
): Promise<RenderSourceResult> {
  const subject = renderPart("subject", source.subject, data, "text");
  const html = renderPart("html", source.html, data, "html");
  const text = renderPart("text", source.text, data, "text");
  if (!subject.ok) return subject;
  if (!html.ok) return html;
  if (!text.ok) return text;
  const plain = text.output.trim() === "" ? await htmlToText(html.output) : text.output;
  return { ok: true, parts: { subject: subject.output.trim(), html: html.output, text: plain } };
}

type Part = { ok: true; output: string } | { ok: false; detail: string };

function renderPart(name: string, source: string, data: Record<string, unknown>, mode: RenderMode): Part {
  const parsed = parseTemplate(source);
  if (!parsed.ok)
    return { ok: false, detail: formatDetail(name, parsed.errors[0]?.message ?? "not a template") };
  const rendered = renderTemplate(parsed.template, data, mode, { strict: true });
  return rendered.ok ? rendered : { ok: false, detail: formatDetail(name, rendered.message) };
}

function formatDetail(name: string, message: string): string {
  return `${name}: ${message}`.slice(0, 300);
}
