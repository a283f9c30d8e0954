/**
 * The classes of the words of a request for no more emails, and the letter that stands for each:
 *
 * - S: ends something ("stop"); s: ends something, but also many other things ("end", "switch")
 * - N: negates ("not", "never"); A: again, further; W: wants; K: makes or lets something be
 * - C: contacts ("write", "send"); V: receives; M: an email, or a series of emails
 * - m: refers to the emails ("these"); n: the next one; T: the last one
 * - R: removes ("delete"); k: gets somebody out ("let", "count"); F: "from", "off"
 * - D: an entry ("address"); L: a collection of entries ("list"); U: unsubscribes
 * - P: the writer, or an address of the writer; Y: the agent
 * - Z: permits; B: forbids; J: refrains; I: says that something is of no use; v: spares
 * - X: the law, or a complaint; H: shows that a negation only tells what happened ("did")
 * - f: adds nothing to the request
 * - x: limits the request or asks for something else; o: any other word
 * - a comma: a mark, or a word such as "and" that begins another clause
 *
 * A list has folded words with blanks between them. "remov*" is a stem. A word that is in two lists
 * has the class of the first list.
 */
export type WordClass =
  | "S"
  | "s"
  | "N"
  | "A"
  | "W"
  | "K"
  | "C"
  | "V"
  | "M"
  | "m"
  | "n"
  | "T"
  | "R"
  | "k"
  | "F"
  | "D"
  | "L"
  | "U"
  | "P"
  | "Y"
  | "Z"
  | "B"
  | "J"
  | "I"
  | "v"
  | "X"
  | "H"
  | "f"
  | "x"
  | ",";

/** The words of one language by their class. */
export type WordClassTable = Partial<Record<WordClass, string>> & {
  /** The pronouns that are written at the end of a verb, as in Spanish "enviarme". */
  suffixes?: string;
};

type Lookup = (word: string) => string;

/** Returns the function that finds the class of a word: "o" for a word that is in no list. */
export function buildWordClassifier({ suffixes, ...table }: WordClassTable): Lookup {
  const whole = new Map<string, string>();
  const stems = new Map<string, string>();
  for (const [name, list] of Object.entries(table)) {
    for (const word of list.split(/\s+/).filter(Boolean)) {
      const [found, key] = word.endsWith("*") ? [stems, word.slice(0, -1)] : [whole, word];
      if (!found.has(key)) found.set(key, name);
    }
  }
  const longest = Math.max(0, ...[...stems.keys()].map((stem) => stem.length));
  const find = (word: string): string | undefined => {
    const exact = whole.get(word);
    if (exact !== undefined) return exact;
    for (let length = Math.min(word.length, longest); length >= 3; length -= 1) {
      const name = stems.get(word.slice(0, length));
      if (name !== undefined) return name;
    }
    return undefined;
  };
  const suffix = suffixes === undefined ? null : new RegExp(`.{3,}(?:${suffixes})$`);
  return (word) => {
    const name = find(word) ?? "o";
    return suffix !== null && "CRSUkv".includes(name) && suffix.test(word) ? `${name}P` : name;
  };
}

/** The most words of a sentence that are read. */
const maxWords = 80;

/** Returns the letter of each word of a folded sentence, and a comma for each punctuation mark. */
export function classifyWords(sentence: string, lookup: Lookup): string {
  const text = sentence
    .replace(/\be-mail/g, "email")
    .replace(/\bun[- ]subscribe/g, "unsubscribe")
    .replace(/\bfollow(?:ing|ed)?[- ]ups?\b/g, "followup")
    .replace(/n't\b/g, " not")
    .replace(/\b(?:or|and) (?:any|every|all) other \w+/g, " ");
  const parts = text.match(/[\p{L}\p{N}]+|[,;:()"-](?=\s|$)|(?<=\s)-/gu) ?? [];
  const letters = parts
    .slice(0, maxWords)
    .map((part) => (part === "xaddress" ? "@" : /^[\p{L}\p{N}]/u.test(part) ? lookup(part) : ","))
    .join("");
  // The address is either the entry to remove, or the address to which the writer wants the emails
  // instead.
  return letters.replaceAll("@", letters.includes("R") ? "P" : "x");
}
