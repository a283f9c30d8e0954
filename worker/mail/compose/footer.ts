import type {
  BodyForm,
  Disclosure,
  DisclosureItem,
  DisclosureKind,
  DisclosureLine,
} from "../../domain/compliance/disclosure.ts";
import { escapeHtml } from "../html-text.ts";

/*
 * The footer of an email, in HTML and as text. worker/domain/compliance decides what the footer
 * says.
 */

/**
 * Returns the footer as HTML. Sizes are on the elements themselves, because mail programs may drop
 * a style sheet.
 * @param unsubscribeUrl null in a preview, whose link leads nowhere
 */
export function renderFooterHtml({ lines }: Disclosure, unsubscribeUrl: string | null): string {
  const href = unsubscribeUrl === null ? "" : ` href="${escapeHtml(unsubscribeUrl)}"`;
  const [first, ...others] = lines;
  const details = [
    ...others.map(renderLineHtml),
    `Prefer not to get these emails? <a${href}>Unsubscribe</a>`,
  ];
  const size = others[0]?.sizePx;
  return [
    ...(first === undefined
      ? []
      : [
          `<p class="brokerage" style="margin:0;font-size:${first.sizePx}px;line-height:1.4;font-weight:bold">${renderLineHtml(first)}</p>`,
        ]),
    `<p${size === undefined ? "" : ` style="margin:0;font-size:${size}px"`}>${details.join("<br>\n")}</p>`,
  ].join("\n");
}

/** Returns the footer as text, the brokerage on its first line. */
export function renderFooterText({ lines }: Disclosure, unsubscribeUrl: string): string {
  return [...lines.map(formatLine), `Unsubscribe: ${unsubscribeUrl}`].join("\n");
}

/** Returns the paragraph that links a state's form in the letter's body. */
export function renderFormHtml({ sentence, label, url }: BodyForm): string {
  return `<p>${escapeHtml(sentence)} <a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`;
}

export function renderFormText({ sentence, label, url }: BodyForm): string {
  return `${sentence} ${label} (${url})`;
}

const formatLine = ({ items }: DisclosureLine) => items.map(({ text }) => text).join(", ");

const renderLineHtml = ({ items }: DisclosureLine) => items.map(renderItemHtml).join(", ");

/** The short details that read badly if a line breaks inside them. */
const unbroken: ReadonlySet<DisclosureKind> = new Set(["officePhone", "agentPhone"]);

function renderItemHtml({ kind, text }: DisclosureItem): string {
  const html = escapeHtml(text);
  return unbroken.has(kind) ? `<span style="white-space:nowrap">${html}</span>` : html;
}
