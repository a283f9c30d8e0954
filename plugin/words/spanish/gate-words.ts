import type { GateReason } from "../../../shared/gate-reason.ts";
import { writeGateReason } from "../../../shared/words/gate-texts.ts";
import { spanishGateTexts } from "../../../shared/words/spanish-gate-texts.ts";

/**
 * Returns the Spanish text of the reason why a check refused a launch or warned about the launch.
 */
export const writeReason = (reason: GateReason): string => writeGateReason(spanishGateTexts, reason);
