import type { SaleRole } from "../vocabulary.ts";

/**
 * The variable with the sentence about the sale. Only a launch that names the sale gives the
 * variable a value.
 */
export const nearbySaleVariable = "nearbySaleNews";
export const nearbySalePath = `property.${nearbySaleVariable}`;

/** The facts about a sale, as the launch gives them. */
type SaleFacts = { address: string; role: SaleRole; closedOn: string; source?: string | undefined };

const dayMs = 86_400_000;
/** The number of days after the closing for which the sentence says "just sold". */
const recentDays = 90;

const claims: Record<SaleRole, (just: string, address: string) => string> = {
  listingSide: (just, address) => `I ${just}sold ${address}`,
  buyersSide: (just, address) => `I ${just}helped the buyers of ${address}`,
  neither: (just, address) => `${address} ${just}sold through another brokerage`,
};

/**
 * Returns the sentence with which a letter tells of a sale. The sentence claims no more than the
 * sender's part in the sale.
 * @param now the time of the launch, in ms
 */
export function writeNearbySale({ address, role, closedOn, source }: SaleFacts, now: number): string {
  const closedAt = Date.parse(closedOn);
  const just = now - closedAt <= recentDays * dayMs ? "just " : "";
  const date = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(closedAt);
  const origin = source === undefined ? "" : ` (source: ${source})`;
  return `${claims[role](just, address)}. The sale closed on ${date}${origin}.`;
}
