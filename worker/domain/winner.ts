import { limits } from "../../shared/limits.ts";
import { hourMs } from "../../shared/time-lengths.ts";

/** The number of emails sent in one wording, and how many of these emails got a reply. */
export type ReplyCount = { sent: number; replied: number };

/** The fewest emails that each of two wordings needs for a comparison. */
const leastSent = 30;
/**
 * A comparison needs, for each wording, an expected count of at least this many emails with a reply
 * and at least this many emails without a reply. With smaller counts, the z-test's normal
 * distribution does not fit.
 */
const leastExpected = 5;
/** The two-sided 5 % point of the standard normal distribution. */
const criticalZ = 1.959964;

/**
 * Returns the index of the wording with clearly more replies per email than every other wording, or
 * null. "Clearly" means that a two-proportion z-test gives p < 0.05:
 *
 *     z = (p1 − p2) / √( p (1 − p) (1/n1 + 1/n2) ),  p = (x1 + x2) / (n1 + n2)
 *
 * NIST/SEMATECH e-Handbook of Statistical Methods, §7.3.3. Somebody who looks at the result every
 * day sees a winner by chance more often than one time in twenty.
 */
export function findClearWinner(variants: readonly ReplyCount[]): number | null {
  const bestIndex = findLeader(variants);
  const best = bestIndex === null ? undefined : variants[bestIndex];
  if (best === undefined || variants.length < 2) return null;
  return variants.every((other, index) => index === bestIndex || isClearlyMore(best, other))
    ? bestIndex
    : null;
}

function isClearlyMore(one: ReplyCount, other: ReplyCount): boolean {
  const fewer = Math.min(one.sent, other.sent);
  const pooled = (one.replied + other.replied) / (one.sent + other.sent);
  if (fewer < leastSent || fewer * Math.min(pooled, 1 - pooled) < leastExpected) return false;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / one.sent + 1 / other.sent));
  return (one.replied / one.sent - other.replied / other.sent) / deviation > criticalZ;
}

/**
 * Returns the index of the wording with more replies per email than every other wording; null if
 * the best wordings are equal.
 */
function findLeader(variants: readonly ReplyCount[]): number | null {
  const rates = variants.map(({ sent, replied }) => (sent === 0 ? 0 : replied / sent));
  const best = Math.max(...rates);
  const index = rates.indexOf(best);
  return rates.lastIndexOf(best) === index && best > 0 ? index : null;
}

/**
 * How long an email has to get its reply. The email counts only after this time, because otherwise
 * the wording that was sent last would look worse than it performs.
 */
export const winnerSettlingMs = limits.winnerSettlingHours * hourMs;

/**
 * The choice of the wording that every later recipient of a step gets, and its reason. `variant`:
 * the wording's index; null if an agent wants the recipients to stay divided among the wordings.
 * `by`: the agent; null if the Worker chose. `isClear`: whether the lead is more than chance; null
 * if an agent chose. `figures`: the results at the time of the choice, in the order of the
 * wordings.
 */
export type WinnerChoice = {
  variant: number | null;
  at: number;
  by: string | null;
  isClear: boolean | null;
  figures: readonly ReplyCount[];
};

/**
 * The emails of one wording that count for the choice of the winner, the wording that every later
 * recipient gets.
 */
export type WordingResult = {
  /** The emails that left at least `winnerSettlingMs` ago, and their replies. */
  settled: ReplyCount;
  /**
   * When the wording's email with the number `winnerAfter` left; null while fewer emails have left.
   */
  reachedAt: number | null;
};

/**
 * The decision about a step's wordings. `choose`: later recipients get the wording with the index
 * `variant`. `wait`: the wordings are judged again at `until`; null if no email is to come.
 */
export type WinnerDecision =
  | { kind: "choose"; variant: number; isClear: boolean }
  | { kind: "wait"; until: number | null };

