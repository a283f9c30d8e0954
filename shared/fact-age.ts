import { z } from "zod";
import { limits } from "./limits.ts";

const days = z.number().int().min(1).max(limits.factAgeDaysMost).optional();

/**
 * The greatest age in days of the values that the host keeps current, by variable. An email that
 * reads an older value waits for a newer report about the property. A variable that is left out may
 * have any age.
 */
export const maxFactAgeDays = z
  .object({ "property.listPrice": days, "property.standardStatus": days })
  .strict();
export type MaxFactAgeDays = z.infer<typeof maxFactAgeDays>;
