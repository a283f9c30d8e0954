import type { z } from "zod";

type RawIssue = z.core.$ZodRawIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const formatNames: Readonly<Record<string, string>> = {
  email: "an email address",
  url: "a web address",
  date: "a date such as 2026-12-31",
  datetime: "a time such as 2026-12-31T16:00:00Z",
};

/** The most values that one sentence lists. */
const maxValuesListed = 20;

/**
 * Returns the fault of a field, in words that continue the field's name: "must have at most 200
 * characters". A message in the schema takes precedence.
 * @returns undefined if only the validator's own message describes the fault
 */
export function describeFieldFault(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return describeKind(typeNames[issue.expected]);
    case "invalid_format":
      return describeKind(formatNames[issue.format]) ?? "has the wrong format";
    case "too_big":
      return describeLimit(issue.origin, issue.maximum, issue.inclusive === false ? "less than" : "at most");
    case "too_small":
      return describeLimit(issue.origin, issue.minimum, issue.inclusive === false ? "more than" : "at least");
    case "invalid_value":
      return issue.input === undefined ? "is missing" : describeValues(issue.values);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_union":
      return issue.input === undefined ? "is missing" : "is not one of the accepted values";
    default:
      return undefined;
  }
}

const describeKind = (name: string | undefined) => (name === undefined ? undefined : `must be ${name}`);

function describeLimit(origin: string, limit: number | bigint, bound: string): string {
  const isLength = origin === "string" || origin === "array" || origin === "set";
  if (!isLength) return `must be ${bound} ${limit}`;
  if (bound === "at least" && limit === 1) return "must not be empty";
  const noun = origin === "string" ? "character" : "entry";
  const nouns = origin === "string" ? "characters" : "entries";
  return `must have ${bound} ${limit} ${Number(limit) === 1 ? noun : nouns}`;
}

function describeValues(values: readonly unknown[]): string {
  const shown = values.slice(0, maxValuesListed).map((value) => String(value));
  if (values.length > shown.length) shown.push("…");
  return shown.length === 1 ? `must be ${shown[0]}` : `must be one of ${shown.join(", ")}`;
}
