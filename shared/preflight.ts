import { z } from "zod";
import { gateReason } from "./gate-reason.ts";
import { listingFinding } from "./listing-finding.ts";
import { id, instant } from "./primitives.ts";
import { otherCampaign } from "./recipient.ts";
import { holdReasons, preflightVerdicts, skipReasons, stopReasons } from "./vocabulary.ts";

/** The forecast of one recipient's next email, if the campaign were launched or resumed now. */
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
   * The variables with neither a value nor a fallback, in all of the recipient's emails still to
   * come.
   */
  missingVariables: z.array(z.string()),
  /**
   * The time of the next email; null if no email is to be sent. The emails of earlier recipients go
   * first, at the sender's real pace.
   */
  sendAt: instant.nullable(),
});
export type PreflightRecipient = z.infer<typeof preflightRecipient>;

/** A detail of the office or a sender. `reason` has the facts that `message` words. */
const fieldFault = z.object({ field: z.string(), message: z.string(), reason: gateReason });

export const preflight = z.object({
  /** The details, by field, that the office has to fill in before a launch is accepted. */
  blockers: z.array(fieldFault),
  /**
   * The details, by field, that a person should look at before the launch. These details do not
   * prevent the launch.
   */
  warnings: z.array(fieldFault),
  items: z.array(preflightRecipient),
  nextCursor: z.string().nullable(),
  /** The totals of the recipients on this page. */
  totals: z.object({ willSend: z.number().int(), held: z.number().int(), blocked: z.number().int() }),
  /**
   * The sender's day on which this page's first email is sent, hour by hour; null if no email is to
   * be sent.
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
