import type { SaleRole } from "../vocabulary.ts";
import type { LetterLanguage } from "./letter-language.ts";

/**
 * The variable for the news of a nearby sale. Only a launch that names the sale gives the
 * variable a value.
 */
export const nearbySaleVariable = "nearbySaleNews";
export const nearbySaleVariablePath = `property.${nearbySaleVariable}`;

/** The facts about a sale, as the launch gives them. */
type SaleFacts = { address: string; role: SaleRole; closedOn: string; source?: string | undefined };

const dayMs = 86_400_000;
/** The number of days after the closing for which the news says "just sold". */
const recentDays = 90;

type Claims = Readonly<Record<SaleRole, (isRecent: boolean, address: string) => string>>;

const just = (isRecent: boolean) => (isRecent ? "just " : "");
const englishClaims: Claims = {
  listingSide: (isRecent, address) => `I ${just(isRecent)}sold ${address}`,
  buyersSide: (isRecent, address) => `I ${just(isRecent)}helped the buyers of ${address}`,
  neither: (isRecent, address) => `${address} ${just(isRecent)}sold through another brokerage`,
};

const spanishClaims: Claims = {
  listingSide: (isRecent, address) => `${isRecent ? "Acabo de vender" : "Vendí"} ${address}`,
  buyersSide: (isRecent, address) =>
    `${isRecent ? "Acabo de ayudar" : "Ayudé"} a los compradores de ${address}`,
  neither: (isRecent, address) =>
    `${address} ${isRecent ? "se acaba de vender" : "se vendió"} a través de otra inmobiliaria`,
};

/**
 * Returns the news of a nearby sale, two sentences for a letter: who sold the home, and the day of
 * the closing. The text claims no more than the sender's real part in the sale.
 * @param now the time of the launch, in milliseconds UTC
 * @param language the language of the sequence's letters
 */
export function formatNearbySaleNews(
  { address, role, closedOn, source }: SaleFacts,
  now: number,
  language: LetterLanguage = "en",
): string {
  const closedAt = Date.parse(closedOn);
  const isRecent = now - closedAt <= recentDays * dayMs;
  const isSpanish = language === "es";
  const style = { dateStyle: "long", timeZone: "UTC" } as const;
  const date = new Intl.DateTimeFormat(isSpanish ? "es-US" : "en-US", style).format(closedAt);
  if (isSpanish) {
    const origin = source === undefined ? "" : ` (fuente: ${source})`;
    return `${spanishClaims[role](isRecent, address)}. La venta cerró el ${date}${origin}.`;
  }
  const origin = source === undefined ? "" : ` (source: ${source})`;
  return `${englishClaims[role](isRecent, address)}. The sale closed on ${date}${origin}.`;
}
