import { failureTexts } from "./failures.ts";
import { translateWithTable } from "./read-message.ts";
import { spanishReasons } from "./reasons.ts";

/** The Spanish texts of the Worker's messages that are loaded so far, by the English text. */
let messages: Readonly<Record<string, string>> = { ...failureTexts, ...spanishReasons };

/** Returns the Spanish text of a message from the Worker; null if there is none. */
export const translateMessage = (message: string): string | null => translateWithTable(message, messages);

/**
 * Adds the messages that only the views need. These messages are loaded together with the views.
 */
export function addSpanishMessages(more: Readonly<Record<string, string>>): void {
  messages = { ...messages, ...more };
}
