import type { ErrorCode } from "../../shared/vocabulary.ts";

/**
 * The error that the API shows to its client. `code` is one of a closed list, `message` is for a
 * person, and `fields` maps a dotted path in the request to what is wrong there.
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
