import {
  describeCheck,
  describeRowFault,
  type LeftOutVerdict,
  verdictTexts,
} from "../../words/add-people.ts";
import { say } from "../../words/say.ts";
import type { CheckedPerson } from "./checking.ts";
import type { NewPerson, RowFault } from "./file/people.ts";

/** A person or a row that is not added, with the reason (`why`). */
export type LeftOut = { line: number | null; verdict: LeftOutVerdict; who: string; why: string };

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
export function listLeftOut({ faults, repeated, checked }: Sources): LeftOut[] {
  const rows = faults.map(
    (fault): LeftOut => ({ line: fault.line, verdict: "faulty", who: "", why: describeRowFault(fault) }),
  );
  const twice = repeated.map(({ person, first }): LeftOut => {
    const why =
      first === null ? verdictTexts.repeated : say("The same person is on line {line}", { line: first });
    return { line: person.line, verdict: "repeated", who: formatPerson(person), why };
  });
  const refused = checked.flatMap(({ person, check }): LeftOut[] => {
    const { verdict } = check;
    if (verdict === "ready" || verdict === "waitingForEmail") return [];
    return [{ line: person.line, verdict, who: formatPerson(person), why: describeCheck(check) }];
  });
  return [...rows, ...twice, ...refused].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/**
 * Counts the people who are left out for each verdict (the kind of reason). The largest group comes
 * first.
 */
export function countLeftOut(leftOut: readonly LeftOut[]): [LeftOutVerdict, number][] {
  const counts = new Map<LeftOutVerdict, number>();
  for (const { verdict } of leftOut) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}
