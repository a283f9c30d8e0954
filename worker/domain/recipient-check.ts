import type { GateReason } from "../../shared/gate-reason.ts";
import type { RecipientCheck } from "../../shared/recipient-check.ts";
import { describeGateReason } from "../../shared/words/english-gate-texts.ts";

/**
 * What is known about a person who may be added to a campaign. A field with a reason is null if no
 * reason of that kind forbids adding the person.
 */
export type NewPersonFacts = {
  hasAddress: boolean;
  isRepeated: boolean;
  isThere: boolean;
  isSuppressed: boolean;
  refusal: GateReason | null;
  listing: GateReason | null;
  doNotSolicit: GateReason | null;
  source: GateReason | null;
};

/**
 * Returns what adding a person would do. If several facts forbid adding the person, the result
 * names the first fact in the order of the checks below.
 */
export function judgeNewPerson(facts: NewPersonFacts): RecipientCheck {
  if (facts.isRepeated) return { verdict: "repeated" };
  if (facts.isThere) return { verdict: "alreadyThere" };
  if (facts.isSuppressed) return { verdict: "suppressed" };
  if (facts.refusal !== null) return refuse("refused", facts.refusal);
  if (facts.listing !== null) return refuse("listed", facts.listing);
  if (facts.doNotSolicit !== null) return refuse("doNotSolicit", facts.doNotSolicit);
  if (facts.source !== null) return refuse("needsLead", facts.source);
  return { verdict: facts.hasAddress ? "ready" : "waitingForEmail" };
}

const refuse = (verdict: RecipientCheck["verdict"], reason: GateReason): RecipientCheck => ({
  verdict,
  reason,
  message: describeGateReason(reason),
});

/**
 * Returns the indexes of the people who already appear earlier in the list. People without an email
 * address are compared by the host's contact key. A person without both counts as new.
 */
export function findRepeatedPeople(
  people: readonly { email: string | null; contactKey: string | null }[],
): Set<number> {
  const seen = new Set<string>();
  const repeated = new Set<number>();
  people.forEach(({ email, contactKey }, index) => {
    if (email === null && contactKey === null) return;
    const key = email ?? `key ${contactKey}`;
    if (seen.has(key)) repeated.add(index);
    seen.add(key);
  });
  return repeated;
}

/**
 * Groups faults of a request's people by person.
 * @param fields the faults, by paths such as `recipients.3.email`
 * @returns for the index of each person with faults, the faults by path, such as `email`
 */
export function groupFaultsByPerson(
  fields: Readonly<Record<string, string>>,
): Map<number, Record<string, string>> {
  const groups = new Map<number, Record<string, string>>();
  for (const [path, fault] of Object.entries(fields)) {
    const [, index, field] = /^recipients\.(\d+)\.(.+)$/.exec(path) ?? [];
    if (index === undefined || field === undefined) continue;
    groups.set(Number(index), { ...groups.get(Number(index)), [field]: fault });
  }
  return groups;
}
