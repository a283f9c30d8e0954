/** The greatest size of a file with people, in bytes. */
export const mostFileBytes = 5_000_000;

/**
 * The reason why a file can't be read. `workbook`: an Excel or Numbers file, which the agent must
 * save as CSV first.
 */
export type FileFault = "tooLarge" | "empty" | "workbook" | "notText";

const startsWith = (bytes: Uint8Array, ...head: number[]) => head.every((byte, at) => bytes[at] === byte);

/**
 * Finds the encoding of a text file from its first bytes. In UTF-16, a text of mostly Latin letters
 * has a zero in every second byte.
 */
function findEncoding(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (startsWith(bytes, 0xff, 0xfe)) return "utf-16le";
  if (startsWith(bytes, 0xfe, 0xff)) return "utf-16be";
  const sample = bytes.subarray(0, 2_000);
  const countZeros = (parity: number) =>
    sample.reduce((sum, byte, at) => sum + (byte === 0 && at % 2 === parity ? 1 : 0), 0);
  const [even, odd] = [countZeros(0), countZeros(1)];
  if (odd > sample.length / 4 && even < odd / 4) return "utf-16le";
  if (even > sample.length / 4 && odd < even / 4) return "utf-16be";
  return "utf-8";
}

/**
 * Returns the text of a CSV file in UTF-8, in UTF-16 or in the Windows encoding of older
 * spreadsheets.
 */
export function readFileText(bytes: Uint8Array): { text: string } | { fault: FileFault } {
  if (bytes.length > mostFileBytes) return { fault: "tooLarge" };
  const isZip = startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);
  const isOldWorkbook = startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);
  if (isZip || isOldWorkbook) return { fault: "workbook" };
  const text = decode(bytes).replace(/^\ufeff/, "");
  if (text.trim() === "") return { fault: "empty" };
  return text.includes("\0") ? { fault: "notText" } : { text };
}

function decode(bytes: Uint8Array): string {
  const encoding = findEncoding(bytes);
  try {
    return new TextDecoder(encoding, { fatal: encoding === "utf-8" }).decode(bytes);
  } catch {
    // The bytes are not valid UTF-8, so the file probably comes from an older spreadsheet.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
