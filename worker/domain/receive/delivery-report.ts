import { findEnhancedStatus, findReplyCode } from "./bounce.ts";
import { isDelayNotice, isMailSystemAddress } from "./bounce-notice.ts";

/**
 * A delivery report about one recipient. Addresses are in lower case; an address that the report
 * does not name is "". `status` is an enhanced status code or "". `diagnostic` is the receiving
 * server's answer, or else the report's own words.
 */
export type DeliveryReport = {
  recipient: string;
  /** The address the email was sent to before any forwarding. */
  originalRecipient: string;
  action: ReportAction;
  status: string;
  diagnostic: string;
  /** The addresses in a notice that does not name its recipient in a known place. */
  mentioned?: readonly string[];
};

const actions = ["failed", "delayed", "delivered", "relayed", "expanded"] as const;
export type ReportAction = (typeof actions)[number];

/**
 * The most recipients read from one report. Each of our emails has one recipient, so a longer
 * report is not about our emails.
 */
const reportsRead = 50;
const diagnosticLength = 500;
const addressShape = /[^\s<>()",;:]{1,64}@[^\s<>()",;:]{1,253}/;

/**
 * Reads the recipients of a `message/delivery-status`: blocks of fields with an empty line between
 * them. Also reads such blocks in the text of reports whose parts were lost in transit. A block
 * without an action counts if the block has a recipient and a status or diagnostic. A block without
 * a recipient counts if the block has an action.
 * @param words the report's readable text, used for a recipient whose Diagnostic-Code has no words
 * @see RFC 3464 §2.3
 */
export function parseReportFields(fields: string, words: string): DeliveryReport[] {
  const blocks = fields.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n/);
  const reports: DeliveryReport[] = [];
  for (const block of blocks) {
    if (reports.length >= reportsRead) break;
    const read = parseFields(block);
    const recipient = read.get("final-recipient") ?? read.get("x-actual-recipient");
    const action = read.get("action");
    if (recipient === undefined && action === undefined) continue;
    if (action === undefined && !read.has("status") && !read.has("diagnostic-code")) continue;
    const original = addressIn(read.get("original-recipient") ?? "");
    const address = addressIn(recipient ?? "") || original;
    const status = findEnhancedStatus(read.get("status") ?? "") ?? "";
    const given = (read.get("diagnostic-code") ?? "").replace(/^[\w-]+\s*;\s*/, "").trim();
    const isTelling = /\p{L}{2}/u.test(given);
    reports.push({
      recipient: address,
      originalRecipient: original,
      action: readAction(action ?? "", status, words),
      status,
      diagnostic: (isTelling ? given : `${given} ${wordsAbout(words, address)}`.trim()).slice(
        0,
        diagnosticLength,
      ),
    });
  }
  return reports;
}

/**
 * Returns the action of a report. Some mail systems write no action, or an action that RFC 3464
 * does not know, such as "expired". The status then tells a delivery from a failure.
 */
function readAction(action: string, status: string, words: string): ReportAction {
  const name = /^[a-z]+/i.exec(action.trim())?.[0].toLowerCase() ?? "";
  const known = actions.find((one) => one === name);
  if (known !== undefined) return known;
  if (/^delay|^defer|^transient|^warn/.test(name)) return "delayed";
  if (status.startsWith("2")) return "delivered";
  return name === "" && isDelayNotice("", words, status.startsWith("4")) ? "delayed" : "failed";
}

/**
 * Returns the fields of a block by lower-case name. A line that starts with a space continues the
 * previous line. If a name is repeated, the first field counts.
 */
function parseFields(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const [, name, value] = /^([A-Za-z][A-Za-z-]{0,60}):[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined || fields.has(name.toLowerCase())) continue;
    fields.set(name.toLowerCase(), value);
  }
  return fields;
}

/** Returns the address in a field such as `rfc822; <jane@example.com>`, or "". */
function addressIn(value: string): string {
  return addressShape.exec(value.replace(/^[\w-]+\s*;/, ""))?.[0].toLowerCase() ?? "";
}

/**
 * Reads the recipients of a report that has only words. qmail (QSBMF), Exim, Yahoo and older Gmail
 * put each address on its own line, and the fault under the address. Other notices name the address
 * in a sentence.
 * @param failed the addresses of X-Failed-Recipients, used if no line begins with an address
 */
export function parseReportText(text: string, subject: string, failed: readonly string[]): DeliveryReport[] {
  const words = withoutReturnedMail(text);
  const named = splitSections(words);
  if (named.length === 0 && failed.length === 0) {
    const mentioned = findAddresses(words);
    if (mentioned.length === 0) return [];
    const [only = ""] = mentioned.length === 1 ? mentioned : [];
    return [{ ...parseNoticeWithoutRecipient(text, subject), recipient: only, mentioned }];
  }
  const sections =
    named.length > 0 ? named : failed.map((recipient) => ({ recipient, said: essence(words) }));
  return sections
    .slice(0, reportsRead)
    .map(({ recipient, said }) => toReport(recipient.toLowerCase(), subject, words, said));
}

