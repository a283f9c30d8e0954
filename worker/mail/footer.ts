import { escapeHtml } from "./html-text.ts";

/** Who is writing, as the law wants it named: CAN-SPAM (postal address), state licensing law, fair-housing practice. */
export type FooterParts = {
  brokerage: { name: string; postalAddress: string; license: string | null };
  agent: { name: string; license: string | null };
};

const equalHousing = "Equal Housing Opportunity";

/** @param unsubscribeUrl null in a preview, where the link leads nowhere */
export function footerHtml(parts: FooterParts, unsubscribeUrl: string | null): string {
  const href = unsubscribeUrl === null ? "" : ` href="${escapeHtml(unsubscribeUrl)}"`;
  const lines = [
    ...identity(parts).map(escapeHtml),
    `Prefer not to get these emails? <a${href}>Unsubscribe</a>`,
    equalHousing,
  ];
  return `<p>${lines.join("<br>\n")}</p>`;
}

export function footerText(parts: FooterParts, unsubscribeUrl: string): string {
  return [...identity(parts), `Unsubscribe: ${unsubscribeUrl}`, equalHousing].join("\n");
}

function identity({ brokerage, agent }: FooterParts): string[] {
  const lines = [oneLine(brokerage.name), oneLine(brokerage.postalAddress)];
  if (hasText(brokerage.license)) lines.push(`Brokerage license ${oneLine(brokerage.license)}`);
  if (hasText(agent.license)) lines.push(`${oneLine(agent.name)}, license ${oneLine(agent.license)}`);
  return lines;
}

const hasText = (text: string | null): text is string => text !== null && text.trim() !== "";

/** An address is often kept on several lines. */
const oneLine = (text: string) =>
  text
    .split(/[\r\n]+/)
    .map((part) => part.trim().replace(/,$/, ""))
    .filter((part) => part !== "")
    .join(", ");
