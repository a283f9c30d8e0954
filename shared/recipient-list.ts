import { z } from "zod";
import { limits } from "./limits.ts";
import { singleLine, timeZone } from "./primitives.ts";
import { campaignRecipient } from "./recipient.ts";
import { filterableOutcomes, recipientHolds, recipientSorts, recipientStatuses } from "./vocabulary.ts";

const stepNumberText = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, "must be the number of a step")
  .transform(Number);

/**
 * The query fields that narrow the list of a campaign's recipients. A recipient must match every
 * given field.
 */
export const recipientFilterFields = {
  status: z.enum(recipientStatuses).optional(),
  /**
   * Words that must all occur in the name, the address, the home's address or the property's id.
   */
  q: singleLine(limits.searchLength).optional(),
  outcome: z.enum(filterableOutcomes).optional(),
  /** The number of the recipient's next step. */
  step: stepNumberText.optional(),
  heldReason: z.enum(recipientHolds).optional(),
  /** The first and the last day on which the recipients were added, as YYYY-MM-DD. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** The IANA zone in which these days begin and end; UTC if left out. */
  zone: timeZone.optional(),
};

/** A filter of a campaign's recipients in a JSON body, with the same fields as the query. */
export const recipientFilterInput = z.object(recipientFilterFields).strict();
export type RecipientFilterInput = z.input<typeof recipientFilterInput>;
export type RecipientListFilter = z.output<typeof recipientFilterInput>;

/** The query fields that set the order of a list of recipients and the contents of the answer. */
export const recipientListFields = {
  ...recipientFilterFields,
  sort: z.enum(recipientSorts).optional(),
  /** `true`: the answer has an overview of all matches. */
  overview: z.enum(["true"]).optional(),
  /** The ids of the recipients to return, in this order. With `ids`, no other field is allowed. */
  ids: z
    .string()
    .regex(/^[1-9]\d{0,15}(,[1-9]\d{0,15})*$/, "must be ids, separated by commas")
    .transform((text) => text.split(",").map(Number))
    .pipe(z.array(z.number()).max(limits.pageSize, `must be at most ${limits.pageSize} ids`))
    .optional(),
};

const count = z.number().int();

/**
 * The overview of a list of recipients. `total` and `ids` describe all matches, in the list's
 * order. The counts describe the whole campaign, regardless of the filter.
 */
export const recipientOverview = z.object({
  total: count,
  ids: z.array(z.number().int()),
  people: count,
  statuses: z.record(z.enum(recipientStatuses), count),
  outcomes: z.record(z.enum(filterableOutcomes), count),
  holds: z.record(z.enum(recipientHolds), count),
  /** The numbers of people whose next step is this step, in the order of the steps' numbers. */
  steps: z.array(z.object({ stepNumber: z.number().int(), people: count })),
});
export type RecipientOverview = z.infer<typeof recipientOverview>;

/**
 * A page of a campaign's recipients. `overview` is null unless the request asks for the overview.
 */
export const recipientList = z.object({
  items: z.array(campaignRecipient),
  nextCursor: z.string().nullable(),
  overview: recipientOverview.nullable(),
});
export type RecipientList = z.infer<typeof recipientList>;
