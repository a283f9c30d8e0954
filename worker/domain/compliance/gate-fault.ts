import type { GateFault, GateReason } from "../../../shared/gate-reason.ts";
import { describeGateReason } from "../../../shared/words/english-gate-texts.ts";

/** Builds a fault with the English text of its reason. */
export const buildGateFault = (field: string, reason: GateReason): GateFault => ({
  field,
  message: describeGateReason(reason),
  reason,
});
