import type { GateFault, GateReason } from "../../../shared/gate-reason.ts";
import { describeGateReason } from "../../../shared/words/english-gate-texts.ts";

/** Builds a fault of a launch or of an email, with the English text of the fault's reason. */
export const buildGateFault = (field: string, reason: GateReason): GateFault => ({
  field,
  message: describeGateReason(reason),
  reason,
});
