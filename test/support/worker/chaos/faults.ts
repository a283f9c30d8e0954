import type { SendOutcome } from "../../../../worker/providers/provider.ts";
import { minute } from "../../time.ts";
import type { Random } from "./random.ts";

/**
 * The course of one call to the outside: whether the call takes effect, how the call ends, and how
 * long the request (`reachesMs`) and the answer (`answersMs`) take.
 */
export type OutsideCallCourse = {
  name: string;
  takesEffect: boolean;
  ends: "answer" | "throw" | "death";
  reachesMs: number;
  answersMs: number;
};
/** The course of one call to a mail provider. `outcome` is the provider's answer. */
export type ProviderCallCourse = OutsideCallCourse & { outcome: SendOutcome };

type Shape = Pick<OutsideCallCourse, "takesEffect" | "ends"> & {
  reachesMs?: readonly [number, number];
  answersMs?: readonly [number, number];
};
type CallShape = Shape & { outcome?: SendOutcome; weight: number };

const second = 1000;
const atOnce = [1, 20] as const;

const noFault: Shape = { takesEffect: true, ends: "answer" };

/**
 * The faults of a call to D1 or a queue. "death" ends the process, so the rest of the entry point's
 * code never runs.
 */
const networkShapes: Readonly<Record<string, Shape>> = {
  throwBefore: { takesEffect: false, ends: "throw" },
  throwAfter: { takesEffect: true, ends: "throw" },
  hangBefore: { takesEffect: false, ends: "throw", answersMs: [30 * second, 30 * second] },
  hangAfter: { takesEffect: true, ends: "throw", answersMs: [30 * second, 30 * second] },
  dieBefore: { takesEffect: false, ends: "death" },
  dieAfter: { takesEffect: true, ends: "death" },
  slowToReach: { takesEffect: true, ends: "answer", reachesMs: [2 * second, 14 * minute] },
  slowToAnswer: { takesEffect: true, ends: "answer", answersMs: [2 * second, 14 * minute] },
};

const accepted: SendOutcome = { kind: "accepted", providerMessageId: "provider-1" };
const timedOut: SendOutcome = { kind: "unknown", detail: "no answer in time" };
const refused = (fault: "message" | "channel", status: string): SendOutcome => ({
  kind: "refused",
  fault,
  status,
  detail: "no",
});
const addressRefused: SendOutcome = {
  kind: "refused",
  fault: "recipient",
  status: "5.1.1",
  bounceClass: "hard",
  detail: "no such user",
};
const deferred = (retryAfterMs: number | null): SendOutcome => ({
  kind: "deferred",
  retryAfterMs,
  detail: "later",
});
const atDeadline = [30 * second, 30 * second] as const;

/**
 * The faults of a provider call. Refusals of an address or of the content are rare, because such a
 * refusal ends a recipient's sequence.
 */
const callShapes: Readonly<Record<string, CallShape>> = {
  deferred: { takesEffect: false, ends: "answer", outcome: deferred(null), weight: 3 },
  deferredFor: { takesEffect: false, ends: "answer", outcome: deferred(7 * minute), weight: 3 },
  channelRefused: { takesEffect: false, ends: "answer", outcome: refused("channel", "401"), weight: 6 },
  addressRefused: { takesEffect: false, ends: "answer", outcome: addressRefused, weight: 1 },
  contentRefused: { takesEffect: false, ends: "answer", outcome: refused("message", "5.7.1"), weight: 1 },
  unknownButDelivered: { ...noFault, outcome: timedOut, answersMs: atDeadline, weight: 3 },
  unknownAndLost: {
    takesEffect: false,
    ends: "answer",
    outcome: timedOut,
    answersMs: atDeadline,
    weight: 3,
  },
  throwBefore: { takesEffect: false, ends: "throw", weight: 2 },
  throwAfter: { takesEffect: true, ends: "throw", weight: 2 },
  lateAnswer: { ...noFault, outcome: accepted, answersMs: [minute, 25 * minute], weight: 3 },
  lateRefusal: {
    takesEffect: false,
    ends: "answer",
    outcome: deferred(null),
    answersMs: [minute, 25 * minute],
    weight: 3,
  },
  dieBefore: { takesEffect: false, ends: "death", weight: 2 },
  dieAfter: { takesEffect: true, ends: "death", weight: 2 },
};

/**
 * The options of `createFaultSource`. `turn` is the index of the network fault that a run uses
 * first, so that different runs begin with different faults.
 */
export type FaultSourceOptions = { random: Random; networkRate: number; callRate: number; turn: number };

export const networkFaultNames = Object.keys(networkShapes);

/**
 * After this number of calls of one kind without a fault, the next call of the kind gets a fault.
 * In each run, every frequent kind of call therefore gets a fault.
 */
const maxCallsWithoutFault = 30;

export type FaultSource = {
  drawNetwork(label: string): OutsideCallCourse;
  drawCall(): ProviderCallCourse;
  /** Ends all faults. */
  stop(): void;
  hasStopped(): boolean;
  /**
   * The number of times that each fault was chosen, by the kind of call and the name of the fault.
   * `none` counts the calls without a fault.
   */
  drawn: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

export function createFaultSource({ random, networkRate, callRate, turn }: FaultSourceOptions): FaultSource {
  const drawn = new Map<string, Map<string, number>>();
  /** For each kind of call, the number of calls since the last fault. */
  const spared = new Map<string, number>();
  let isStopped = false;
  const draw = (label: string, rate: number, choose: (already: number) => string) => {
    const counts = drawn.get(label) ?? new Map<string, number>();
    drawn.set(label, counts);
    const already = [...counts].reduce((sum, [name, count]) => (name === "none" ? sum : sum + count), 0);
    const luck = spared.get(label) ?? 0;
    const isDue = random.chance(rate) || luck >= maxCallsWithoutFault;
    const name = !isStopped && isDue ? choose(already) : "none";
    spared.set(label, name === "none" ? luck + 1 : 0);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return name;
  };
  const lots = Object.entries(callShapes).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));
  return {
    drawNetwork(label) {
      // Each kind of call gets the faults in turn, so that every kind soon has had every fault.
      const inTurn = (already: number) =>
        networkFaultNames[(turn + already) % networkFaultNames.length] ?? "none";
      const name = draw(label, networkRate, inTurn);
      return toFault(name, networkShapes[name] ?? noFault, random);
    },
    drawCall() {
      const name = draw("provider", callRate, () => random.pick(lots));
      const shape = callShapes[name];
      return { ...toFault(name, shape ?? noFault, random), outcome: shape?.outcome ?? accepted };
    },
    stop() {
      isStopped = true;
    },
    hasStopped: () => isStopped,
    drawn,
  };
}

function toFault(
  name: string,
  { takesEffect, ends, reachesMs, answersMs }: Shape,
  random: Random,
): OutsideCallCourse {
  return {
    name,
    takesEffect,
    ends,
    reachesMs: random.between(...(reachesMs ?? atOnce)),
    answersMs: random.between(...(answersMs ?? atOnce)),
  };
}
