import type { GateReason } from "../../../shared/gate-reason.ts";
import type { ErrorCode } from "../../../shared/vocabulary.ts";
import { describeGateReason } from "../../../shared/words/english-gate-texts.ts";
import { AppError } from "../../domain/errors.ts";

type GateErrorDetails = {
  /** The error code. The default is `conflict`. */
  code?: ErrorCode;
  /** The error's message. The default is the English text of the reason. */
  message?: string;
  /** The reason why each faulty field is refused, by the field's dotted path. */
  fields?: readonly (readonly [path: string, reason: GateReason])[];
  findings?: NonNullable<AppError["gate"]>["findings"];
};

/**
 * Builds the error with which a gate (a check that can forbid emails) refuses a request. The error
 * holds the gate's reason as a code and as an English text.
 */
export function createGateError(
  reason: GateReason,
  { code = "conflict", message = describeGateReason(reason), fields = [], findings }: GateErrorDetails = {},
): AppError {
  const texts = fields.map(([path, one]) => [path, describeGateReason(one)] as const);
  return new AppError(code, message, texts.length > 0 ? Object.fromEntries(texts) : undefined, {
    reason,
    fieldReasons: Object.fromEntries(fields),
    findings,
  });
}
