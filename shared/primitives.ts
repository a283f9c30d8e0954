import { z } from "zod";
import { limits } from "./vocabulary.ts";

/** A row's id: a positive integer, exact in a double. */
export const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** ISO 8601 with an offset or Z. */
export const instant = z.iso.datetime({ offset: true });

/** One line of text: no control characters, which is what keeps CR and LF out of every header. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters");

/** An address as it is compared and stored: trimmed (no-break spaces too) and lower-cased. */
export const emailAddress = z
  .string()
  .max(limits.emailLength * 2)
  .transform((text) =>
    text
      .replace(/[\s\u00a0]+/g, " ")
      .trim()
      .toLowerCase(),
  )
  .pipe(z.email().max(limits.emailLength));

/** An IANA time zone name this runtime knows. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone.length > 0;
    } catch {
      return false;
    }
  }, "must be an IANA time zone such as America/Denver");

/** "HH:MM", 24 hours. "24:00" is not used: a window to midnight ends at "00:00". */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 09:00");

/** Values a host adds and templates may use. Depth and size are bounded where a whole object is stored. */
export const jsonObject = z.record(z.string().max(100), z.json());
