import { beforeEach, describe, expect, test } from "vitest";
import { measureLifecycleCost } from "../support/worker/lifecycle.ts";
import { countMessagesByStatus, emptyDatabase } from "../support/worker/world.ts";

const people = 120;

beforeEach(emptyDatabase);

describe("the cost of an email", () => {
  test("sent, delivered, opened and clicked writes at most 9.5 rows", async () => {
    const { total } = await measureLifecycleCost(people, 0);
    expect(await countMessagesByStatus()).toEqual({ sent: people });
    expect(total.written).toBeLessThanOrEqual(9.5);
  });

  test("reads no more in a table ten times as large", async () => {
    const small = await measureLifecycleCost(people, 0);
    await emptyDatabase();
    const large = await measureLifecycleCost(people, people * 9);
    expect(large.total.read).toBeLessThanOrEqual(small.total.read * 1.02);
  });
});
