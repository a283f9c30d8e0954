import { expect, inject, test } from "vitest";
import { measureEmailLifecycleCost } from "../test/support/worker/lifecycle.ts";
import { emptyDatabase } from "../test/support/worker/world.ts";

const isDeep = inject("isDeep");
const people = isDeep ? 600 : 60;
/**
 * The numbers of other recipients, who are not due, in the database. The test runs once for each
 * number. The largest number takes a minute to insert.
 */
const bystanders = isDeep ? [0, 5400, 54_000] : [0, 540];

/*
 * Prints the costs as lines that start with BENCH. bench/run.ts collects these lines.
 */
test.each(bystanders)(
  `cost of ${people} emails among %d other recipients`,
  async (others) => {
    await emptyDatabase();
    const cost = await measureEmailLifecycleCost(people, others);
    console.log(`BENCH ${JSON.stringify({ people, bystanders: others, cost })}`);
    expect(cost.total.written).toBeGreaterThan(0);
  },
  300_000,
);
