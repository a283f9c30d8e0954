import Handlebars from "handlebars";
import type { TestProject } from "vitest/node";
import { type HandlebarsCase, handlebarsCases } from "../worker/handlebars-cases.ts";

/**
 * Renders every case with Handlebars itself, and provides the results to the Worker tests.
 * Handlebars can't run in the Worker's runtime, because Handlebars generates JavaScript.
 */
export function provideExpectedHandlebarsOutputs(project: TestProject): void {
  const handlebars = Handlebars.create();
  handlebars.registerHelper("default", (...given: unknown[]) => {
    // The third argument is Handlebars' own options object.
    if (given.length !== 3) throw new Error('"default" takes a value and a fallback');
    const [value, fallback] = given;
    return isAbsent(value) ? fallback : value;
  });
  // At any lower level, Handlebars would log every prototype property that a case uses.
  handlebars.logger.level = 99;
  project.provide(
    "handlebarsExpected",
    handlebarsCases.map((one) => renderExpected(handlebars, one)),
  );
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || /^\s*$/.test(asText(value));
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.length === 0 ? "" : "something";
}

function renderExpected(
  handlebars: typeof Handlebars,
  { template, data, mode }: HandlebarsCase,
): string | null {
  try {
    return handlebars.compile(template, { noEscape: mode === "text" })(data);
  } catch {
    return null;
  }
}
