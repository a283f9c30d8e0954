import { failures } from "./failures.ts";
import { readMessage } from "./read-message.ts";
import { reasons } from "./reasons.ts";

/** The Spanish of the Worker's messages that are loaded so far, by their English. */
let messages: Readonly<Record<string, string>> = { ...failures, ...reasons };

/** Returns the Spanish of a message of the Worker, or null. */
export const translateMessage = (message: string): string | null => readMessage(message, messages);

/** Adds messages that only the views need, and that are loaded with the views. */
export function addMessages(more: Readonly<Record<string, string>>): void {
  messages = { ...messages, ...more };
}
