import { escapeHtml } from "../../../shared/html-text.ts";
import {
  type AgencyFormLink,
  type Disclosure,
  type DisclosureItem,
  type DisclosureKind,
  type DisclosureLine,
  footerDetailSizePx,
} from "../../domain/compliance/disclosure.ts";

/*
 * The footer of an email, in HTML and as text. worker/domain/compliance decides what the footer
 * says.
 */

/**
 * Returns the footer as HTML. Sizes are on the elements themselves, because mail programs may drop
 * a style sheet.
 * @param unsubscribeUrl null in a preview, whose link leads nowhere
 */
export function renderFooterHtml({ lines, optOut }: Disclosure, unsubscribeUrl: string | null): string {
  const isPreview = unsubscribeUrl === null;
  const [first, ...others] = lines;
  const unsubscribe = `${optOut.question} <a${renderHref(unsubscribeUrl)}>${optOut.link}</a>`;
  const identity = others.filter((line) => !isNotice(line));
  const style = `font-size:${others[0]?.sizePx ?? footerDetailSizePx}px`;
  const render = (line: DisclosureLine) => renderLineHtml(line, isPreview);
  const parts = [
    { margin: "0", details: identity.map(render) },
    // A gap separates the details of the sender from the notices, so that each part is found at a
    // glance.
    { margin: "10px 0 0", details: [...others.filter(isNotice).map(render), unsubscribe] },
  ].filter(({ details }) => details.length > 0);
  return [
    ...(first === undefined
      ? []
      : [
          `<p class="brokerage" style="margin:0;font-size:${first.sizePx}px;line-height:1.4;font-weight:bold">${render(first)}</p>`,
        ]),
    ...parts.map(
      ({ margin, details }) => `<p style="margin:${margin};${style}">${details.join("<br>\n")}</p>`,
    ),
  ].join("\n");
}

/**
 * The kinds of details that stand in the lower part of the footer: why the recipient gets the
 * email, and the statements that the law asks for.
 */
const notices: ReadonlySet<DisclosureKind> = new Set([
  "advertisement",
  "alreadyListed",
  "equalHousing",
  "contactReason",
]);
const isNotice = ({ items }: DisclosureLine) => items.some(({ kind }) => notices.has(kind));

const renderHref = (url: string | null) => (url === null ? "" : ` href="${escapeHtml(url)}"`);

/** Returns the footer as text, with the brokerage on the first line. */
export function renderFooterText({ lines, optOut }: Disclosure, unsubscribeUrl: string): string {
  return [...lines.map(formatLine), `${optOut.link}: ${unsubscribeUrl}`].join("\n");
}

/**
 * Returns the lines of a footer that say who the sender is, and the line on equal housing. Leaves
 * out the other notices.
 */
const listSenderDetails = ({ lines }: Disclosure) =>
  lines.filter((line) => !isNotice(line) || line.items.some(({ kind }) => kind === "equalHousing"));

/**
 * Returns the office's and agent's details as HTML, for an answer that an agent writes to a person.
 */
export function renderSenderDetailsHtml(disclosure: Disclosure): string {
  return listSenderDetails(disclosure)
    .map(
      (line, index) =>
        `<p${index === 0 ? ' class="brokerage"' : ""} style="margin:0;font-size:${line.sizePx}px;line-height:1.5">${renderLineHtml(line, false)}</p>`,
    )
    .join("\n");
}

/**
 * Returns the office's and agent's details as text, for an answer that an agent writes to a person.
 */
export const renderSenderDetailsText = (disclosure: Disclosure): string =>
  listSenderDetails(disclosure).map(formatLine).join("\n");

/**
 * Returns the paragraph that links to the form on agency which a state asks an agent to show. The
 * paragraph is part of the letter's body.
 */
export function renderAgencyFormLinkHtml({ sentence, label, url }: AgencyFormLink): string {
  return `<p>${escapeHtml(sentence)} <a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`;
}

export function renderAgencyFormLinkText({ sentence, label, url }: AgencyFormLink): string {
  return `${sentence} ${label} (${url})`;
}

const formatLine = ({ items }: DisclosureLine) => items.map(({ text }) => text).join(", ");

const renderLineHtml = ({ items }: DisclosureLine, isPreview: boolean) =>
  items.map((item) => renderItemHtml(item, isPreview)).join(", ");

/** The short details that read badly if a line breaks inside them. */
const unbroken: ReadonlySet<DisclosureKind> = new Set(["officePhone", "agentPhone"]);

function renderItemHtml({ kind, text }: DisclosureItem, isPreview: boolean): string {
  const html = escapeHtml(text);
  // Connecticut asks for a link to the office's website. A preview's links lead nowhere.
  if (kind === "officeWebsite") return `<a${renderHref(isPreview ? null : text)}>${html}</a>`;
  return unbroken.has(kind) ? `<span style="white-space:nowrap">${html}</span>` : html;
}
