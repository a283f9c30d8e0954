import { failures } from "./failures.ts";
import { readMessage } from "./read-message.ts";
import { reasons } from "./reasons.ts";

/** The Spanish texts of the Worker's messages that are loaded so far, by the English text. */
let messages: Readonly<Record<string, string>> = { ...failures, ...reasons };

/** Returns the Spanish text of a message from the Worker; null if there is none. */
export const translateMessage = (message: string): string | null => readMessage(message, messages);

/**
 * Adds the messages that only the views need. These messages are loaded together with the views.
 */
export function addMessages(more: Readonly<Record<string, string>>): void {
  messages = { ...messages, ...more };
}
