import { nearbySalePath } from "../../../shared/words/nearby-sale.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import type { AppError } from "../../domain/errors.ts";
import { listPathsRead } from "../../mail/template/paths-read.ts";
import { createGateError } from "./error.ts";

/**
 * Returns the refusal of letters that tell of a sale in a campaign that names no sale. The launch
 * names the sale, so a campaign can't get a sale later.
 */
export async function askAboutSale(
  letters: readonly StepLetter[],
  namesSale: () => Promise<boolean>,
): Promise<AppError | null> {
  const telling = letters.find((letter) => listPathsRead(letter).has(nearbySalePath));
  if (telling === undefined || (await namesSale())) return null;
  const reason = { code: "saleNotNamed", stepNumber: telling.stepNumber } as const;
  return createGateError(reason, { fields: [["nearbySale", reason]] });
}
