/**
 * Decodes bytes whose charset is missing or doubtful. Bytes that are not UTF-8 are decoded as
 * Windows-1252, which is the charset of most mail programs that name no charset.
 */
export function decodeDoubtfulCharset(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The byte of each character in Windows-1252. */
const windows1252 = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder("windows-1252").decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/**
 * Undoes the decoding of UTF-8 bytes as Windows-1252, which turns "é" into "Ã©". Text that was not
 * wholly decoded in this way stays unchanged.
 */
export function repairMojibake(text: string): string {
  if (!/[\u00c2-\u00f4][^ -~\s]/.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const byte = windows1252.get(text.charAt(index));
    if (byte === undefined) return text;
    bytes[index] = byte;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return text;
  }
}

/**
 * Returns the raw email with Windows-1252 declared for every text part that declares UTF-8, ASCII
 * or nothing. Used for an email whose text turns out not to be UTF-8.
 */
export function declareWindows1252(raw: Uint8Array): Uint8Array {
  const text = Array.from({ length: Math.ceil(raw.length / 8192) }, (_, index) =>
    String.fromCharCode(...raw.subarray(index * 8192, (index + 1) * 8192)),
  ).join("");
  const declared = text.replace(
    /^content-type:[ \t]*text\/(?:plain|html)(?:[^\r\n]|\r?\n[ \t]){0,500}/gim,
    (field) =>
      /charset/i.test(field)
        ? field.replace(/charset[ \t]*=[ \t]*"?(?:utf-?8|us-ascii|ascii)"?/i, "charset=windows-1252")
        : `${field.replace(/[ \t;]+$/, "")}; charset=windows-1252`,
  );
  const head = /^[\s\S]*?\r?\n\r?\n/.exec(declared.slice(0, 65_536))?.[0] ?? "";
  const whole = /^content-type:/im.test(head)
    ? declared
    : `Content-Type: text/plain; charset=windows-1252\r\n${declared}`;
  return Uint8Array.from(whole, (char) => char.charCodeAt(0));
}
