import { expect, test } from "vitest";
import { lifecycleCost } from "../test/support/worker/lifecycle.ts";
import { emptyDatabase } from "../test/support/worker/world.ts";

/* Run by bench/run.ts, which reads the lines that start with BENCH. */
test.each([
  [600, 0],
  [600, 5_400],
  [600, 54_000],
])(
  "%d emails among %d other recipients",
  async (people, bystanders) => {
    await emptyDatabase();
    const cost = await lifecycleCost(people, bystanders);
    console.log(`BENCH ${JSON.stringify({ people, bystanders, cost })}`);
    expect(cost.total.written).toBeGreaterThan(0);
  },
  300_000,
);
