import { core } from "./core.ts";
import { counted } from "./counted.ts";
import { failures } from "./failures.ts";
import { readMessage } from "./read-message.ts";
import { reasons } from "./reasons.ts";

/** The Spanish texts that must be loaded before a tab appears. */
export const firstWords = { ...core, ...counted };

const messages = { ...failures, ...reasons };

/** Returns the Spanish of a message of the Worker, or null. */
export const translateMessage = (message: string): string | null => readMessage(message, messages);
