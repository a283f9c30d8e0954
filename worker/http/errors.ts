import { routePath } from "hono/route";
import type { ApiError } from "../../shared/error.ts";
import type { ErrorCode } from "../../shared/vocabulary.ts";
import { AppError } from "../domain/errors.ts";
import type { HttpContext } from "./request.ts";

/** Maps each error code to its HTTP status. */
export const httpStatusByErrorCode = {
  invalidRequest: 400,
  unauthenticated: 401,
  tokenExpired: 401,
  forbidden: 403,
  badSignature: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  preconditionFailed: 412,
  payloadTooLarge: 413,
  unsupportedMediaType: 415,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** The seconds after which a client may repeat a request that failed for a temporary reason. */
const retryAfterSeconds = 5;

/**
 * Answers a request with an error. An unexpected error is logged, and the answer leaves out the
 * error's details. A temporary failure of D1 is answered as `unavailable` and not logged.
 */
export function respondWithError(c: HttpContext, thrown: unknown): Response {
  const error = thrown instanceof AppError ? thrown : toAppError(c, thrown);
  // The request's id is missing if building the context failed.
  const requestId = c.get("requestId") ?? "none";
  const body: ApiError = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.fields === undefined ? {} : { fields: error.fields }),
      ...(error.gate === undefined ? {} : toGateBody(error.gate)),
      requestId,
    },
  };
  const status = httpStatusByErrorCode[error.code];
  if (status === 503) c.header("Retry-After", String(retryAfterSeconds));
  return c.json(body, status);
}

function toGateBody({ reason, fieldReasons, findings }: NonNullable<AppError["gate"]>) {
  return {
    reason,
    ...(Object.keys(fieldReasons).length === 0 ? {} : { fieldReasons }),
    ...(findings === undefined ? {} : { findings: [...findings] }),
  };
}

/** Matches messages of D1's temporary failures, after which the client may repeat the request. */
const transientFailure =
  /database is locked|SQLITE_BUSY|overloaded|network connection lost|storage caused object to be reset|reset because its code was updated|cannot resolve D1 DB|exceeded timeout/i;

function toAppError(c: HttpContext, error: unknown): AppError {
  const cause = findDatabaseCause(error);
  if (cause !== null && transientFailure.test(cause)) {
    return new AppError("unavailable", "The database isn't responding right now. Try again shortly.");
  }
  logUnexpected(c, error, cause);
  return new AppError("internal", "Something went wrong on our side.");
}

function logUnexpected(c: HttpContext, error: unknown, cause: string | null): void {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  console.error(
    JSON.stringify({
      level: "error",
      msg: "unexpected error",
      requestId: c.get("requestId"),
      method: c.req.method,
      // The log gets the route's pattern, because a path can contain a token.
      route: routePath(c, -1),
      error: error instanceof Error ? error.name : typeof error,
      // Only D1's own message is logged, because other error messages can quote addresses, bodies
      // and parameters.
      cause,
      at: stack
        .split("\n")
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 5)
        .map((line) => line.trim()),
    }),
  );
}

/**
 * Returns D1's own message, or null. Drizzle's error has D1's error as its cause, and Drizzle's
 * message quotes the parameters.
 */
function findDatabaseCause(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if (cause.message.startsWith("D1_")) return cause.message.slice(0, 200);
  }
  return null;
}
