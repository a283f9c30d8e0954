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

/** The greatest number of days that one request can cover. */
export const maxAnalyticsDays = 366;

/**
 * A query for the emails that an office sent on the days from `from` to `to`, both included. The
 * reactions to an email count for the day on which the email was sent, in its sender's time zone.
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

/**
 * The number of people with each outcome that agents recorded. A later stage also counts for the
 * earlier stages: a listing counts as an appointment, and both count as interested.
 */
export const outcomeCounts = z.object(
  Object.fromEntries(settlingOutcomes.map((name) => [name, z.number().int().nonnegative()])) as Record<
    (typeof settlingOutcomes)[number],
    z.ZodNumber
  >,
);
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

const figures = { stats: emailStats, rates: emailRates, outcomes: outcomeCounts };

/**
 * The figures of one group. `key` is a date, a weekday from 1 (Monday) to 7, an hour from 0 to 23,
 * a step number, a wording (A, B … or `else`), or the id of a sequence, sender, agent or source;
 * empty for emails without such a key. `name` is the key's name for people; null if the key needs
 * no name.
 */
export const analyticsGroup = z.object({ key: z.string(), name: z.string().nullable(), ...figures });
export type AnalyticsGroup = z.infer<typeof analyticsGroup>;

/** A value for a filter of the figures. `name` is the value's name for people; null if unknown. */
export const analyticsFilterChoice = z.object({ id: z.string(), name: z.string().nullable() });
export type AnalyticsFilterChoice = z.infer<typeof analyticsFilterChoice>;

/** The figures of an office. Rates are shares of the emails sent; an unknown rate is null. */
export const officeAnalytics = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(analyticsGroupings),
  /** The time at which the figures were counted. The figures are stored for a minute. */
  countedAt: instant,
  total: z.object(figures),
  groups: z.array(analyticsGroup),
  /** The agents and sequences with emails on these days, regardless of the filters. */
  choices: z.object({ agents: z.array(analyticsFilterChoice), sequences: z.array(analyticsFilterChoice) }),
});
export type OfficeAnalytics = z.infer<typeof officeAnalytics>;

/** The days whose figures are to be counted again: from `from` to `to`, both included. */
export const figuresRebuildInput = z.object({ from: z.iso.date(), to: z.iso.date() }).strict();

/**
 * The result of counting the figures again. `rows`: the number of counted figures. `drift`:
 * the number of stored figures that differed from the recount.
 */
export const figuresRebuildResult = z.object({
  days: z.number().int(),
  rows: z.number().int(),
  drift: z.number().int(),
});
export type FiguresRebuildResult = z.infer<typeof figuresRebuildResult>;
