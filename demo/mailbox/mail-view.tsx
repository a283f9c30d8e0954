import { formatMoment } from "../crm/format.ts";
import type { CapturedMail } from "./mail.ts";
import { MailActions } from "./mail-actions.tsx";
import { MailEventLabels } from "./mail-list.tsx";
import { closeMail, openedMail } from "./state.ts";

export function MailView() {
  const mail = openedMail.value;
  if (mail === null) return <div class="reader empty">Choose an email to read it.</div>;
  return (
    <article class="reader" key={mail.id}>
      <button type="button" class="back" onClick={closeMail}>
        All emails
      </button>
      <h2>{mail.subject}</h2>
      <dl class="envelope">
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>To</dt>
        <dd>{mail.to}</dd>
        <dt>Sent</dt>
        <dd>
          {formatMoment(new Date(mail.sentAt))}, Denver time <MailEventLabels facts={mail.facts} />
        </dd>
      </dl>
      <MailActions mail={mail} />
      <iframe
        class="body"
        title={`The email "${mail.subject}"`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcdoc={buildDocument(mail)}
      />
      <details>
        <summary>Plain text part</summary>
        <pre>{mail.text}</pre>
      </details>
      <details>
        <summary>Headers</summary>
        <pre>{mail.headers.map(({ name, value }) => `${name}: ${value}`).join("\n")}</pre>
      </details>
    </article>
  );
}

/**
 * Returns the email's HTML as the demo's mail reader shows it: without scripts and without the
 * tracking pixel. The Open button loads the pixel.
 */
function buildDocument({ html: written, pixelUrl }: CapturedMail): string {
  const html = pixelUrl === null ? written : written.replaceAll(pixelUrl, "data:,");
  const rules = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:";
  const head = `<meta http-equiv="Content-Security-Policy" content="${rules}"><base target="_blank">`;
  const withHead = html.replace(/<head[^>]*>/i, (tag) => tag + head);
  return withHead === html ? head + html : withHead;
}
