import { z } from "zod";
import { addressFields, personNameFields } from "./fact-fields.ts";
import { limits } from "./limits.ts";

/** The variables whose values a host updates by its reports. */
export const hostReportedVariables: readonly string[] = [
  "property.listPrice",
  "property.standardStatus",
  ...addressFields.map((field) => `property.${field}`),
  ...personNameFields.map((field) => `recipient.${field}`),
];

const days = z.number().int().min(1).max(limits.factAgeDaysMost);

/**
 * How many days old a value may be in an email, by variable. `default` applies to every variable in
 * `hostReportedVariables` without an age of its own: price, status, address and names. Any other
 * variable without an age has no limit. An email with an older value waits until the host reports
 * the value again, or an agent fills the value in.
 */
export const maxFactAgeDays = z
  .record(
    z
      .string()
      .max(100)
      .regex(
        /^(?:default|(?:recipient|property)\.[A-Za-z_]\w*)$/,
        "must be a variable of a recipient or a property",
      ),
    days,
  )
  .refine(
    (ages) => Object.keys(ages).length <= limits.factAges,
    `must have at most ${limits.factAges} variables`,
  );
export type MaxFactAgeDays = z.infer<typeof maxFactAgeDays>;
