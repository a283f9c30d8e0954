import { formatMoment } from "../crm/format.ts";
import { capturedMails, openedMail } from "./state.ts";

const words: Record<string, string> = {
  opened: "Opened",
  clicked: "Clicked",
  replied: "Replied",
  autoReplied: "Auto-replied",
  bounced: "Bounced",
  complained: "Spam",
  unsubscribed: "Unsubscribed",
};

export function MailEventLabels({ facts }: { facts: readonly string[] }) {
  const known = Object.keys(words).filter((kind) => facts.includes(kind));
  return (
    <>
      {known.map((kind) => (
        <span key={kind} class={`fact ${kind}`}>
          {words[kind]}
        </span>
      ))}
    </>
  );
}

export function MailList() {
  const list = capturedMails.value;
  if (list === null) return <p class="empty">Loading</p>;
  if (list.length === 0) {
    return (
      <p class="empty">
        No email has been sent yet. Launch a campaign in <a href="/">the CRM</a>, and it arrives here.
      </p>
    );
  }
  return (
    <ul class="mails" aria-label="Emails, newest first">
      {list.map((mail) => (
        <li key={mail.id}>
          <a href={`#${mail.id}`} aria-current={mail.id === openedMail.value?.id ? "true" : undefined}>
            <span class="mail-to">{mail.toEmail}</span>
            <time dateTime={new Date(mail.sentAt).toISOString()}>{formatMoment(new Date(mail.sentAt))}</time>
            <span class="mail-subject">{mail.subject}</span>
            <span class="mail-facts">
              <MailEventLabels facts={mail.facts} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
