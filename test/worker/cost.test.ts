import { beforeEach, describe, expect, test } from "vitest";
import { measureEmailLifecycleCost } from "../support/worker/lifecycle.ts";
import { countMessagesByStatus, emptyDatabase } from "../support/worker/world.ts";

const people = 120;

beforeEach(emptyDatabase);

describe("the cost of an email", () => {
  test("that is sent, delivered, opened and clicked is at most 9.5 written rows", async () => {
    const { total } = await measureEmailLifecycleCost(people, 0);
    expect(await countMessagesByStatus()).toEqual({ sent: people });
    expect(total.written).toBeLessThanOrEqual(9.5);
  });

  test("is no higher in reads if the table is ten times as large", async () => {
    const small = await measureEmailLifecycleCost(people, 0);
    await emptyDatabase();
    const large = await measureEmailLifecycleCost(people, people * 9);
    expect(large.total.read).toBeLessThanOrEqual(small.total.read * 1.02);
  });
});
