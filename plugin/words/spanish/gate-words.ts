import type { GateReason } from "../../../shared/gate-reason.ts";
import { formatGateReason } from "../../../shared/words/gate-texts.ts";
import { spanishGateTexts } from "../../../shared/words/spanish-gate-texts.ts";
import { conflictMessages } from "./conflicts.ts";
import { findingMessages } from "./finding-messages.ts";
import { addSpanishMessages } from "./messages.ts";

addSpanishMessages({ ...conflictMessages, ...findingMessages });

/**
 * Returns the Spanish text of the reason why a check refused a launch or warned about the launch.
 */
export const translateGateReason = (reason: GateReason): string => formatGateReason(spanishGateTexts, reason);
