import type { OptOutFacts } from "../db/opt-outs.ts";
import { maskAddress } from "../domain/receive/opt-out-undo.ts";
import { escapeHtml } from "../mail/html-text.ts";
import { renderPage } from "./page.ts";

/*
 * The pages of an unsubscribe link. The pages show the address only in part, since an email may be
 * forwarded with its link.
 */

/** The choices on these pages, besides the one-click form of RFC 8058. */
export const optOutChoices = ["undo", "wrongPerson"] as const;
export type OptOutChoice = (typeof optOutChoices)[number];

/** Returns the page that asks before unsubscribing, because programs follow every link. */
export function renderOptOutPage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    `Unsubscribe from ${office}`,
    `<p>${office} writes to ${nameAddress(facts)}.</p>
<p>If you unsubscribe, no agent of ${office} sends these emails to this address again. Emails that were planned about the home are canceled, for everyone there.</p>
${unsubscribeForm}
${renderWrongPerson(facts)}`,
  );
}

/**
 * Returns the page that confirms an opt-out and may offer to undo the opt-out.
 * @param undoMs the time in which the person may still take the opt-out back; 0 if the time is over
 */
export function renderOptedOutPage(facts: OptOutFacts, undoMs: number): string {
  const office = escapeHtml(facts.office);
  const seconds = Math.ceil(undoMs / 1000);
  const undo = `<section class="passing" style="--left:${seconds}s">
<h2>Not what you meant?</h2>
<p>You can undo this for a minute. Planned emails then go on.</p>
${renderForm("undo", "Undo")}
</section>`;
  return renderPage(
    "You are unsubscribed",
    `<p>${office} sends no more of these emails to ${nameAddress(facts)}.</p>
${undoMs > 0 ? undo : ""}`,
  );
}

export function renderUndonePage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    "You are subscribed again",
    `<p>${office} may write to ${nameAddress(facts)} as before.</p>
${unsubscribeForm}`,
  );
}

export function renderTooLatePage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    "It is too late to undo",
    `<p>Nothing has changed: the minute to undo is over. To hear from ${office} again, reply to one of its emails.</p>`,
  );
}

export function renderWrongPersonPage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    "Thank you for telling us",
    `<p>${office} will not write to ${nameAddress(facts)} about this home again.</p>
<section>
<h2>No more emails at all?</h2>
<p>${office} may still write to this address about other things, unless you unsubscribe.</p>
${unsubscribeForm}
</section>`,
  );
}

export const unknownEmailPage = renderPage(
  "You are not unsubscribed yet",
  "<p>We no longer have a record of this email. Reply to it and ask for no more emails.</p>",
);

const unsubscribeForm = `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>`;

const renderForm = (choice: OptOutChoice, label: string) =>
  `<form method="post"><input type="hidden" name="choice" value="${choice}"><button class="quiet">${label}</button></form>`;

function nameAddress({ email }: OptOutFacts): string {
  return email === null ? "your address" : `<b>${escapeHtml(maskAddress(email))}</b>`;
}

function renderWrongPerson({ office, recipient, email }: OptOutFacts): string {
  if (email === null || recipient === null || recipient.propertyId === null) return "";
  return `<section>
<h2>Not your home?</h2>
<p>If you have nothing to do with the home in the email, tell us. ${escapeHtml(office)} then stops writing to you about that home only.</p>
${renderForm("wrongPerson", "I’m the wrong person")}
</section>`;
}
