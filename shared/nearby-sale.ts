import { z } from "zod";
import { limits } from "./limits.ts";
import { singleLine } from "./primitives.ts";
import { saleRoles } from "./vocabulary.ts";

/**
 * The sale that a letter tells a neighbor about. Only a brokerage that took part in a sale may call
 * the sale its own, and only after the closing. The rule is Standard of Practice 12-7 of the NAR
 * Code of Ethics.
 */
export const nearbySale = z
  .object({
    /** The street address of the home that was sold. */
    address: singleLine(limits.nameLength),
    /** The part that the sender's office played in the sale. */
    role: z.enum(saleRoles),
    /** The closing date, as YYYY-MM-DD. */
    closedOn: z.iso.date(),
    /**
     * The place where the sale is on record. The field is required if the office had no part in the
     * sale.
     */
    source: singleLine(limits.nameLength).optional(),
  })
  .strict()
  .refine(({ role, source }) => role !== "neither" || source !== undefined, {
    message: "is required for another brokerage's sale",
    path: ["source"],
  });
export type NearbySale = z.infer<typeof nearbySale>;
