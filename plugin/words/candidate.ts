import type { LaunchCandidate, ReasonAgainstCandidate } from "../session/launch-candidates.ts";
import { formatCount, say, translatedTable } from "./say.ts";

const reasonTexts = translatedTable<ReasonAgainstCandidate>({
  fault: "to correct",
  noEmail: "without an email address",
  wrongEmail: "with a wrong email address",
  sameEmail: "sharing an address",
  suppressed: "on your office’s do-not-email list",
  refused: "at a home that said no",
  known: "emailed before",
});

/** Returns the line above a long list: "8 of 23 selected · 2 without an email address". */
export function describeCandidateCounts(candidates: readonly LaunchCandidate[]): string {
  const counts = new Map<ReasonAgainstCandidate, number>();
  for (const { reason } of candidates) {
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const selected = candidates.filter(({ isSelected }) => isSelected).length;
  return [
    say("{selected} of {all} selected", { selected, all: candidates.length }),
    ...[...counts].map(([reason, count]) => `${count} ${reasonTexts[reason]}`),
  ].join(" · ");
}

/** The most people whose names a line has. */
const namesShown = 8;

/** Returns the people's names in one line. Of many people, the line only counts the rest. */
export function formatNames(people: readonly { name: string }[]): string {
  const names = people.slice(0, namesShown).map(({ name }) => name);
  const others = people.length - names.length;
  if (others === 0) return names.join(", ");
  return `${names.join(", ")}${say(" and ")}${formatCount(others, "more person", "more people")}`;
}

/** Tells whether a contact's name or email address contains the text, in upper or lower case. */
export function matchesCandidate({ contact }: LaunchCandidate, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  return `${contact.name} ${contact.email ?? ""}`.toLocaleLowerCase().includes(wanted);
}
