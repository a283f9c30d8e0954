import { escapeHtml } from "../../shared/html-text.ts";
import type { OptOutFacts } from "../db/opt-outs.ts";
import { maskAddress } from "../domain/receive/opt-out-undo.ts";
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
    `<p>${office} sends emails to ${nameAddress(facts)}.</p>
<p>If you unsubscribe, no agent at ${office} will send these emails to this address again. Planned emails about the home will be canceled for everyone there.</p>
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
<p>You have one minute to undo this. If you undo it, planned emails will continue.</p>
${renderForm("undo", "Undo")}
</section>`;
  return renderPage(
    "You’re unsubscribed",
    `<p>${office} won’t send these emails to ${nameAddress(facts)} anymore.</p>
${undoMs > 0 ? undo : ""}`,
  );
}

export function renderUndonePage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    "You’re subscribed again",
    `<p>${office} can email ${nameAddress(facts)} again.</p>
${unsubscribeForm}`,
  );
}

export function renderTooLatePage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    "It’s too late to undo",
    `<p>You’re still unsubscribed, because the minute to undo is over. To hear from ${office} again, reply to one of its emails.</p>`,
  );
}

export function renderWrongPersonPage(facts: OptOutFacts): string {
  const office = escapeHtml(facts.office);
  return renderPage(
    "Thank you for telling us",
    `<p>${office} won’t email ${nameAddress(facts)} about this home again.</p>
<section>
<h2>No more emails at all?</h2>
<p>${office} may still email this address about other things unless you unsubscribe.</p>
${unsubscribeForm}
</section>`,
  );
}

export const unknownEmailPage = renderPage(
  "You’re not unsubscribed yet",
  "<p>We no longer have a record of this email. To unsubscribe, reply to it and ask for no more emails.</p>",
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
<p>If you have nothing to do with the home in the email, tell us. ${escapeHtml(office)} will then stop emailing you about that home only.</p>
${renderForm("wrongPerson", "I’m the wrong person")}
</section>`;
}
