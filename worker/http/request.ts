import type { Context } from "hono";
import { z } from "zod";
import { limits } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../domain/errors.ts";
import type { Bindings } from "../env.ts";
import type { Session } from "./session.ts";

/** What every handler finds on its Hono context. `session` is there under /api only. */
export type AppEnv = {
  Bindings: Bindings;
  Variables: { ctx: Ctx; requestId: string; session: Session; corsOrigin: string };
};
export type Call = Context<AppEnv>;

/** Deeper JSON than any host needs; a validator that recurses over hostile input would run out of stack. */
const maxJsonDepth = 32;
const maxFieldsNamed = 20;

/**
 * The request's JSON body, checked.
 * @throws AppError unsupportedMediaType, payloadTooLarge (over 1 MB), invalidRequest with the fields that are wrong
 */
export async function readJson<Schema extends z.ZodType>(c: Call, schema: Schema): Promise<z.output<Schema>> {
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(c.req.header("content-type") ?? "")) {
    throw new AppError("unsupportedMediaType", "Send the body as application/json.");
  }
  const value = parseJson(await readBytes(c.req.raw, limits.requestBytes));
  if (isDeeperThan(value, maxJsonDepth)) {
    throw new AppError("invalidRequest", "The body is nested too deeply.", { body: "is nested too deeply" });
  }
  return check(schema, value);
}

/** @throws AppError invalidRequest with the fields that are wrong */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError("invalidRequest", "Some of the request is not right.", fieldsOf(result.error.issues));
}

/** A dotted path in the request → what is wrong there; the first thing said of each, at most 20. */
function fieldsOf(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    for (const name of names) {
      const path = [...issue.path, ...(name === undefined ? [] : [name])].map(String).join(".") || "body";
      if (Object.keys(fields).length >= maxFieldsNamed) return fields;
      fields[path] ??= name === undefined ? issue.message : "is not known here";
    }
  }
  return fields;
}

/**
 * The whole body, as far as it is allowed to go; what is over is not read.
 * @throws AppError payloadTooLarge
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError("payloadTooLarge", `The body is over ${maxBytes} bytes.`);
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

/** The first bytes of a stream, and no more of it than that. */
export async function readStart(
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
    // The parser's own message quotes the body, which may hold addresses.
    throw new AppError("invalidRequest", "The body is not JSON.", { body: "must be JSON in UTF-8" });
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((item) => isDeeperThan(item, depth - 1));
}

/** @throws AppError invalidRequest where anything is wrong at all */
export function refuseFields(fields: Readonly<Record<string, string>>): void {
  if (Object.keys(fields).length === 0) return;
  throw new AppError("invalidRequest", "Some of the request is not right.", fields);
}

/** An id from the path. What can't be one names nothing. @throws AppError notFound */
export function idOf(text: string | undefined): number {
  const id = /^[1-9]\d{0,15}$/.test(text ?? "") ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw notFound();
  return id;
}

export function notFound(): AppError {
  return new AppError("notFound", "There is nothing here.");
}

/** Query parameters every list takes. `cursor` is what the page before answered as `nextCursor`. */
export const pageQuery = {
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, "must be a nextCursor from the page before")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(limits.pageSize))
    .optional(),
};

/** One more row than the page is asked of the database; whether it comes tells if there is a next page. */
export function toPage<Row extends { id: number }, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
): { items: View[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? String(last.id) : null;
  return { items: shown.map(view), nextCursor };
}
