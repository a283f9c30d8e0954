/**
 * Returns the Spanish of an English message, or null if part of the message has none.
 * @param messages the Spanish of each message; a slot such as `{name}` stands for any text
 */
export function readMessage(message: string, messages: Readonly<Record<string, string>>): string | null {
  const whole = findMessage(message, messages);
  if (whole !== null) return whole;
  // The Worker joins messages into one text, each a sentence.
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

/** Returns the texts in the slots of a message, or null if the message is another. */
function matchSlots(message: string, english: string): Record<string, string> | null {
  if (!english.includes("{")) return null;
  const pattern = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+?)");
  return new RegExp(`^${pattern}$`, "s").exec(message)?.groups ?? null;
}
