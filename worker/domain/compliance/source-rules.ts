import { limits } from "../../../shared/limits.ts";
import type { SourceRuleSettings } from "../../../shared/source-rule.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";

/** The rule for campaigns to people whom the office knows from one source. */
export type SourceRule = { needsApproval: boolean; waitDays: number; mostEmails: number | null };

const ordinary: SourceRule = { needsApproval: false, waitDays: 0, mostEmails: null };

/**
 * The product's own rules. No law asks for a wait after a filing, but the waits spare people in a
 * hard time.
 */
const productRules: Partial<Record<RecipientSource, SourceRule>> = {
  probate: { needsApproval: true, waitDays: limits.probateWaitDays, mostEmails: limits.filingEmails },
  preForeclosure: {
    needsApproval: true,
    waitDays: limits.preForeclosureWaitDays,
    mostEmails: limits.filingEmails,
  },
};

export function findSourceRule(source: RecipientSource, settings: SourceRuleSettings): SourceRule {
  const { needsApproval, waitDays, mostEmails } = settings[source] ?? {};
  const own = productRules[source] ?? ordinary;
  return {
    needsApproval: needsApproval ?? own.needsApproval,
    waitDays: waitDays ?? own.waitDays,
    mostEmails: mostEmails === undefined ? own.mostEmails : mostEmails,
  };
}

/** Returns the sources in `sources` that need a team lead's approval, without duplicates. */
export function listSourcesToApprove(
  sources: readonly RecipientSource[],
  settings: SourceRuleSettings,
): RecipientSource[] {
  return recipientSources.filter(
    (source) => sources.includes(source) && findSourceRule(source, settings).needsApproval,
  );
}

/** Returns the wait in days of every source that has a wait. */
export function listSourceWaits(settings: SourceRuleSettings): Partial<Record<RecipientSource, number>> {
  const waits = recipientSources.map(
    (source) => [source, findSourceRule(source, settings).waitDays] as const,
  );
  return Object.fromEntries(waits.filter(([, days]) => days > 0));
}

export type SourcedPerson = { source: RecipientSource; sourceDate: string | null; consent: unknown };

/**
 * Returns when the first email to a person may go. Without the date of the record, the wait counts
 * from when the person was added. The result is 0 if the email may go at any time.
 * `sourceWaitEndSql` in db/campaign-status.ts states the same rule in SQL.
 */
export function getSourceWaitEnd(
  person: SourcedPerson,
  addedAt: number,
  settings: SourceRuleSettings,
): number {
  const { waitDays } = findSourceRule(person.source, settings);
  if (waitDays === 0 || person.consent !== null) return 0;
  const recordedAt = person.sourceDate === null ? addedAt : Date.parse(person.sourceDate);
  return recordedAt + waitDays * dayMs;
}

/** Tells whether a person has got as many emails of a campaign as the person's source allows. */
export function hasReachedSourceLimit(
  person: SourcedPerson,
  emailsSent: number,
  settings: SourceRuleSettings,
): boolean {
  const { mostEmails } = findSourceRule(person.source, settings);
  return person.consent === null && mostEmails !== null && emailsSent >= mostEmails;
}
