/**
 * Returns the Spanish text of an English message; null if a part of the message has no Spanish
 * text.
 * @param messages the Spanish texts by their English texts; a slot such as `{name}` matches any
 * text
 */
export function translateWithTable(
  message: string,
  messages: Readonly<Record<string, string>>,
): string | null {
  const whole = findMessage(message, messages) ?? readPlacedMessages(message, messages);
  if (whole !== null) return whole;
  // The Worker joins several messages into one text. Each message is a sentence.
  const sentences = message.split(/(?<=[.?!][”"]?) (?=[\p{Lu}“])/u);
  if (sentences.length < 2) return null;
  const spanish = sentences.map((sentence) => findMessage(sentence, messages));
  return spanish.includes(null) ? null : spanish.join(" ");
}

/**
 * Matches a slot, which has one pair of braces, such as `{name}`. A tag of a letter, such as
 * `{{else}}`, has two pairs and does not match.
 */
const slot = /(?<!\{)\{(\w+)\}(?!\})/g;
const place = / \(line (\d+), column (\d+)\)$/;

/**
 * Returns the Spanish text of one or more messages with a place in a letter, such as "This link has
 * no address (line 1, column 4)". Returns null if a message has no Spanish text.
 */
function readPlacedMessages(message: string, messages: Readonly<Record<string, string>>): string | null {
  const parts = message.split(/(?<=\(line \d+, column \d+\)); /);
  const spanish = parts.map((part) => {
    const found = findMessage(part.replace(place, ""), messages);
    const [, line, column] = place.exec(part) ?? [];
    return found === null || line === undefined ? found : `${found} (línea ${line}, columna ${column})`;
  });
  return spanish.includes(null) ? null : spanish.join("; ");
}

function findMessage(message: string, messages: Readonly<Record<string, string>>): string | null {
  const exact = messages[message];
  if (exact !== undefined) return exact;
  for (const [english, spanish] of Object.entries(messages)) {
    const values = matchSlots(message, english);
    if (values) return spanish.replace(slot, (_, name: string) => saySlot(name, values[name] ?? ""));
  }
  return null;
}

/**
 * Returns the Spanish text of a slot's value. Only a campaign's status is translated, because any
 * other value is a name or a number.
 */
const saySlot = (name: string, value: string): string =>
  name === "status" || name === "wanted" ? (statuses[value] ?? value) : value;

const statuses: Readonly<Record<string, string>> = {
  draft: "en borrador",
  waitingForApproval: "a la espera de aprobación",
  active: "activa",
  paused: "en pausa",
  completed: "terminada",
  stopped: "detenida",
  archived: "archivada",
};

/**
 * Returns the texts in the slots of a message; null if the message does not match the English text.
 */
function matchSlots(message: string, english: string): Record<string, string> | null {
  if (!english.includes("{")) return null;
  const pattern = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(slot, "(?<$1>.+?)");
  return new RegExp(`^${pattern}$`, "s").exec(message)?.groups ?? null;
}
