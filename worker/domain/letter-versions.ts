import type { SequenceLetter, SequenceStep } from "../../shared/sequence.ts";

/**
 * The place of a letter in its sequence: a step's main email, or the else email that goes if the
 * step's conditions do not hold.
 */
export type LetterPlace = { stepId: number; isElse: boolean };

/** A letter that a change replaces, and the letter that takes its place. */
export type ReplacedLetter = LetterPlace & { letter: SequenceLetter; next: SequenceLetter };

type PlacedLetter = LetterPlace & { letter: SequenceLetter };

function listLetters(steps: readonly SequenceStep[]): PlacedLetter[] {
  return steps.flatMap((step): PlacedLetter[] => {
    if (step.kind === "task") return [];
    const { id: stepId, letter, elseEmail } = step;
    const first = { stepId, isElse: false, letter };
    return elseEmail === undefined ? [first] : [first, { stepId, isElse: true, letter: elseEmail.letter }];
  });
}

const isAtPlace = (one: LetterPlace) => (other: LetterPlace) =>
  one.stepId === other.stepId && one.isElse === other.isElse;

export const isEmptyLetter = ({ subject, bodyHtml }: SequenceLetter) => subject === "" && bodyHtml === "";

const isSameLetter = (one: SequenceLetter, other: SequenceLetter) =>
  one.subject === other.subject &&
  one.preheader === other.preheader &&
  one.bodyHtml === other.bodyHtml &&
  one.bodyText === other.bodyText;

/** Returns the letters that a change of a sequence's steps replaces with other letters. */
export function listReplacedLetters(
  before: readonly SequenceStep[],
  after: readonly SequenceStep[],
): ReplacedLetter[] {
  const now = listLetters(after);
  return listLetters(before).flatMap(({ letter, ...place }): ReplacedLetter[] => {
    const next = now.find(isAtPlace(place))?.letter;
    return next === undefined || isSameLetter(letter, next) ? [] : [{ ...place, letter, next }];
  });
}

/**
 * Returns the places at which a change begins a new, empty letter. Versions that are stored for
 * such a place belong to a deleted step that had the same id.
 */
export function listNewLetterPlaces(
  before: readonly SequenceStep[],
  after: readonly SequenceStep[],
): LetterPlace[] {
  const earlier = listLetters(before);
  return listLetters(after).flatMap(({ letter, ...place }) =>
    isEmptyLetter(letter) && !earlier.some(isAtPlace(place)) ? [place] : [],
  );
}

/** The agent who saved a letter, and the time. Both are null for a preset's original letter. */
export type LetterAuthor = { savedBy: string | null; savedAt: number | null };

/** A replaced letter, the agent who replaced the letter, and the time. */
export type StoredLetterVersion = { letter: SequenceLetter; replacedBy: string; replacedAt: number };

/**
 * Returns the author of each version. The author is the agent who replaced the previous version.
 * Leaves out the empty letter with which a step begins.
 * @param stored the versions, the newest first
 * @param first the agent who made the sequence, and the time
 */
export function findVersionAuthors(
  stored: readonly StoredLetterVersion[],
  first: LetterAuthor,
): { current: LetterAuthor; versions: (LetterAuthor & { id: number; letter: SequenceLetter })[] } {
  const authors = stored.map(
    ({ replacedBy, replacedAt }): LetterAuthor => ({ savedBy: replacedBy, savedAt: replacedAt }),
  );
  const versions = stored.map(({ letter, replacedAt }, index) => ({
    id: replacedAt,
    ...(authors[index + 1] ?? first),
    letter,
  }));
  return { current: authors[0] ?? first, versions: versions.filter(({ letter }) => !isEmptyLetter(letter)) };
}
