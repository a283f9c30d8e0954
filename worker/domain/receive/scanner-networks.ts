/**
 * The IP address ranges of mail filters. People never browse from a mail service's servers.
 * @see https://learn.microsoft.com/en-us/microsoft-365/enterprise/urls-and-ip-address-ranges
 *   Exchange Online and its protection
 * @see https://campus.barracuda.com/product/emailgatewaydefense/doc/96023032/ Barracuda Email
 *   Gateway Defense
 */
const scannerRanges = [
  ...["40.92.0.0/15", "40.96.0.0/13", "40.104.0.0/15", "40.107.0.0/16", "52.96.0.0/12", "104.47.0.0/17"],
  "2a01:111::/32",
  ...["64.235.144.0/20", "209.222.80.0/21"],
].map(parseRange);

type Range = { parts: readonly number[]; bits: number; width: number };

/**
 * Tells whether an IP address belongs to a mail filter.
 * @param address an IPv4 or IPv6 address; any other text is in no range
 */
export function isScannerAddress(address: string | null): boolean {
  const found = address === null ? null : parseAddress(address.trim());
  return found !== null && scannerRanges.some((range) => isWithin(found, range));
}

function parseRange(text: string): Range {
  const [address = "", bits = "0"] = text.split("/");
  const found = parseAddress(address);
  if (found === null) throw new RangeError(`${text} is no address range`);
  return { ...found, bits: Number(bits) };
}

function isWithin({ parts, width }: Omit<Range, "bits">, range: Range): boolean {
  if (parts.length !== range.parts.length) return false;
  return range.parts.every((part, index) => {
    const shared = Math.min(width, Math.max(0, range.bits - index * width));
    const shift = width - shared;
    return part >> shift === (parts[index] ?? 0) >> shift;
  });
}

/**
 * Returns the four bytes of an IPv4 address, or the eight 16-bit groups of an IPv6 address. Also
 * returns four bytes for an IPv4 address that is written as IPv6 (RFC 4291 §2.5.5.2).
 */
function parseAddress(address: string): Omit<Range, "bits"> | null {
  const four = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(address);
  if (four !== null) {
    const parts = four.slice(1).map(Number);
    return parts.every((part) => part <= 255) ? { parts, width: 8 } : null;
  }
  if (address.length > 39 || !/^[0-9a-f:]+$/i.test(address)) return null;
  const [head = "", tail, ...more] = address.split("::");
  if (more.length > 0) return null;
  const groups = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const parts = [...first, ...Array<number>(Math.max(0, missing)).fill(0), ...last];
  return parts.every((part) => part >= 0 && part <= 0xffff) ? { parts, width: 16 } : null;
}
