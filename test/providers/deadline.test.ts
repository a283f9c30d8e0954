import { expect, test } from "vitest";
import { deadlinePassed, withDeadline } from "../../worker/providers/deadline.ts";

test("work that never ends is abandoned at the deadline", async () => {
  expect(await withDeadline(new Promise(() => undefined), 20)).toBe(deadlinePassed);
});

test("work that ends in time returns its result or its error", async () => {
  expect(await withDeadline(Promise.resolve("done"), 5_000)).toBe("done");
  await expect(withDeadline(Promise.reject(new Error("broken")), 5_000)).rejects.toThrow("broken");
});

test("an error after the deadline does not become an unhandled rejection", async () => {
  const late = Promise.withResolvers<never>();
  expect(await withDeadline(late.promise, 20)).toBe(deadlinePassed);
  late.reject(new Error("too late"));
  // If nobody handled the rejection of `late.promise`, the test run would fail.
  await expect(late.promise).rejects.toThrow("too late");
});
