import { z } from "zod";
import { limits } from "./limits.ts";
import { emailAddress, id, instant, singleLine } from "./primitives.ts";
import { otherCampaign } from "./recipient.ts";
import { refusal } from "./refusal.ts";
import { suppressionReasons } from "./vocabulary.ts";

/** The contacts of one property to whom an agent may want to write. */
export const contactHistoryInput = z
  .object({
    contacts: z
      .array(
        z
          .object({
            /**
             * Any text is accepted, so that a malformed address does not prevent the check of the
             * other contacts.
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
            /**
             * The host's key of the contact. The key finds emails to an earlier address of the
             * contact.
             */
            contactKey: singleLine(100).optional(),
          })
          .strict(),
      )
      .max(limits.recipientsPerRequest),
  })
  .strict();
export type ContactHistoryInput = z.input<typeof contactHistoryInput>;

/**
 * A person's last answer. The words and the campaign are null if the session may not see the
 * property of the answer.
 */
export const contactAnswer = z.object({
  name: z.string(),
  email: z.string().nullable(),
  answeredAt: instant,
  firstWords: z.string().nullable(),
  campaignId: id.nullable(),
  campaignName: z.string().nullable(),
});
export type ContactAnswer = z.infer<typeof contactAnswer>;

/** The known facts about one contact. Null and false mean that no such fact is known. */
export const contactFacts = z.object({
  suppressed: z.object({ reason: z.enum(suppressionReasons), since: instant }).nullable(),
  /**
   * The contact's refusal at this property, such as an opt-out or a complaint; null without a
   * refusal.
   */
  refusedHere: refusal.nullable(),
  answered: contactAnswer.nullable(),
  /**
   * The number of emails from all campaigns of the office, with the time and sender of the last
   * email.
   */
  emailed: z.object({ count: z.number().int(), lastAt: instant, lastFrom: z.string() }).nullable(),
  /** The other campaign that still writes to the contact or, failing that, to the property. */
  otherCampaign: otherCampaign.nullable(),
  bounced: z.boolean(),
  /** When the contact answered about another home, if nobody has decided what the answer means. */
  undecidedElsewhere: instant.nullable(),
  /**
   * True if the Worker refuses a launch to this contact unless a team lead overrides the refusals.
   */
  isClosed: z.boolean(),
});
export type ContactFacts = z.infer<typeof contactFacts>;

/**
 * The history of a property. `contacts` has one entry for each contact of the request, in order.
 */
export const contactHistory = z.object({
  contacts: z.array(contactFacts),
  /** The refusals that close the property. Emails to anybody at a closed property are forbidden. */
  closedBy: z.array(refusal),
  /**
   * The answers of all people at this property since its last change of owners, the newest first.
   */
  answers: z.array(contactAnswer),
  /** If true, this session may launch with a note, despite `closedBy`. */
  mayOverride: z.boolean(),
});
export type ContactHistory = z.infer<typeof contactHistory>;
