import { z } from "zod";
import { emailRates, emailStats } from "./analytics.ts";
import { instant } from "./primitives.ts";
import { settlingOutcomes } from "./vocabulary.ts";

/** The ways in which the figures of an office can be grouped. */
export const analyticsGroupings = [
  "day",
  "weekday",
  "hour",
  "step",
  "variant",
  "sequence",
  "sender",
  "agent",
  "source",
] as const;
export type AnalyticsGrouping = (typeof analyticsGroupings)[number];

/** The most days that one request can cover. */
export const maxAnalyticsDays = 366;

/**
 * A question about the emails that an office sent on the days from `from` to `to`, both included.
 * What came of an email counts for the day on which the email was sent, in its sender's time zone.
 */
export const analyticsQuery = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    by: z.enum(analyticsGroupings).default("day"),
    agentId: z.string().max(200).optional(),
    senderId: z.coerce.number().int().positive().optional(),
    sequenceId: z.string().max(60).optional(),
  })
  .strict();
export type AnalyticsQuery = z.infer<typeof analyticsQuery>;

/** How many people had each outcome, as agents recorded it. */
export const outcomeCounts = z.object(
  Object.fromEntries(settlingOutcomes.map((name) => [name, z.number().int().nonnegative()])) as Record<
    (typeof settlingOutcomes)[number],
    z.ZodNumber
  >,
);
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

const figures = { stats: emailStats, rates: emailRates, outcomes: outcomeCounts };

/**
 * The figures of one group. `key`: a date, a weekday from 1 (Monday) to 7, an hour from 0 to 23, a
 * step number, a wording (A, B … or `else`), or the id of a sequence, sender, agent or source;
 * empty for emails without one. `name`: what people call it; null if the key says it all.
 */
export const analyticsGroup = z.object({ key: z.string(), name: z.string().nullable(), ...figures });
export type AnalyticsGroup = z.infer<typeof analyticsGroup>;

/** A value by which the figures can be filtered. `name`: what people call it; null if unknown. */
export const analyticsChoice = z.object({ id: z.string(), name: z.string().nullable() });
export type AnalyticsChoice = z.infer<typeof analyticsChoice>;

/** Rates are shares of the emails sent, and null where they cannot be known. */
export const officeAnalytics = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(analyticsGroupings),
  /** When the figures were counted. They are kept for a minute. */
  countedAt: instant,
  total: z.object(figures),
  groups: z.array(analyticsGroup),
  /** The agents and sequences with emails on these days, whatever the filters are. */
  choices: z.object({ agents: z.array(analyticsChoice), sequences: z.array(analyticsChoice) }),
});
export type OfficeAnalytics = z.infer<typeof officeAnalytics>;

/** The days to count again, both included. */
export const figuresRebuildInput = z.object({ from: z.iso.date(), to: z.iso.date() }).strict();

/** `drift`: the number of stored figures that differed from the recount. */
export const figuresRebuild = z.object({
  days: z.number().int(),
  rows: z.number().int(),
  drift: z.number().int(),
});
export type FiguresRebuild = z.infer<typeof figuresRebuild>;
