import type { TenantDisclosure } from "../../domain/compliance.ts";
import { escapeHtml } from "../html-text.ts";

/**
 * The details of the brokerage and the agent that a footer shows. CAN-SPAM (postal address), state
 * licensing law and fair-housing practice require these details.
 */
export type FooterParts = {
  brokerage: TenantDisclosure;
  agent: { name: string; license: string | null; phone: string | null };
};

/**
 * Returns the footer as HTML.
 * @param unsubscribeUrl null in a preview, whose link leads nowhere
 */
export function renderFooterHtml(parts: FooterParts, unsubscribeUrl: string | null): string {
  const href = unsubscribeUrl === null ? "" : ` href="${escapeHtml(unsubscribeUrl)}"`;
  const lines = [
    ...listIdentityLines(parts).map((line) => keepPhoneOnOneLine(escapeHtml(line), parts.agent.phone)),
    ...listEqualHousingLines(parts).map(escapeHtml),
    `Prefer not to get these emails? <a${href}>Unsubscribe</a>`,
  ];
  return `<p>${lines.join("<br>\n")}</p>`;
}

/**
 * Keeps a phone number on one line. The style is on the number itself, because mail programs may
 * drop a style sheet.
 */
function keepPhoneOnOneLine(html: string, phone: string | null): string {
  if (!hasText(phone)) return html;
  const number = escapeHtml(joinLines(phone));
  return html.replace(number, () => `<span style="white-space:nowrap">${number}</span>`);
}

export function renderFooterText(parts: FooterParts, unsubscribeUrl: string): string {
  return [
    ...listIdentityLines(parts),
    ...listEqualHousingLines(parts),
    `Unsubscribe: ${unsubscribeUrl}`,
  ].join("\n");
}

function listIdentityLines({ brokerage, agent }: FooterParts): string[] {
  const details = [
    ...(hasText(agent.license) ? [`license ${joinLines(agent.license)}`] : []),
    ...(hasText(agent.phone) ? [joinLines(agent.phone)] : []),
  ];
  return [
    ...(details.length > 0 ? [[joinLines(agent.name), ...details].join(", ")] : []),
    joinLines(brokerage.name),
    ...(hasText(brokerage.license) ? [`Brokerage license ${joinLines(brokerage.license)}`] : []),
    joinLines(brokerage.postalAddress),
  ].filter(hasText);
}

const listEqualHousingLines = ({ brokerage: { equalHousingLine } }: FooterParts): string[] =>
  hasText(equalHousingLine) ? [joinLines(equalHousingLine)] : [];

const hasText = (text: string | null): text is string => text !== null && text.trim() !== "";

/** Joins the lines of a text with commas: a postal address is often kept on several lines. */
const joinLines = (text: string) =>
  text
    .split(/[\r\n]+/)
    .map((part) => part.trim().replace(/,$/, ""))
    .filter((part) => part !== "")
    .join(", ");
