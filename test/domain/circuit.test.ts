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

describe("a provider account's circuit", () => {
  test("opens for a minute after five failures in a row, also if they come at the same time", () => {
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

  test("counts failures from zero again after a call that is answered", () => {
    const nearly = updateCircuit(closed, fails(4), now);
    expect(updateCircuit(nearly, ["failed", "answered", "failed"], now)).toEqual(closed);
  });

  test("stays open longer after each failed trial, up to half an hour, and closes after a success", () => {
    let circuit = updateCircuit(closed, fails(5), now);
    const rests: number[] = [];
    for (let trial = 0; trial < 8; trial += 1) {
      circuit = updateCircuit(circuit, fails(1), now);
      rests.push((circuit.openUntil - now) / minute);
    }
    expect(rests).toEqual([2, 4, 8, 16, 30, 30, 30, 30]);
    expect(updateCircuit(circuit, ["answered"], now)).toEqual(closed);
  });

  test("that stays closed is the same object, so that a healthy email writes no row", () => {
    expect(updateCircuit(closed, ["answered", "answered"], now)).toBe(closed);
    expect(updateCircuit(closed, [], now)).toBe(closed);
  });
});
