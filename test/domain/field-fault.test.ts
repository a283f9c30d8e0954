import { describe, expect, test } from "vitest";
import { z } from "zod";
import { describeFieldFault } from "../../worker/http/field-fault.ts";

/** Returns the sentence about the fault in a value; undefined if the schema accepts the value. */
function findFault(schema: z.ZodType, value: unknown): string | undefined {
  const result = z.object({ field: schema }).safeParse({ field: value }, { error: describeFieldFault });
  return result.error?.issues[0]?.message;
}

describe("the message for an invalid field", () => {
  test.each([
    ["a field left out", z.string(), undefined, "is missing"],
    ["a choice left out", z.enum(["a", "b"]), undefined, "is missing"],
    ["a number for text", z.string(), 7, "must be text"],
    ["text for a number", z.number(), "7", "must be a number"],
    ["a fraction for a whole number", z.int(), 1.5, "must be a whole number"],
    ["text for a switch", z.boolean(), "yes", "must be true or false"],
    ["one value for a list", z.array(z.string()), "a", "must be a list"],
    ["a list for an object", z.object({}), [], "must be an object"],
    ["a long text", z.string().max(3), "long", "must have at most 3 characters"],
    ["a short text", z.string().min(2), "a", "must have at least 2 characters"],
    ["an empty text", z.string().min(1), "", "must not be empty"],
    ["an empty list", z.array(z.string()).min(1), [], "must not be empty"],
    ["a long list", z.array(z.string()).max(1), ["a", "b"], "must have at most 1 entry"],
    ["a high number", z.number().max(9), 10, "must be at most 9"],
    ["a number at an excluded limit", z.number().gt(0), 0, "must be more than 0"],
    ["an unknown choice", z.enum(["a", "b"]), "c", "must be one of a, b"],
    ["a wrong constant", z.literal(1), 2, "must be 1"],
    ["an invalid email address", z.email(), "jane", "must be an email address"],
    ["an invalid link", z.url(), "jane", "must be a web address"],
    ["an invalid date", z.iso.date(), "soon", "must be a date such as 2026-12-31"],
    ["text with a wrong pattern", z.string().regex(/^a/), "b", "has the wrong format"],
    [
      "a value of neither of two types",
      z.union([z.string(), z.number()]),
      true,
      "is not one of the accepted values",
    ],
    ["a schema with its own message", z.string().regex(/^a/, "must begin with a"), "b", "must begin with a"],
  ])("for %s names the rule and quotes no code", (_, schema, value, sentence) => {
    expect(findFault(schema, value)).toBe(sentence);
  });

  test("shortens a long list of choices", () => {
    const values = Array.from({ length: 30 }, (_, index) => `choice${index}`);
    const sentence = findFault(z.enum(values), "other") ?? "";
    expect(sentence).toContain("choice19, …");
    expect(sentence).not.toContain("choice20");
  });
});