/**
 * Reads a notice that names no recipient, such as a notice sent to the message's own bounce
 * address.
 */
export function parseNoticeWithoutRecipient(text: string, subject: string): DeliveryReport {
  const words = withoutReturnedMail(text);
  return toReport("", subject, words, essence(words));
}

function toReport(recipient: string, subject: string, words: string, said: string): DeliveryReport {
  const diagnostic = oneLine(said);
  const status = findEnhancedStatus(said) ?? "";
  const isTransient = status === "" ? (findReplyCode(diagnostic) ?? 500) < 500 : status.startsWith("4");
  const action = isDelayNotice(subject, words, isTransient) ? "delayed" : "failed";
  return { recipient, originalRecipient: "", action, status, diagnostic };
}

function wordsAbout(text: string, address: string): string {
  const words = withoutReturnedMail(text);
  const section = splitSections(words).find(({ recipient }) => recipient.toLowerCase() === address);
  return oneLine(section?.said ?? essence(words));
}

/**
 * Returns the words, beginning with the first line that has a status or a reply code. Returns all
 * words if no line has one. The sentences above that line are the same in every notice, and are
 * often longer than a diagnostic may be.
 */
function essence(words: string): string {
  const lines = words.split(/\r?\n/).slice(0, 500);
  const first = lines.findIndex(
    (line) => findEnhancedStatus(line) !== null || findReplyCode(line.trim()) !== null,
  );
  return first < 0 ? words : lines.slice(first).join("\n");
}

/** The most addresses that are read from a notice. */
const addressesRead = 10;

/** Returns the first addresses in the words of a notice, without the addresses of mail systems. */
function findAddresses(words: string): string[] {
  const found = [...words.matchAll(new RegExp(addressShape, "g"))].slice(0, 50);
  const addresses = found.map(([address]) => address.toLowerCase().replace(/[.'\]]+$/, ""));
  return [...new Set(addresses)].filter((one) => !isMailSystemAddress(one)).slice(0, addressesRead);
}

/**
 * Cuts off the returned email, because a returned email can contain any words. A line that
 * announces the returned email stands above that email, or the returned email begins with a mail
 * server's headers.
 */
function withoutReturnedMail(text: string): string {
  const start = text.search(
    /^[ \t]*(?:-{2,}[ \t]*(?:this is a copy of|below this line is|(?:the )?original message|returned message|undelivered message|message headers?|body of message|unsent message|start of|forwarded message)|(?:message|original) headers? follows?\b|(?:below|here) is a copy of the original|(?:the )?(?:original|returned|undelivered) message (?:headers )?(?:follows|is attached below)|(?:Return-Path|Received|DKIM-Signature):[ \t]*\S)/im,
  );
  return (start < 0 ? text : text.slice(0, start)).slice(0, 20_000);
}

const named = /([^\s<>@"'()]{1,64}@[^\s<>@"'():,;]{1,253})/.source;

/**
 * Matches a line with one recipient, and the words after it.
 * - `<jane@example.com>` or `"jane@example.com":`, with or without words after it
 * - an address alone, indented or behind a dash or star
 * - `jane@example.com: 550 no` or `jane@example.com Invalid Address`
 */
const addressLine = new RegExp(
  [
    `^<${named}>(?::[ \\t]*(.*)|[ \\t]*)$`,
    `^[ \\t]*["']${named}["']:?[ \\t]*$`,
    `^[ \\t]*(?:[-*•·]{1,2}[ \\t]*)?<?${named}>?:?[ \\t]*$`,
    `^[ \\t]{0,8}<?${named}>?(?::[ \\t]+|[ \\t]+(?=[A-Z\\d(]))(.*)$`,
  ].join("|"),
);

function splitSections(words: string): { recipient: string; said: string }[] {
  const sections: { recipient: string; said: string }[] = [];
  for (const line of words.split(/\r?\n/)) {
    const [, angled, afterAngled, quoted, alone, leading, afterLeading] =
      addressLine.exec(line.slice(0, 1000)) ?? [];
    const recipient = (angled ?? quoted ?? alone ?? leading)?.replace(/[.:]+$/, "");
    if (recipient !== undefined && !isMailSystemAddress(recipient)) {
      sections.push({ recipient, said: afterAngled ?? afterLeading ?? "" });
    } else {
      const last = sections.at(-1);
      if (last !== undefined) last.said += `\n${line}`;
    }
  }
  return sections;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, diagnosticLength);
}
