import { z } from "zod";
import { gateReason } from "./gate-reason.ts";
import { listingFinding } from "./listing-finding.ts";
import { errorCodes } from "./vocabulary.ts";

/**
 * The body of every answer that is not 2xx, except answers to webhooks. `fields` maps a dotted path
 * in the request to the fault in that field.
 */
export const apiError = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    /**
     * The code and the facts behind `message`, if a gate (a check before a launch) refused the
     * request.
     */
    reason: gateReason.optional(),
    /** The codes and the facts behind the texts in `fields`, if a gate refused the request. */
    fieldReasons: z.record(z.string(), gateReason).optional(),
    /** The homes to whose owners the listing guard forbids emails, at most 20. */
    findings: z.array(listingFinding.extend({ propertyId: z.string().nullable() })).optional(),
    requestId: z.string(),
  }),
});
export type ApiError = z.infer<typeof apiError>;
