import { z } from "zod";
import { isEmailAddress, normalizeEmailAddress } from "./email-address.ts";
import { limits } from "./limits.ts";

/** A row's id: a positive integer that a JavaScript number can hold exactly. */
export const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** A sequence's id: the name of a preset, or the number of a sequence that an agent made. */
export const sequenceId = z
  .string()
  .regex(/^(?:[1-9]\d{0,15}|[a-z][A-Za-z]{0,49})$/, "must be the id of a sequence");

/** An instant in ISO 8601 with an offset or Z. */
export const instant = z.iso.datetime({ offset: true });

/** One line of text. Control characters are refused, so that no CR or LF gets into a header. */
export const singleLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters");

/**
 * The text that an inbox shows beside the subject. If the preheader is empty, the inbox shows the
 * first words of the body.
 */
export const preheader = z
  .string()
  .trim()
  .max(limits.preheaderLength)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters");

/** The two-letter abbreviation of a US state or territory. */
export const stateCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "must be a two-letter state code such as CO");

/** The address of a page: http or https, without line breaks or quotes. */
export const webAddress = z
  .string()
  .trim()
  .max(limits.webAddressLength)
  .pipe(
    z.url({
      protocol: /^https?$/,
      hostname: z.regexes.domain,
      error: "must be a web address such as https://example.com/form.pdf",
    }),
  )
  .refine((text) => /^[!-~]+$/.test(text) && !/["'<>]/.test(text), "must have no spaces or quotes");

/** The origin of a page, such as https://crm.example.com, as a browser writes it. */
export const webOrigin = z
  .string()
  .max(limits.webAddressLength)
  .refine(isWebOrigin, "must be an origin such as https://crm.example.com");

function isWebOrigin(text: string): boolean {
  try {
    return /^https?:/.test(text) && new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** An email address in the form in which addresses are compared and stored. */
export const emailAddress = z
  .string()
  .max(limits.emailLength * 2)
  .transform(normalizeEmailAddress)
  .refine(isEmailAddress, { error: describeAddressError });

function describeAddressError({ input }: { input?: unknown }): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range covers all of ASCII
  return /[^\u0000-\u007f]/.test(String(input))
    ? "must have nothing but ASCII letters before the @, or the mail can't be delivered everywhere"
    : "must be an email address";
}

/** An IANA time zone name that this runtime knows. */
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

/**
 * A time of day as "HH:MM", from 00:00 to 23:59. "24:00" is not used: a window until midnight ends
 * at "00:00".
 */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 09:00");

/**
 * An object with the host's own values for templates. The code that stores the object limits its
 * depth and size.
 */
export const jsonObject = z.record(z.string().max(100), z.json());
