import { describe, expect, test } from "vitest";
import {
  type Circuit,
  failuresToOpenCircuit,
  getCircuitState,
  updateCircuit,
} from "../../worker/domain/send/circuit.ts";
import { minute } from "../support/time.ts";

const now = Date.UTC(2026, 9, 5, 14);
const closed: Circuit = { failures: 0, openUntil: 0 };
const fails = (count: number) => Array.from({ length: count }, () => "failed" as const);

describe("a circuit", () => {
  test("opens after five failures in a row, one by one or side by side, for a minute", () => {
    let circuit = closed;
    for (let count = 1; count < failuresToOpenCircuit; count += 1) {
      circuit = updateCircuit(circuit, fails(1), now);
      expect(getCircuitState(circuit, now)).toBe("closed");
    }
    const open = { failures: failuresToOpenCircuit, openUntil: now + minute };
    expect(updateCircuit(circuit, fails(1), now)).toEqual(open);
    expect(updateCircuit(closed, fails(6), now)).toEqual(open);
    expect(getCircuitState(open, now)).toBe("open");
    expect(getCircuitState(open, open.openUntil)).toBe("halfOpen");
  });

  test("begins to count anew with every call that is answered", () => {
    const nearly = updateCircuit(closed, fails(4), now);
    expect(updateCircuit(nearly, ["failed", "answered", "failed"], now)).toEqual(closed);
  });

  test("rests for longer after each trial that fails, up to half an hour, and closes with one that is answered", () => {
    let circuit = updateCircuit(closed, fails(5), now);
    const rests: number[] = [];
    for (let trial = 0; trial < 8; trial += 1) {
      circuit = updateCircuit(circuit, fails(1), now);
      rests.push((circuit.openUntil - now) / minute);
    }
    expect(rests).toEqual([2, 4, 8, 16, 30, 30, 30, 30]);
    expect(updateCircuit(circuit, ["answered"], now)).toEqual(closed);
  });

  test("that is closed and stays so is the very same, so that a healthy email writes no row", () => {
    expect(updateCircuit(closed, ["answered", "answered"], now)).toBe(closed);
    expect(updateCircuit(closed, [], now)).toBe(closed);
  });
});
