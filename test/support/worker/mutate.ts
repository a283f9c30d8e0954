import type { Random } from "./chaos/random.ts";

/*
 * Damages webhook payloads in the ways in which services, proxies and attackers damage payloads.
 * The same random numbers damage a payload in the same way.
 */

const junk: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  "",
  " ",
  "\u0000",
  "\ud83d",
  "__proto__",
  "constructor",
  "1767261600",
  "NaN",
  "<script>",
  "'; DROP TABLE events; --",
  "x".repeat(3_000),
  "💣".repeat(700),
  [],
  {},
  [[[[]]]],
  { length: 1e9 },
  ["a", 1, null],
];

/** Returns a copy of the JSON value with one to four faults. */
export function mutateJson(random: Random, value: unknown): unknown {
  let mutated = value;
  for (let times = random.between(1, 4); times > 0; times -= 1) mutated = mutateOnce(random, mutated);
  return mutated;
}

function mutateOnce(random: Random, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const index = random.between(0, value.length - 1);
    return value.map((item: unknown, at) => (at === index ? mutateOnce(random, item) : item));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return mutateFields(random, value as Record<string, unknown>);
  }
  if (random.chance(0.4)) return random.pick(junk);
  if (typeof value === "number")
    return random.pick([String(value), value * 1000, -value, value + 0.5, value * 1e6]);
  if (typeof value === "string") return mutateText(random, value);
  return random.pick(junk);
}

function mutateFields(random: Random, fields: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(fields);
  if (names.length === 0) return { [String(random.pick(junk))]: random.pick(junk) };
  const name = random.pick(names);
  const { [name]: value, ...rest } = fields;
  switch (random.between(0, 4)) {
    case 0:
      return rest;
    case 1:
      return { ...rest, [mutateText(random, name)]: value };
    case 2:
      return { ...fields, [`${name}2`]: random.pick(junk) };
    default:
      return { ...rest, [name]: mutateOnce(random, value) };
  }
}

/**
 * Returns the text with one fault: a few characters are lost, doubled or inserted, the case is
 * changed, or the end is cut off.
 */
export function mutateText(random: Random, text: string): string {
  const at = random.between(0, text.length);
  const to = Math.min(text.length, at + random.between(0, 8));
  switch (random.between(0, 5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return text.slice(0, at) + String(random.pick(junk)) + text.slice(at);
    case 4:
      return random.chance(0.5) ? text.toUpperCase() : text.toLowerCase();
    default:
      return text.slice(0, at) + String.fromCharCode(random.between(0, 0x2fff)) + text.slice(to);
  }
}
