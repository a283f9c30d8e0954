import { describe, expect, test } from "vitest";
import { maxKeysInRing, parseKeyRing } from "../../worker/domain/key-ring.ts";

const buildKey = (fill: number) => btoa(String.fromCharCode(...new Uint8Array(32).fill(fill)));

describe("a secret with keys", () => {
  test("can have one key, or several with commas and spaces, the newest first", () => {
    expect(parseKeyRing(buildKey(1))).toEqual([new Uint8Array(32).fill(1)]);
    const three = parseKeyRing(`${buildKey(3)}, ${buildKey(2)},${buildKey(1)} `);
    expect(three?.map((key) => key[0])).toEqual([3, 2, 1]);
  });

  test.each([
    ["", "no key"],
    [",", "no key on either side"],
    [`${buildKey(1)},`, "a comma without a key"],
    [`${buildKey(1)},${buildKey(1)}`, "the same key twice"],
    [buildKey(1).slice(4), "a short key"],
    [`${buildKey(1)}${buildKey(2)}`, "two keys without a comma"],
    ["not base64!", "other characters"],
    [Array.from({ length: maxKeysInRing + 1 }, (_, index) => buildKey(index)).join(), "too many keys"],
  ])("%j is refused: %s", (text) => {
    expect(parseKeyRing(text)).toBeNull();
  });
});
