import { z } from "zod";
import { id, instant } from "./primitives.ts";
import { otherCampaign } from "./recipient.ts";
import { holdReasons, preflightVerdicts, skipReasons, stopReasons } from "./vocabulary.ts";

/** What a campaign's next email comes to for one recipient, if it were launched or resumed now. */
export const preflightRecipient = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  stepNumber: z.number().int(),
  verdict: z.enum(preflightVerdicts),
  /** Null for those who will be sent to, and for those who are through with the campaign. */
  reason: z.enum([...new Set([...holdReasons, ...skipReasons, ...stopReasons])]).nullable(),
  message: z.string(),
  otherCampaign: otherCampaign.nullable(),
  /** Of all their emails still to come: variables with neither a value nor a fallback. */
  missingVariables: z.array(z.string()),
  /** At the sender's real pace, behind everybody before them; null where nothing is to go. */
  sendAt: instant.nullable(),
});
export type PreflightRecipient = z.infer<typeof preflightRecipient>;

export const preflight = z.object({
  /** What the office has to fill in before anything can be sent, by field; nothing is launched before. */
  blockers: z.array(z.object({ field: z.string(), message: z.string() })),
  items: z.array(preflightRecipient),
  nextCursor: z.string().nullable(),
  /** Of the recipients on this page. */
  totals: z.object({ willSend: z.number().int(), held: z.number().int(), blocked: z.number().int() }),
  /** The sender's day on which this page's first email goes, hour by hour; null where none goes. */
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
