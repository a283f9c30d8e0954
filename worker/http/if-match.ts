import { type HttpContext, refuseFaultyFields } from "./request.ts";

/**
 * Returns the version that a change started from.
 * @throws AppError invalidRequest if the header `If-Match` names no version
 */
export function readIfMatchVersion(c: HttpContext): number {
  const [, version] = /^"?(\d{1,9})"?$/.exec(c.req.header("if-match") ?? "") ?? [];
  if (version === undefined)
    refuseFaultyFields({ "If-Match": "must be the version that was changed, such as 3" });
  return Number(version);
}
