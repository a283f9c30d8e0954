import {
  describeReasonNotAdded,
  describeRowFault,
  type LeftOutVerdict,
  leftOutVerdictTexts,
} from "../../words/add-people.ts";
import { say } from "../../words/say.ts";
import type { CheckedPerson } from "./checking.ts";
import type { NewPerson, RowFault } from "./file/people.ts";

/** A person or a row that is not added, with the reason (`why`). */
export type LeftOutEntry = { line: number | null; verdict: LeftOutVerdict; who: string; why: string };

/** Returns the known parts of a person's name and email address as one text. */
export function formatPerson({ input }: NewPerson): string {
  const { fullName, firstName, lastName, email } = input;
  const name = fullName ?? [firstName, lastName].filter(Boolean).join(" ");
  return [name, email].filter(Boolean).join(" · ");
}

type Sources = {
  faults: readonly RowFault[];
  repeated: readonly { person: NewPerson; first: number | null }[];
  checked: readonly CheckedPerson[];
};

/** Returns all people and rows that are left out, in the order of the file. */
export function listLeftOutEntries({ faults, repeated, checked }: Sources): LeftOutEntry[] {
  const rows = faults.map(
    (fault): LeftOutEntry => ({ line: fault.line, verdict: "faulty", who: "", why: describeRowFault(fault) }),
  );
  const twice = repeated.map(({ person, first }): LeftOutEntry => {
    const why =
      first === null
        ? leftOutVerdictTexts.repeated
        : say("The same person is on line {line}", { line: first });
    return { line: person.line, verdict: "repeated", who: formatPerson(person), why };
  });
  const refused = checked.flatMap(({ person, check }): LeftOutEntry[] => {
    const { verdict } = check;
    if (verdict === "ready" || verdict === "waitingForEmail") return [];
    return [{ line: person.line, verdict, who: formatPerson(person), why: describeReasonNotAdded(check) }];
  });
  return [...rows, ...twice, ...refused].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/**
 * Counts the people who are left out for each verdict (the kind of reason). The largest group comes
 * first.
 */
export function countLeftOutByVerdict(leftOut: readonly LeftOutEntry[]): [LeftOutVerdict, number][] {
  const counts = new Map<LeftOutVerdict, number>();
  for (const { verdict } of leftOut) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}
