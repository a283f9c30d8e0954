import type { TenantDisclosure } from "../../domain/compliance.ts";
import { escapeHtml } from "../html-text.ts";

/**
 * The senders that the law requires in the footer: CAN-SPAM (postal address), state licensing law,
 * fair-housing practice.
 */
export type FooterParts = {
  brokerage: TenantDisclosure;
  agent: { name: string; license: string | null; phone: string | null };
};

/**
 * Returns the footer as HTML.
 * @param unsubscribeUrl null in a preview, whose link leads nowhere
 */
export function footerHtml(parts: FooterParts, unsubscribeUrl: string | null): string {
  const href = unsubscribeUrl === null ? "" : ` href="${escapeHtml(unsubscribeUrl)}"`;
  const lines = [
    ...identity(parts).map((line) => withoutBreaks(escapeHtml(line), parts.agent.phone)),
    ...equalHousing(parts).map(escapeHtml),
    `Prefer not to get these emails? <a${href}>Unsubscribe</a>`,
  ];
  return `<p>${lines.join("<br>\n")}</p>`;
}

/**
 * Keeps a phone number on one line, with a style on the number itself because a style sheet may be
 * dropped.
 */
function withoutBreaks(html: string, phone: string | null): string {
  if (!hasText(phone)) return html;
  const number = escapeHtml(oneLine(phone));
  return html.replace(number, () => `<span style="white-space:nowrap">${number}</span>`);
}

export function footerText(parts: FooterParts, unsubscribeUrl: string): string {
  return [...identity(parts), ...equalHousing(parts), `Unsubscribe: ${unsubscribeUrl}`].join("\n");
}

function identity({ brokerage, agent }: FooterParts): string[] {
  const details = [
    ...(hasText(agent.license) ? [`license ${oneLine(agent.license)}`] : []),
    ...(hasText(agent.phone) ? [oneLine(agent.phone)] : []),
  ];
  return [
    ...(details.length > 0 ? [[oneLine(agent.name), ...details].join(", ")] : []),
    oneLine(brokerage.name),
    ...(hasText(brokerage.license) ? [`Brokerage license ${oneLine(brokerage.license)}`] : []),
    oneLine(brokerage.postalAddress),
  ].filter(hasText);
}

const equalHousing = ({ brokerage: { equalHousingLine } }: FooterParts): string[] =>
  hasText(equalHousingLine) ? [oneLine(equalHousingLine)] : [];

const hasText = (text: string | null): text is string => text !== null && text.trim() !== "";

/** Joins the lines of a text with commas: a postal address is often kept on several lines. */
const oneLine = (text: string) =>
  text
    .split(/[\r\n]+/)
    .map((part) => part.trim().replace(/,$/, ""))
    .filter((part) => part !== "")
    .join(", ");
