import type { AppError } from "../domain/errors.ts";
import { type HttpContext, refuseFaultyFields } from "./request.ts";

/**
 * Returns the version that the request's change started from, which must be the stored version.
 * Otherwise somebody else has saved a change meanwhile, and the caller's error says so.
 * @throws AppError invalidRequest if the header `If-Match` names no version
 */
export async function requireCurrentVersion(
  c: HttpContext,
  storedVersion: number,
  createError: () => AppError | Promise<AppError>,
): Promise<number> {
  const [, version] = /^"?(\d{1,9})"?$/.exec(c.req.header("if-match") ?? "") ?? [];
  if (version === undefined)
    refuseFaultyFields({ "If-Match": "must be the version that was changed, such as 3" });
  if (Number(version) !== storedVersion) throw await createError();
  return storedVersion;
}
