import { nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import type { AppError } from "../../domain/errors.ts";
import { listVariablePaths } from "../../mail/template/paths-read.ts";
import { createGateError } from "./error.ts";

/**
 * Returns the refusal if a letter tells of a nearby sale and the campaign names no sale; null
 * otherwise. Only the launch can name the sale.
 */
export async function checkNearbySaleGate(
  letters: readonly StepLetter[],
  namesSale: () => Promise<boolean>,
): Promise<AppError | null> {
  const telling = letters.find((letter) => listVariablePaths(letter).has(nearbySaleVariablePath));
  if (telling === undefined || (await namesSale())) return null;
  const reason = { code: "saleNotNamed", stepNumber: telling.stepNumber } as const;
  return createGateError(reason, { fields: [["nearbySale", reason]] });
}
