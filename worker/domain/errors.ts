import type { ErrorCode } from "../../shared/vocabulary.ts";

/**
 * The only error class of the API. `message` is text for a person. `fields` maps a dotted path in
 * the request to the fault at that path.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string>> | undefined;

  constructor(code: ErrorCode, message: string, fields?: Readonly<Record<string, string>>) {
    super(message);
    this.code = code;
    this.fields = fields;
  }
}

/** Maps each error code to its HTTP status. No other code does this mapping. */
export const statusOf = {
  invalidRequest: 400,
  unauthenticated: 401,
  tokenExpired: 401,
  forbidden: 403,
  badSignature: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  payloadTooLarge: 413,
  unsupportedMediaType: 415,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;
