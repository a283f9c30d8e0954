import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant, singleLine, stateCode } from "./primitives.ts";

/**
 * The query of a request that imports a do-not-solicit list; the body has the list's lines. The new
 * list replaces an earlier list of the same name.
 */
export const doNotSolicitImportQuery = z
  .object({
    name: singleLine(limits.listNameLength),
    /** The state of the homes on the list. */
    state: stateCode,
    /** The city, if the list covers only one city. */
    city: singleLine(limits.nameLength).optional(),
    /** The date printed on the list. */
    asOf: z.iso.date(),
  })
  .strict();

/** A list that an office has imported: homes or zones whose owners must not be asked to sell. */
export const doNotSolicitList = z.object({
  id,
  name: z.string(),
  state: z.string(),
  city: z.string().nullable(),
  asOf: z.string(),
  /**
   * True if the list is so old that the Worker refuses launches in its area until a newer import.
   */
  isOld: z.boolean(),
  lines: z.number().int(),
  importedAt: instant,
  importedBy: z.string(),
});
export type DoNotSolicitList = z.infer<typeof doNotSolicitList>;
