/** The most characters of a reply that are stored. */
export const maxStoredReplyLength = 10_000;

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
  return withoutSignature(withoutQuotes(lines)).join("\n").trim().slice(0, maxStoredReplyLength);
}

/**
 * Returns the lines that are not quoted. Lines under a quotation marked with ">" are kept. A
 * quotation without marks ends the text, because its end cannot be found.
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
 * The parts of the pattern for lines such as "On Tuesday Ann wrote:", in the languages of common
 * mail programs. `\b` knows only ASCII letters, so `(?!\p{L})` marks the end of a word.
 */
const opener = "^(?:on|am|le|el|il giorno|il|em|op|den|dnia|w dniu|på|dne|в|в день|在|於|于)\\s";
const wrote =
  "(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:\\(a\\)|a)?|pisze|kirjoitti|napsal(?:\\(a\\)|a)?|írta|yazdı|написала?|пишет|写道|寫道|のメール|作成)";
const attribution = new RegExp(
  [
    `${opener}.{3,300}?${wrote}(?!\\p{L}).{0,100}[:：]$`,
    `^.{0,200}[\\d@].{0,200}?(?:\\s|(?<=\\p{L}|\\d|>))${wrote}(?!\\p{L})\\s*[:：]$`,
    `^.{0,200}[\\w.-]@[\\w.-]{1,200}>?\\s${wrote}(?!\\p{L}).{3,100}[:：]$`,
    "^\\d{4}[-/年].{3,200}[:：]$",
    // Zoho puts dashes around the line in place of the colon.
    `^-{2,}\\s*.{3,300}\\s${wrote}\\s*-{2,}$`,
  ].join("|"),
  "iu",
);
const openingWord = new RegExp(`${opener}|^-{2,}\\s*[^-\\s]`, "iu");
/**
 * Matches the first line of an attribution (such as "On Tuesday Ann wrote:") in which the address
 * and the verb come before the time.
 */
