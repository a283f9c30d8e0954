import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

/** Expects that axe, a checker for accessibility, finds no fault in the tab. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: AxeRunner };
    const result = await axe.run("doorknock-campaigns");
    return result.violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ target }) => target.join(" ")),
    }));
  });
  expect(violations).toEqual([]);
}

type AxeRunner = {
  run(context: string): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
};
