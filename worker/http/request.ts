import type { Context } from "hono";
import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../domain/errors.ts";
import type { Bindings } from "../env.ts";
import { describeFieldFault } from "./field-fault.ts";
import type { Session } from "./session.ts";

/** The variables on each request's Hono context. `session` is set only under /api. */
export type AppEnv = {
  Bindings: Bindings;
  Variables: {
    ctx: Ctx;
    requestId: string;
    session: Session;
    corsOrigin: string;
    /** The campaign that the request has changed, if the request can change a campaign. */
    changedCampaignId: number;
  };
};
export type HttpContext = Context<AppEnv>;

/** The deepest allowed nesting of a JSON body. Deeper input could exhaust the validator's stack. */
const maxJsonDepth = 32;
const maxFieldsNamed = 20;

/**
 * Returns the request's JSON body after checking it against the schema.
 * @throws AppError unsupportedMediaType, payloadTooLarge (over 1 MB), or invalidRequest with the
 *   wrong fields
 */
export async function readJson<Schema extends z.ZodType>(
  c: HttpContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(c.req.header("content-type") ?? "")) {
    throw new AppError("unsupportedMediaType", "Send the body as application/json.");
  }
  const value = parseJson(await readWholeBody(c.req.raw, limits.requestBytes));
  if (isDeeperThan(value, maxJsonDepth)) {
    throw new AppError("invalidRequest", "The body is nested too deeply.", { body: "is nested too deeply" });
  }
  return parseInput(schema, value);
}

/**
 * Returns the request's CSV body as text. The encoding may be UTF-8, or UTF-16, which Excel writes.
 * @throws AppError unsupportedMediaType, payloadTooLarge, or invalidRequest if the body is in
 * another encoding
 */
export async function readCsv(c: HttpContext): Promise<string> {
  if (!/^text\/csv\s*(?:;|$)/i.test(c.req.header("content-type") ?? "")) {
    throw new AppError("unsupportedMediaType", "Send the list as text/csv.");
  }
  const bytes = await readWholeBody(c.req.raw, limits.requestBytes);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new AppError("invalidRequest", "The list is not UTF-8.", { body: "must be in UTF-8" });
  }
}

/**
 * Returns the value after checking it against the schema.
 * @throws AppError invalidRequest with the wrong fields
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { error: describeFieldFault });
  if (result.success) return result.data;
  throw new AppError(
    "invalidRequest",
    "Some values aren't valid. Correct them and try again.",
    listWrongFields(result.error.issues),
  );
}

/**
 * Returns the first fault of each wrong field, by the field's dotted path. At most 20 fields are
 * named.
 */
function listWrongFields(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    for (const name of names) {
      const path = [...issue.path, ...(name === undefined ? [] : [name])].map(String).join(".") || "body";
      if (Object.keys(fields).length >= maxFieldsNamed) return fields;
      fields[path] ??= name === undefined ? issue.message : "is not a known field";
    }
  }
  return fields;
}

/**
 * Returns the whole body. Reading stops as soon as the body is over the limit.
 * @throws AppError payloadTooLarge
 */
export async function readWholeBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new AppError("payloadTooLarge", `The request is over ${maxBytes} bytes. Send less at once.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Returns the first bytes of a stream and leaves the rest unread. */
export async function readFirstBytes(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    // The parser's own message is left out, because that message quotes the body.
    throw new AppError("invalidRequest", "The body is not JSON.", { body: "must be JSON in UTF-8" });
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((item) => isDeeperThan(item, depth - 1));
}

/**
 * Refuses the request if `fields` names a fault.
 * @throws AppError invalidRequest
 */
export function refuseFaultyFields(fields: Readonly<Record<string, string>>): void {
  if (Object.keys(fields).length === 0) return;
  throw new AppError("invalidRequest", "Some values aren't valid. Correct them and try again.", fields);
}

/**
 * Parses an id from the path.
 * @throws AppError notFound if the text cannot be an id
 */
export function parseId(text: string | undefined): number {
  const id = /^[1-9]\d{0,15}$/.test(text ?? "") ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw createNotFoundError();
  return id;
}

export function createNotFoundError(): AppError {
  return new AppError(
    "notFound",
    "We couldn't find this. It may have been deleted, or you may not have access to it.",
  );
}

/** The query parameters of paged lists. `cursor` is the `nextCursor` of the previous page. */
export const pageQueryFields = {
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, "must be the nextCursor of the previous page")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(limits.pageSize))
    .optional(),
};

/**
 * Builds one page of a list. The caller reads one row more than the limit, and the extra row shows
 * that there is a next page.
 */
export function buildPage<Row extends { id: number }, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
): { items: View[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? String(last.id) : null;
  return { items: shown.map(view), nextCursor };
}

/**
 * Parses a cursor of two numbers, which name the last row of the previous page: a time in
 * milliseconds and a recipient's id.
 */
export const timeAndIdCursorSchema = z
  .string()
  .regex(/^\d{1,15}-\d{1,16}$/, "must be the nextCursor of the previous page")
  .transform((text) => {
    const [at = 0, id = 0] = text.split("-").map(Number);
    return { at, id };
  });

/** The text of an Idempotency-Key header. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters");