/**
 * Decides whether one of a step's wordings is the winner at `now`. The leading wording wins, even
 * if its lead may be chance, because nothing is known in favor of the other wordings. If the best
 * wordings are equal, the Worker compares the wordings again after the settling time.
 * @param isOver whether the campaign sends no more emails
 */
export function decideWinner(
  results: readonly WordingResult[],
  isOver: boolean,
  now: number,
): WinnerDecision {
  const later = isOver ? null : now + winnerSettlingMs;
  const reached = results.map(({ reachedAt }) => reachedAt);
  // An email that leaves from now on counts after the settling time at the earliest.
  if (results.length < 2 || reached.includes(null)) return { kind: "wait", until: later };
  const settledAt = Math.max(...reached.map((at) => at ?? now)) + winnerSettlingMs;
  if (settledAt > now) return { kind: "wait", until: settledAt };
  const counts = results.map(({ settled }) => settled);
  const variant = findLeader(counts);
  if (variant === null) return { kind: "wait", until: later };
  return { kind: "choose", variant, isClear: findClearWinner(counts) === variant };
}

/** How the winner among a step's wordings is chosen, and the choice so far. */
export type WinnerState = {
  /**
   * After this number of sent emails per wording, the Worker chooses the winner. Null: a person
   * chooses.
   */
  winnerAfter: number | null;
  /** Emails before this instant do not count for the winner; null if all emails count. */
  winnerSince: number | null;
  choice: WinnerChoice | null;
};

export const noWinnerState: WinnerState = { winnerAfter: null, winnerSince: null, choice: null };

/** A wording: a template, and the version of the template. */
type Wording = { templateId: number; templateVersion: number };

/**
 * Returns the state of the choice after a change of a step's wordings. A choice stays if only the
 * texts are corrected. The choice ends if a wording is added or removed, because the chosen index
 * would then mean another wording. Before the choice, only emails in the present texts count.
 */
export function updateWinnerState(
  before: { variants: readonly Wording[] } & WinnerState,
  after: { variants: readonly Wording[]; winnerAfter: number | null },
  now: number,
): WinnerState {
  const { winnerAfter } = after;
  if (after.variants.length === 0) return { ...noWinnerState, winnerAfter };
  if (after.variants.length !== before.variants.length)
    return { winnerAfter, winnerSince: now, choice: null };
  const areSame = after.variants.every(
    ({ templateId, templateVersion }, index) =>
      before.variants[index]?.templateId === templateId &&
      before.variants[index]?.templateVersion === templateVersion,
  );
  const { choice } = before;
  return { winnerAfter, choice, winnerSince: areSame || choice !== null ? before.winnerSince : now };
}

type StepWithWinner = { stepNumber: number; variants: readonly Wording[] } & WinnerState;

/** Tells whether the Worker still has to choose the winner among a step's wordings. */
export const awaitsWinner = ({ variants, winnerAfter, choice }: Omit<StepWithWinner, "stepNumber">) =>
  variants.length > 1 && winnerAfter !== null && choice === null;

/**
 * The effect of a change of steps on the choice between a step's wordings. `isNew`: the step has
 * other wordings than before, so a choice that the Worker makes in the meantime is discarded.
 */
export type WinnerChange = WinnerState & { stepNumber: number; awaits: boolean; isNew: boolean };

/** Returns the steps for which a change of the steps also affects the choice between wordings. */
export function listWinnerChanges(
  before: readonly StepWithWinner[],
  after: readonly StepWithWinner[],
): WinnerChange[] {
  return after.flatMap((step) => {
    const { stepNumber, winnerAfter, winnerSince, choice } = step;
    const old = before.find((one) => one.stepNumber === stepNumber);
    const { variants, ...state } = old ?? { variants: [], ...noWinnerState };
    const isNew = variants.length !== step.variants.length;
    const isTouched = winnerAfter !== state.winnerAfter || winnerSince !== state.winnerSince || isNew;
    const awaits = awaitsWinner(step);
    return isTouched ? [{ stepNumber, winnerAfter, winnerSince, choice, awaits, isNew }] : [];
  });
}
