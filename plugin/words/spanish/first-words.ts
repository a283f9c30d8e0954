import { core } from "./core.ts";
import { counted } from "./counted.ts";

export { translateMessage } from "./messages.ts";

/** The Spanish texts that must be loaded before a tab appears. */
export const firstWords = { ...core, ...counted };
