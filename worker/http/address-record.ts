import { escapeHtml } from "../../shared/html-text.ts";
import type { RecipientLetter } from "../../shared/recipient-letter.ts";
import { englishSourceNames } from "../../shared/words/source-names.ts";
import { listSentLetters, type SentLetterCursor, type SentLetterRow } from "../db/letter-records.ts";
import { findSuppression } from "../db/suppressions.ts";
import { loadTimeline, type TimelineEventRow } from "../db/timelines.ts";
import { chooseEmailOfStep, loadRecipientEmails } from "../send/recipient-emails.ts";
import type { RequestScope } from "./access.ts";
import { toIso } from "./views/instant.ts";
import { buildRecipientLetter } from "./views/recipient-letter.ts";

/** The most letters that one record shows. */
export const maxLettersPerRecord = 200;

/** One letter to an address, with the letter's text and the events that followed. */
type RecordedLetter = { row: SentLetterRow; letter: RecipientLetter | null; events: TimelineEventRow[] };

/**
 * Returns a page with the letters that the office has sent to an address, and the events that
 * followed each letter. The page needs no script and no network, so it can be saved and printed.
 * @param email a normalized address
 */
export async function buildAddressRecordPage(
  desk: RequestScope,
  officeName: string,
  email: string,
): Promise<string> {
  const { ctx, scope } = desk;
  const first: SentLetterCursor = { recipientId: 0, stepNumber: 0 };
  const rows = await listSentLetters(scope, { email }, first, maxLettersPerRecord + 1);
  const suppression = await findSuppression(scope, email);
  const letters = await loadLetters(desk, rows.slice(0, maxLettersPerRecord));
  const title = `Everything ${officeName} sent to ${email}`;
  const facts = [
    `As of ${toIso(ctx.now())}.`,
    rows.length > maxLettersPerRecord
      ? `The first ${maxLettersPerRecord} emails are shown.`
      : `${letters.length} ${letters.length === 1 ? "email" : "emails"}.`,
    suppression === null
      ? "The address is not suppressed."
      : `No email may go to this address since ${toIso(suppression.createdAt)}. Reason: ${suppression.reason}.`,
  ];
  return renderRecordPage(
    title,
    `<p>${escapeHtml(facts.join(" "))}</p>\n${letters.map(renderLetter).join("\n")}`,
  );
}

async function loadLetters(
  { ctx, scope }: RequestScope,
  rows: readonly SentLetterRow[],
): Promise<RecordedLetter[]> {
  const letters: RecordedLetter[] = [];
  for (const [recipientId, own] of Map.groupBy(rows, (row) => row.recipientId)) {
    const [emails, timeline] = await Promise.all([
      loadRecipientEmails(scope, recipientId, ctx.now()),
      loadTimeline(scope, recipientId),
    ]);
    for (const row of own) {
      const letter =
        emails === null
          ? null
          : await buildRecipientLetter(ctx, emails, chooseEmailOfStep(emails, row.stepNumber));
      const events = timeline.events.filter(({ stepNumber }) => stepNumber === row.stepNumber);
      letters.push({ row, letter, events });
    }
  }
  return letters.toSorted((a, b) => a.row.sentAt - b.row.sentAt);
}

function renderLetter({ row, letter, events }: RecordedLetter): string {
  const facts: [label: string, value: string | null][] = [
    ["Sent", `${toIso(row.sentAt)}${row.status === "sent" ? "" : " (probably)"}`],
    ["From", row.fromEmail],
    ["To", `${row.toName} <${row.toEmail ?? ""}>`],
    ["Campaign", row.campaignName],
    ["Property", row.propertyId],
    ["Source", [englishSourceNames[row.source], row.sourceDate].filter(Boolean).join(", ")],
    ["Listing status then", row.record?.listing?.status ?? null],
    ["Consent", row.record?.consentAt ?? null],
    ["Approved by", row.record?.approval?.by ?? null],
  ];
  const lines = facts.flatMap(([label, value]) =>
    value ? [`<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`] : [],
  );
  const came = events.map(
    ({ kind, isMachine, occurredAt }) =>
      `<li>${toIso(occurredAt)}: ${kind}${isMachine ? " (by a program)" : ""}</li>`,
  );
  return `<article><h2>${escapeHtml(row.subject ?? "")}</h2><dl>${lines.join("")}</dl>
<pre>${escapeHtml(letter?.text ?? "The text of this email is not kept any more.")}</pre>
${came.length > 0 ? `<h3>What came of it</h3><ul>${came.join("")}</ul>` : ""}</article>`;
}

const style = `body { font: 11pt/1.45 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff; overflow-wrap: anywhere }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 0 0 .5rem } h3 { font-size: 1rem; margin: .75rem 0 .25rem }
article { border-top: 1px solid #c7ccd4; padding: 1rem 0; break-inside: avoid-page }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 } dt { color: #555 } dd { margin: 0 }
pre { white-space: pre-wrap; font: inherit; background: #f5f6f8; padding: .75rem; border-radius: .4rem } ul { margin: 0; padding-left: 1.2rem }
@media print { pre { background: none; border: 1px solid #c7ccd4 } }`;

const renderRecordPage = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
