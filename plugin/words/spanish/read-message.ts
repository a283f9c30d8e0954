/**
 * Returns the Spanish of an English message; null if part of the message has no Spanish.
 * @param messages the Spanish of each message; a slot such as `{name}` matches any text
 */
export function readMessage(message: string, messages: Readonly<Record<string, string>>): string | null {
  const whole = findMessage(message, messages);
  if (whole !== null) return whole;
  // The Worker joins several messages into one text. Each message is a sentence.
  const sentences = message.split(/(?<=[.?!][”"]?) (?=[\p{Lu}“])/u);
  if (sentences.length < 2) return null;
  const spanish = sentences.map((sentence) => findMessage(sentence, messages));
  return spanish.includes(null) ? null : spanish.join(" ");
}

function findMessage(message: string, messages: Readonly<Record<string, string>>): string | null {
  const exact = messages[message];
  if (exact !== undefined) return exact;
  for (const [english, spanish] of Object.entries(messages)) {
    const values = matchSlots(message, english);
    if (values) return spanish.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  }
  return null;
}

/** Returns the texts in the slots of a message; null if the message does not match the English. */
function matchSlots(message: string, english: string): Record<string, string> | null {
  if (!english.includes("{")) return null;
  const pattern = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+?)");
  return new RegExp(`^${pattern}$`, "s").exec(message)?.groups ?? null;
}
