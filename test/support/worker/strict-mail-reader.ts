/**
 * The parts of an email, read strictly by RFC 5322, 2045, 2046 and 2047. `readMailStrictly` throws
 * at every violation, because not every mail program repairs a violation. The function supports
 * only the forms that we write: UTF-8 and multipart/alternative.
 */
export type StrictMail = {
  /** The unfolded headers, by lower-case name. */
  headers: ReadonlyMap<string, string>;
  from: Mailbox[];
  to: Mailbox[];
  replyTo: Mailbox[];
  subject: string;
  text: string;
  html: string;
};
export type Mailbox = { name: string; address: string };

const encodedWord = /=\?utf-8\?([bq])\?([^?\s]*)\?=/i;
const encodedWords = new RegExp(encodedWord.source, "gi");
const betweenWords = new RegExp(`(${encodedWord.source})\\s+(?=${encodedWord.source})`, "gi");

export function readMailStrictly(raw: Uint8Array): StrictMail {
  const message = new TextDecoder("latin1").decode(raw);
  for (const line of message.split("\r\n")) {
    assertThat(line.length <= 998, "a line is longer than 998 characters");
    assertThat(!/[\r\n]/.test(line), "a line ends in something else than CRLF");
  }
  const { headers, body } = readEntity(message);
  const [text = "", html = ""] = readAlternatives(headers.get("content-type") ?? "", body);
  const mailboxes = (name: string) => readMailboxes(headers.get(name) ?? "");
  return {
    headers,
    from: mailboxes("from"),
    to: mailboxes("to"),
    replyTo: mailboxes("reply-to"),
    subject: decodeWords(headers.get("subject") ?? ""),
    text,
    html,
  };
}

function readEntity(entity: string): { headers: Map<string, string>; body: string } {
  const end = entity.indexOf("\r\n\r\n");
  assertThat(end > 0, "the headers have no end");
  const headers = new Map<string, string>();
  let name = "";
  for (const line of entity.slice(0, end).split("\r\n")) {
    assertThat(/^[\t -~]+$/.test(line), "a header holds something else than printable ASCII");
    assertThat(line.trim() !== "", "a line of a header is blank");
    assertThat(
      !/=\?/.test(line) || line.length <= 76,
      "a line with an encoded word is longer than 76 characters",
    );
    if (/^[ \t]/.test(line)) {
      assertThat(name !== "", "the first line goes on with nothing");
      headers.set(name, `${headers.get(name)}${line}`);
      continue;
    }
    const [, field = "", value = ""] = /^([!-9;-~]+): ?(.*)$/.exec(line) ?? [];
    name = field.toLowerCase();
    assertThat(name !== "", "a header has no name");
    assertThat(!headers.has(name), `there are two ${name} headers`);
    headers.set(name, value);
  }
  return { headers, body: entity.slice(end + 4) };
}