const addressAndVerb = new RegExp(`@\\S+\\s${wrote}(?!\\p{L})`, "iu");
const divider =
  /^\s*(?:-{2,}\s*(?:original (?:message|appointment)|forwarded message|ursprüngliche nachricht|original-?nachricht|weitergeleitete nachricht|message (?:d['’]origine|original)|message transféré|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada)|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|oryginalna wiadomość|wiadomość oryginalna|alkuperäinen viesti|původní zpráva|исходное сообщение|原始邮件|原始郵件|原始信件|元のメッセージ|원본 메시지)\s*-*|begin forwarded message:|_{10,}|-{20,}\s*forwarded.*)\s*$/iu;
/** Matches the line with the sender in the header that Outlook puts above a quotation. */
const outlookFrom =
  /^\s*\*?(?:from|von|de|da|van|från|fra|od|lähettäjä|kimden|от|发件人|寄件者|寄件人|差出人|送信者|보낸 사람)\s?\*?\s?[:：]\*?\s*\S/iu;
const outlookField =
  /^\s*\*?(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|envoyé(?: le)?|à|objet|enviado(?: el)?|enviada(?: em)?|fecha|para|asunto|inviato|a|oggetto|data|assunto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|dato|wysłano|wysłane|do|dw|temat|lähetetty|vastaanottaja|aihe|päivämäärä|odesláno|komu|předmět|gönderilme|kime|konu|отправлено|дата|кому|тема|发送时间|发送日期|日期|时间|收件人|抄送|主题|寄件日期|收件者|副本|主旨|送信日時|日時|宛先|件名|보낸 날짜|날짜|받는 사람|제목)\s?\*?\s?[:：]/iu;

/** Returns the number of lines from `at` on that introduce a quotation, or 0. */
function quoteHead(lines: readonly string[], at: number): number {
  const line = (lines[at] ?? "").trim();
  if (line === "" || line.length > 500) return 0;
  if (divider.test(line)) return 1;
  const span = attributionSpan(lines, at);
  if (span > 0) return span;
  if (isMarkedAttribution(line) && isQuoted(lines[nextFilled(lines, at + 1)] ?? "")) return 1;
  return headerSpan(lines, at);
}

/**
 * Tells whether the line names an address and a time and ends with a colon, in whatever language.
 * Lines marked with ">" must follow, because the line could be the writer's own.
 */
function isMarkedAttribution(line: string): boolean {
  return /<[^<>\s]{1,64}@[^<>\s]{1,253}>.{0,80}[:：]$/u.test(line) && /\d[:.]\d\d/.test(line);
}

/**
 * Returns the number of lines of a header above a quotation, or 0. A header names the sender and
 * two other fields, in any order: Outlook begins with the sender, T-Online with the subject.
 */
function headerSpan(lines: readonly string[], at: number): number {
  const isField = (line: string) => outlookFrom.test(line) || outlookField.test(line);
  if (!isField(lines[at] ?? "")) return 0;
  const block = lines.slice(at, at + 6);
  const end = block.findIndex((line) => line.trim() === "");
  const own = end < 0 ? block.slice(0, 5) : block.slice(0, end);
  const hasSender = own.some((line) => outlookFrom.test(line));
  return hasSender && own.filter(isField).length >= 3 ? own.length : 0;
}

const isFirstLine = (line: string) => openingWord.test(line) || addressAndVerb.test(line);

/**
 * Returns the number of lines of an attribution, or 0. The first of several lines starts with an
 * opening word, or has an address and the verb. No later line starts with an opening word.
 */
function attributionSpan(lines: readonly string[], at: number): number {
  let joined = "";
  for (let span = 1; span <= 3; span += 1) {
    const line = (lines[at + span - 1] ?? "").trim();
    if (line === "" || joined.length + line.length > 500) return 0;
    if (span > 1 && (openingWord.test(line) || !isFirstLine(joined))) return 0;
    joined = joined === "" ? line : `${joined} ${line}`;
    if (attribution.test(joined)) return span;
  }
  return 0;
}

/** Matches the line that a telephone adds, such as "Sent from my phone". */
const mobileSignature =
  /^(?:sent (?:from|via|with|using) (?:my |the |a )?[\w .'’+-]{2,60}|get outlook for .{2,40}|(?:holen sie sich|télécharge[rz]|obtener|obtenir|obter|scarica|download|hent|skaffa|hämta|pobierz) outlook .{2,40}|von meinem .{2,40} gesendet|gesendet (?:von|mit) .{2,60}|envoyé (?:de|depuis|à partir) .{2,60}|enviado (?:desde|do|de) .{2,60}|inviato da(?:l)? .{2,60}|verzonden vanaf .{2,60}|verstuurd vanaf .{2,60}|skickat från .{2,60}|sendt fra .{2,60}|wysłan[eo] z .{2,60}|lähetetty .{2,60}|odesláno z .{2,60}|отправлено (?:с|из) .{2,60}|[发發]自我的.{1,40}|从我的.{1,40}发送|.{1,40}から送信|나의 .{1,40}에서 보냄|yahoo mail:? .{2,80}|sent from yahoo mail.{0,80})(?:\s*[<(]https?:[^<>()]{1,300}[>)])?\.?$/iu;

/**
 * Cuts off the signature: the "-- " delimiter of RFC 3676 §4.3, or the line that a telephone adds.
 * The text stays unchanged if nothing else would be left.
 */
function withoutSignature(lines: readonly string[]): string[] {
  const delimiter = lines.findIndex((line) => /^--\s?$/.test(line));
  const kept = delimiter > 0 ? lines.slice(0, delimiter) : [...lines];
  while (kept.length > 0) {
    const last = (kept.at(-1) ?? "").trim();
    if (last !== "" && !(last.length <= 200 && mobileSignature.test(last))) break;
    kept.pop();
  }
  return kept.some((line) => line.trim() !== "") ? kept : [...lines];
}
