import PostalMime from "postal-mime";
import type { CapturedMail, CapturedMailSummary } from "../mailbox/mail.ts";

type Row = {
  id: string;
  to_email: string;
  subject: string;
  sent_at: number;
  step_number: number;
  recipient_id: number;
  raw: string;
  facts: string | null;
};

// The facts are read from the product's own events, so the mailbox shows the effect of each button.
const columns = `
  id, to_email, subject, sent_at, step_number, recipient_id,
  (SELECT group_concat(DISTINCT kind) FROM events
    WHERE events.recipient_id = outbox_messages.recipient_id
      AND events.step_number = outbox_messages.step_number AND NOT is_machine
      -- A second, automated row with the same key means that the event was automated.
      AND NOT EXISTS (SELECT 1 FROM events twin WHERE twin.recipient_id = events.recipient_id
        AND twin.step_number = events.step_number AND twin.kind = events.kind AND twin.is_machine
        AND twin.tenant_id = events.tenant_id AND twin.dedupe_key = events.dedupe_key)) AS facts`;

export async function listCapturedMails(db: D1Database): Promise<CapturedMailSummary[]> {
  const sql = `SELECT ${columns}, '' AS raw FROM outbox_messages ORDER BY sent_at DESC, id DESC LIMIT 500`;
  const { results } = await db.prepare(sql).all<Row>();
  return results.map(toSummary);
}

export async function findCapturedMail(
  db: D1Database,
  id: string,
  publicUrl: string,
): Promise<CapturedMail | null> {
  const row = await db
    .prepare(`SELECT ${columns}, raw FROM outbox_messages WHERE id = ?1`)
    .bind(id)
    .first<Row>();
  if (row === null) return null;
  const mail = await PostalMime.parse(row.raw);
  const html = mail.html ?? "";
  const header = (name: string) => mail.headers.find((each) => each.key === name)?.value ?? "";
  const offersOneClick = /one-click/i.test(header("list-unsubscribe-post"));
  return {
    ...toSummary(row),
    recipientId: row.recipient_id,
    from: `${mail.from?.name ?? ""} <${mail.from?.address ?? ""}>`.trim(),
    to: mail.to?.[0]?.address ?? row.to_email,
    replyTo: mail.replyTo?.[0]?.address ?? null,
    messageId: mail.messageId ?? "",
    html,
    text: mail.text ?? "",
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    pixelUrl: listImages(html).find((url) => url.startsWith(`${publicUrl}/o/`)) ?? null,
    links: listLinks(html),
    oneClickUrl: offersOneClick ? (/<(https?:[^>]+)>/.exec(header("list-unsubscribe"))?.[1] ?? null) : null,
  };
}

function toSummary(row: Row): CapturedMailSummary {
  return {
    id: row.id,
    toEmail: row.to_email,
    subject: row.subject,
    sentAt: row.sent_at,
    stepNumber: row.step_number,
    facts: row.facts?.split(",") ?? [],
  };
}

function listImages(html: string): string[] {
  return [...html.matchAll(/<img\b[^>]*?\bsrc\s*=\s*["']([^"']+)["']/gi)].map(([, url = ""]) =>
    unescapeUrl(url),
  );
}

function listLinks(html: string): { url: string; label: string }[] {
  // The mailbox does not list the trap link, a hidden link that only programs follow. The trap link
  // has aria-hidden.
  const found = html.matchAll(
    /<a\b(?![^>]*aria-hidden="true")[^>]*?\bhref\s*=\s*["']([^"']+)["'][^>]*>([\s\S]*?)<\/a>/gi,
  );
  return [...found]
    .map(([, url = "", label = ""]) => ({
      url: unescapeUrl(url),
      label: label.replace(/<[^>]*>/g, "").trim(),
    }))
    .filter(({ url }) => /^https?:/.test(url));
}

function unescapeUrl(url: string): string {
  return url.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=").replaceAll("&#61;", "=");
}