function readAlternatives(type: string, body: string): string[] {
  const boundary = /^multipart\/alternative;\s*boundary="([^"]{1,70})"$/.exec(type)?.[1];
  assertThat(boundary !== undefined, "it is not multipart/alternative");
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`);
  assertThat(/^--\s*$/.test(parts.at(-1) ?? ""), "the last boundary is missing");
  const entities = parts.slice(1, -1).map((part) => readEntity(part.replace(/^\r\n/, "")));
  const types = entities.map(({ headers }) => headers.get("content-type"));
  assertThat(
    types.join() === "text/plain; charset=utf-8,text/html; charset=utf-8",
    "it is not text and then HTML",
  );
  return entities.map(({ headers, body: content }) =>
    decodeBody(content, headers.get("content-transfer-encoding") ?? ""),
  );
}

function decodeBody(content: string, encoding: string): string {
  switch (encoding) {
    case "7bit":
      assertThat(/^[\r\n\t -~]*$/.test(content), "a part in 7 bits has 8");
      return content;
    case "base64":
      assertThat(
        content.split("\r\n").every((line) => line.length <= 76),
        "a line of base64 is too long",
      );
      return decodeUtf8(decodeBase64(content.replace(/\r\n/g, "")));
    case "quoted-printable":
      assertThat(
        content.split("\r\n").every((line) => line.length <= 76),
        "a quoted-printable line is too long",
      );
      assertThat(!/[ \t]\r\n/.test(content), "a quoted-printable line ends in a blank");
      return decodeUtf8(decodeQuotedPrintable(content.replace(/=\r\n/g, "")));
    default:
      throw new Error(`the transfer encoding is "${encoding}"`);
  }
}

/**
 * Returns the mailboxes of an address field (RFC 5322 §3.4). Does not support groups, comments and
 * obsolete forms.
 */
function readMailboxes(value: string): Mailbox[] {
  const token = /\s*(?:"((?:[^"\\]|\\.)*)"|<([^<>]*)>|(,)|([^\s",<>]+))/y;
  const boxes: Mailbox[] = [];
  let words: { text: string; isEncoded: boolean }[] = [];
  let box: Mailbox | null = null;
  const finish = () => {
    const [only] = words;
    if (box === null && words.length === 1 && only?.text.includes("@"))
      boxes.push({ name: "", address: only.text });
    else if (box !== null) boxes.push(box);
    else assertThat(words.length === 0, "a phrase has no address");
    box = null;
    words = [];
  };
  while (token.lastIndex < value.trimEnd().length) {
    const found = token.exec(value);
    if (found === null) throw new Error("an address field can't be read");
    const [, quoted, address, comma, atom] = found;
    assertThat(box === null || comma !== undefined, "something follows an address");
    if (quoted !== undefined) words.push({ text: quoted.replace(/\\(.)/g, "$1"), isEncoded: false });
    else if (address !== undefined) box = { name: joinPhrase(words), address };
    else if (comma !== undefined) finish();
    else if (atom !== undefined) words.push(readWord(atom));
  }
  finish();
  return boxes;
}

function readWord(atom: string): { text: string; isEncoded: boolean } {
  const encoded = new RegExp(`^${encodedWord.source}$`, "i").exec(atom);
  if (encoded === null) {
    assertThat(
      /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(atom) || atom.includes("@"),
      "an atom holds a special character",
    );
    return { text: atom, isEncoded: false };
  }
  // In a phrase, an encoded word may hold only letters, digits and !*+-/=_ (RFC 2047 §5 (3)).
  assertThat(/^[\w!*+/=-]*$/.test(encoded[2] ?? ""), "an encoded word in a phrase holds a special character");
  return { text: decodeWords(atom), isEncoded: true };
}

const joinPhrase = (words: readonly { text: string; isEncoded: boolean }[]) =>
  words
    .map(({ text, isEncoded }, index) =>
      index === 0 || (isEncoded && words[index - 1]?.isEncoded) ? text : ` ${text}`,
    )
    .join("");

/**
 * Decodes the encoded words of a header. White space between two encoded words is not shown (RFC
 * 2047 §6.2), and each word must hold whole characters (§5).
 */
function decodeWords(value: string): string {
  return value
    .replace(betweenWords, "$1")
    .replace(encodedWords, (word, encoding: string, content: string) => {
      assertThat(word.length <= 75, "an encoded word is longer than 75 characters");
      return decodeUtf8(
        encoding.toLowerCase() === "b"
          ? decodeBase64(content)
          : decodeQuotedPrintable(content.replaceAll("_", " ")),
      );
    });
}

const decodeUtf8 = (bytes: Uint8Array) =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

const decodeBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

function decodeQuotedPrintable(text: string): Uint8Array {
  assertThat(!/=(?![0-9A-F]{2})/.test(text), "an = is followed by no hexadecimal pair");
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isEscape = text[index] === "=";
    bytes[length] = isEscape ? Number.parseInt(text.slice(index + 1, index + 3), 16) : text.charCodeAt(index);
    length += 1;
    if (isEscape) index += 2;
  }
  return bytes.subarray(0, length);
}

function assertThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
