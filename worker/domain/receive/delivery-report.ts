/**
 * A delivery report about one recipient. Addresses are lower case, or "" if the report names none.
 * `status` is an enhanced status code or "". `diagnostic` is the receiving server's answer, or else
 * the report's own words.
 */
export type DeliveryReport = {
  recipient: string;
  /** The address the email was sent to before any forwarding. */
  originalRecipient: string;
  action: ReportAction;
  status: string;
  diagnostic: string;
};

const actions = ["failed", "delayed", "delivered", "relayed", "expanded", "unknown"] as const;
export type ReportAction = (typeof actions)[number];

/**
 * The most recipients read from one report. Our emails have one recipient each, so a longer report
 * is not about them.
 */
const reportsRead = 50;
const diagnosticLength = 500;
const statusShape = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/;
const addressShape = /[^\s<>()",;:]{1,64}@[^\s<>()",;:]{1,253}/;

/**
 * Reads the recipients of a `message/delivery-status`: blocks of fields with an empty line between
 * them. Also reads such blocks in the text of reports whose parts were lost in transit.
 * @param words the report's text for a person, used for recipients without a Diagnostic-Code
 * @see RFC 3464 §2.3
 */
export function parseReportFields(fields: string, words: string): DeliveryReport[] {
  const blocks = fields.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n/);
  const reports: DeliveryReport[] = [];
  for (const block of blocks) {
    if (reports.length >= reportsRead) break;
    const read = parseFields(block);
    const [recipient, action] = [read.get("final-recipient"), read.get("action")];
    if (recipient === undefined || action === undefined) continue;
    const address = addressIn(recipient);
    const diagnostic = (read.get("diagnostic-code") ?? "").replace(/^[\w-]+\s*;\s*/, "");
    reports.push({
      recipient: address,
      originalRecipient: addressIn(read.get("original-recipient") ?? ""),
      action: actions.find((known) => known === /^[a-z]+/i.exec(action)?.[0].toLowerCase()) ?? "unknown",
      status: statusIn(read.get("status") ?? ""),
      diagnostic: (diagnostic || wordsAbout(words, address)).slice(0, diagnosticLength),
    });
  }
  return reports;
}

/**
 * Returns the fields of a block by lower-case name. A line that starts with a space continues the
 * line before. Of equal names, the first counts.
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

function statusIn(text: string): string {
  return statusShape.exec(text)?.[1] ?? "";
}

/**
 * Reads the recipients of a report that has only words. qmail (QSBMF), Exim, Yahoo and older Gmail
 * put each address on its own line and the fault under it.
 * @param failed the addresses of X-Failed-Recipients, used if the words name none
 */
export function parseReportText(text: string, failed: readonly string[]): DeliveryReport[] {
  const words = withoutReturnedMail(text);
  const named = splitSections(words);
  const sections = named.length > 0 ? named : failed.map((recipient) => ({ recipient, said: words }));
  const action = isStillTrying(words) ? "delayed" : "failed";
  return sections.slice(0, reportsRead).map(({ recipient, said }) => ({
    recipient: recipient.toLowerCase(),
    originalRecipient: "",
    action,
    status: statusIn(said),
    diagnostic: oneLine(said),
  }));
}

function wordsAbout(text: string, address: string): string {
  const words = withoutReturnedMail(text);
  const section = splitSections(words).find(({ recipient }) => recipient.toLowerCase() === address);
  return oneLine(section?.said ?? words);
}

/**
 * Cuts off the returned email, which stands under a line that announces it. The returned email can
 * contain any words.
 */
function withoutReturnedMail(text: string): string {
  const start = text.search(
    /^[ \t]*-{2,}[ \t]*(?:this is a copy of|below this line is|original message|returned message|undelivered message|message header|body of message)/im,
  );
  return (start < 0 ? text : text.slice(0, start)).slice(0, 20_000);
}

/**
 * Matches `<jane@example.com>:` with or without words after it, or an indented line with only the
 * address.
 */
const addressLine =
  /^(?:<([^\s<>@]{1,64}@[^\s<>@]{1,253})>(?::[ \t]*(.*)|[ \t]*)|[ \t]+<?([^\s<>@]{1,64}@[^\s<>@]{1,253}?)>?:?[ \t]*)$/;

function splitSections(words: string): { recipient: string; said: string }[] {
  const sections: { recipient: string; said: string }[] = [];
  for (const line of words.split(/\r?\n/)) {
    const found = addressLine.exec(line.slice(0, 1000));
    const recipient = found?.[1] ?? found?.[3];
    if (recipient !== undefined) sections.push({ recipient, said: found?.[2] ?? "" });
    else {
      const last = sections.at(-1);
      if (last !== undefined) last.said += `\n${line}`;
    }
  }
  return sections;
}

function isStillTrying(words: string): boolean {
  if (/permanent(?:ly)? (?:error|fail)|failed permanently|given up|not going to try again/i.test(words))
    return false;
  return /has been delayed|(?:will|shall) be retried|do not need to resend|still being retried|will keep trying/i.test(
    words,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, diagnosticLength);
}

/** Tells whether an email that is not an RFC 3464 report says in words that a delivery failed. */
export function isBounceNotice(email: { from: string; envelopeFrom: string; subject: string }): boolean {
  const isFromMailSystem =
    email.envelopeFrom === "" || /^(?:mailer-daemon|postmaster|mail-?delivery|mdaemon)\b/i.test(email.from);
  return isFromMailSystem && undelivered.test(email.subject.trim());
}

const undelivered =
  /undeliver|not delivered|delivery (?:status|failure|failed|problem|report|has failed|incomplete|delayed)|mail delivery|(?:failure|warning|delivery) notice|returned (?:mail|to sender)|delayed mail|unzustellbar|nicht zustellbar|zustellung|non remis|échec de (?:la )?(?:remise|distribution)|no (?:se pudo )?entreg|error de entrega|mancato recapito|impossibile recapitare|não entregue|onbestelbaar/i;
