import { z } from "zod";
import { emailAddress, id, instant, line } from "./primitives.ts";
import { otherCampaign } from "./recipient.ts";
import { limits, refusalKinds, suppressionReasons } from "./vocabulary.ts";

/** The contacts of one property whom an agent thinks of writing to. */
export const contactHistoryInput = z
  .object({
    contacts: z
      .array(
        z
          .object({
            /**
             * Any text is taken, so that one odd address does not keep the others from being
             * checked.
             */
            email: z
              .union([
                emailAddress,
                z
                  .string()
                  .max(limits.emailLength * 2)
                  .trim()
                  .toLowerCase(),
              ])
              .nullable()
              .default(null),
            /** The host's key. It finds what was sent to an earlier address of the contact. */
            contactKey: line(100).optional(),
          })
          .strict(),
      )
      .max(limits.recipientsPerRequest),
  })
  .strict();
export type ContactHistoryInput = z.input<typeof contactHistoryInput>;

/** A person's no at a property. */
export const refusal = z.object({
  kind: z.enum(refusalKinds),
  name: z.string(),
  email: z.string(),
  refusedAt: instant,
  note: z.string().nullable(),
});
export type Refusal = z.infer<typeof refusal>;

/** A person's last answer. `firstWords` is null if the session may not see that property. */
export const contactAnswer = z.object({
  name: z.string(),
  email: z.string().nullable(),
  answeredAt: instant,
  firstWords: z.string().nullable(),
  campaignId: id,
  campaignName: z.string(),
});
export type ContactAnswer = z.infer<typeof contactAnswer>;

/** What is known of one contact. Null and false mean that there is nothing to say. */
export const contactMarks = z.object({
  suppressed: z.object({ reason: z.enum(suppressionReasons), since: instant }).nullable(),
  /** The contact opted out, complained, said no or was the wrong person at this property. */
  refusedHere: refusal.nullable(),
  answered: contactAnswer.nullable(),
  /** The emails of all campaigns of the office, and the sender of the last. */
  emailed: z.object({ count: z.number().int(), lastAt: instant, lastFrom: z.string() }).nullable(),
  /** The campaign that still writes to them, or to their property. */
  otherCampaign: otherCampaign.nullable(),
  bounced: z.boolean(),
  /** A launch to this contact is refused unless a team lead overrides the refusals. */
  isClosed: z.boolean(),
});
export type ContactMarks = z.infer<typeof contactMarks>;

/** The memory of a property: one entry of `contacts` for each contact asked about, in order. */
export const contactHistory = z.object({
  contacts: z.array(contactMarks),
  /** The refusals that close the property: nobody there may be written to. */
  closedBy: z.array(refusal),
  /** The answers of anybody at this property since its owners last changed, the newest first. */
  answers: z.array(contactAnswer),
  /** If true, this session may launch in spite of `closedBy`, with a note. */
  mayOverride: z.boolean(),
});
export type ContactHistory = z.infer<typeof contactHistory>;
