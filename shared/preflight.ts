import { z } from "zod";
import { gateFault } from "./gate-reason.ts";
import { listingFinding } from "./listing-finding.ts";
import { id, instant } from "./primitives.ts";
import { otherCampaign } from "./recipient.ts";
import { holdReasons, preflightVerdicts, skipReasons, stopReasons } from "./vocabulary.ts";

/** The forecast of one recipient's next email, for a launch or a resume at this moment. */
export const preflightRecipient = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  stepNumber: z.number().int(),
  verdict: z.enum(preflightVerdicts),
  /**
   * The reason for the verdict; null if the recipient's email will be sent, or if the recipient has
   * finished the campaign.
   */
  reason: z.enum([...new Set([...holdReasons, ...skipReasons, ...stopReasons])]).nullable(),
  message: z.string(),
  otherCampaign: otherCampaign.nullable(),
  /**
   * The finding of the listing guard if the guard keeps this recipient from getting the email;
   * otherwise null.
   */
  listing: listingFinding.nullable(),
  /**
   * The variables with neither a value nor a fallback, in all emails that the recipient has not got
   * yet.
   */
  missingVariables: z.array(z.string()),
  /**
   * The time of the next email; null if no email is planned. The emails of earlier recipients go
   * first, at the sender's real pace.
   */
  sendAt: instant.nullable(),
});
export type PreflightRecipient = z.infer<typeof preflightRecipient>;

export const preflight = z.object({
  /** The faults, by field, that the office has to correct before the Worker accepts a launch. */
  blockers: z.array(gateFault),
  /**
   * The faults, by field, that a person should look at before the launch. These faults do not
   * prevent the launch.
   */
  warnings: z.array(gateFault),
  items: z.array(preflightRecipient),
  nextCursor: z.string().nullable(),
  /** The totals of the recipients on this page. */
  totals: z.object({ willSend: z.number().int(), held: z.number().int(), blocked: z.number().int() }),
  /**
   * The first day on which the recipients of this page get emails, with the number of emails in
   * each hour; null if no email is planned.
   */
  firstDay: z
    .object({
      firstAt: instant,
      lastAt: instant,
      emails: z.number().int(),
      hours: z.array(z.object({ startsAt: instant, emails: z.number().int() })),
    })
    .nullable(),
});
export type Preflight = z.infer<typeof preflight>;
