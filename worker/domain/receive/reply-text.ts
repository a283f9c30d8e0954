/** The most characters of a reply that are stored. */
export const maxReplyLength = 10_000;

/**
 * The most characters of an email that are read. An answer stands at the start of the email, or
 * between the quoted lines.
 */
const readLength = 100_000;

/**
 * Returns a reply's own words, without quotes and signature.
 * @param text the plain text of the email
 */
export function extractReplyText(text: string): string {
  const lines = text.slice(0, readLength).replace(/\r\n?/g, "\n").split("\n");
  return withoutSignature(withoutQuotes(lines)).join("\n").trim().slice(0, maxReplyLength);
}

/**
 * Returns the lines that are not quoted. Lines under a marked quotation are kept. A quotation
 * without marks ends the text, because its end cannot be told.
 */
function withoutQuotes(lines: readonly string[]): string[] {
  const own: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const head = quoteHead(lines, index);
    if (head === 0) {
      const line = lines[index] ?? "";
      if (!isQuoted(line)) own.push(line);
      continue;
    }
    const next = nextFilled(lines, index + head);
    // Some people answer under the quotation. The marked lines are dropped, and the answer is kept.
    if (!isQuoted(lines[next] ?? "")) return own;
    index = next - 1;
  }
  return own;
}

const isQuoted = (line: string) => /^\s{0,3}(?:>|&gt;)/.test(line);

function nextFilled(lines: readonly string[], from: number): number {
  let index = from;
  while (index < lines.length && (lines[index] ?? "").trim() === "") index += 1;
  return index;
}

/**
 * Matches lines such as "On Tuesday Ann wrote:" in the languages of common mail programs, on one to
 * three lines.
 */
const opener = "^(?:on|am|le|el|il giorno|il|em|op|den|dnia|w dniu|på)\\s";
const attribution = new RegExp(
  [
    `${opener}.{3,300}\\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:\\(a\\))?)(?:\\b|\\s).{0,100}:$`,
    "^.{0,200}[\\d@].{0,200}\\s(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef)\\s*:$",
    "^\\d{4}[-/年].{3,200}[:：]$",
  ].join("|"),
  "iu",
);
const attributionStart = new RegExp(opener, "iu");
const divider =
  /^\s*(?:-{2,}\s*(?:original (?:message|appointment)|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht)\s*-*|begin forwarded message:|_{10,}|-{20,}\s*forwarded.*)\s*$/iu;
/** Matches the first line of Outlook's header above a quotation. */
const outlookFrom = /^\s*\*?(?:from|von|de|da|van|från|fra):\*?\s+\S/iu;
const outlookField =
  /^\s*\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|date|enviado|para|asunto|inviato|a|oggetto|data|assunto|verzonden|aan|onderwerp|cc)\s?:\*?\s/iu;

/** Returns how many lines from here on introduce a quotation, or 0. */
function quoteHead(lines: readonly string[], at: number): number {
  const line = (lines[at] ?? "").trim();
  if (line === "" || line.length > 500) return 0;
  if (divider.test(line)) return 1;
  const span = attributionSpan(lines, at);
  if (span > 0) return span;
  if (!outlookFrom.test(line)) return 0;
  const under = lines.slice(at + 1, at + 5);
  return under.filter((field) => outlookField.test(field)).length >= 2 ? 1 + under.length : 0;
}

/**
 * Returns how many lines an attribution takes, or 0. An attribution of several lines starts with an
 * opening word, and none of its other lines does.
 */
function attributionSpan(lines: readonly string[], at: number): number {
  let joined = "";
  for (let span = 1; span <= 3; span += 1) {
    const line = (lines[at + span - 1] ?? "").trim();
    if (line === "" || joined.length + line.length > 500) return 0;
    if (span > 1 && (attributionStart.test(line) || !attributionStart.test(joined))) return 0;
    joined = joined === "" ? line : `${joined} ${line}`;
    if (attribution.test(joined)) return span;
  }
  return 0;
}

const mobileSignature =
  /^(?:sent (?:from|via|with|using) (?:my |the |a )?[\w .'’+-]{2,60}|get outlook for (?:ios|android)(?:\s*<.*>)?|von meinem .{2,40} gesendet|gesendet (?:von|mit) .{2,60}|envoyé (?:de|depuis) .{2,60}|enviado (?:desde|do|de) .{2,60}|inviato da(?:l)? .{2,60}|verzonden vanaf .{2,60}|verstuurd vanaf .{2,60}|skickat från .{2,60}|yahoo mail:? .{2,80}|sent from yahoo mail.{0,80})\.?$/iu;

/**
 * Cuts off the signature: the "-- " delimiter of RFC 3676 §4.3, or the line that a telephone adds.
 * The text stays unchanged if nothing else would be left.
 */
function withoutSignature(lines: readonly string[]): string[] {
  const delimiter = lines.findIndex((line) => /^--\s?$/.test(line));
  const kept = delimiter > 0 ? lines.slice(0, delimiter) : [...lines];
  while (kept.length > 0) {
    const last = (kept.at(-1) ?? "").trim();
    if (last !== "" && !(last.length <= 120 && mobileSignature.test(last))) break;
    kept.pop();
  }
  return kept.some((line) => line.trim() !== "") ? kept : [...lines];
}
