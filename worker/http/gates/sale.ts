import { nearbySalePath } from "../../../shared/words/nearby-sale.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import { AppError } from "../../domain/errors.ts";
import { listPathsRead } from "../../mail/template/paths-read.ts";

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
  const place = `Email ${telling.stepNumber} tells of a sale nearby, and this campaign names no sale`;
  return new AppError("conflict", `${place}. Launch the sequence again and name the sale.`, {
    nearbySale: "is needed: the letters tell of a sale nearby",
  });
}
