import type { GateReason } from "../../../shared/gate-reason.ts";
import { writeGateReason } from "../../../shared/words/gate-texts.ts";
import { spanishGateTexts } from "../../../shared/words/spanish-gate-texts.ts";

/** Returns the Spanish of a gate's reason. */
export const writeReason = (reason: GateReason): string => writeGateReason(spanishGateTexts, reason);
