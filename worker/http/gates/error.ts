import type { GateReason } from "../../../shared/gate-reason.ts";
import type { ErrorCode } from "../../../shared/vocabulary.ts";
import { describeGateReason } from "../../../shared/words/english-gate-texts.ts";
import { AppError } from "../../domain/errors.ts";

type GateErrorDetails = {
  /** Default: conflict. */
  code?: ErrorCode;
  /** Default: the text of the reason. */
  message?: string;
  /** The reason for each faulty field of the request, by its dotted path. */
  fields?: readonly (readonly [path: string, reason: GateReason])[];
  findings?: NonNullable<AppError["gate"]>["findings"];
};

/**
 * Builds the refusal of a gate from its reason. The error has the reason beside the English text.
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
