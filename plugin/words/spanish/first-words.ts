import { coreTexts } from "./core.ts";
import { countedNouns } from "./counted.ts";

export { translateMessage } from "./messages.ts";

/** The Spanish texts that must be loaded before a tab appears. */
export const initialSpanishTexts = { ...coreTexts, ...countedNouns };
