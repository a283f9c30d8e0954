import { escapeHtml } from "../../shared/html-text.ts";
import type { LetterLanguage } from "../../shared/words/letter-language.ts";
import type { OptOutFacts } from "../db/opt-outs.ts";
import { maskAddress } from "../domain/receive/opt-out-undo.ts";
import { type OptOutPageWords, optOutPageWords } from "./opt-out-words.ts";
import { renderPage } from "./page.ts";

/*
 * The pages of an unsubscribe link. The pages show the address only in part, because an email may
 * be forwarded with its link.
 */

/** The choices on these pages, besides the one-click form of RFC 8058. */
export const optOutChoices = ["undo", "wrongPerson"] as const;
export type OptOutChoice = (typeof optOutChoices)[number];

/** Returns the words of one page, and the office and the masked address as HTML. */
function preparePage(facts: OptOutFacts, language: LetterLanguage) {
  const words = optOutPageWords[language];
  const office = escapeHtml(facts.office);
  const address = facts.email === null ? words.yourAddress : `<b>${escapeHtml(maskAddress(facts.email))}</b>`;
  return { words, office, address };
}

/**
 * Returns the page that asks before unsubscribing. Programs follow every link, so opening the link
 * must not unsubscribe anybody.
 */
export function renderOptOutPage(facts: OptOutFacts, language: LetterLanguage): string {
  const { words, office, address } = preparePage(facts, language);
  return renderPage(
    words.askTitle(office),
    `<p>${words.sends(office, address)}</p>
<p>${words.consequence(office)}</p>
${renderUnsubscribeForm(words)}
${renderWrongPerson(facts, words)}`,
    language,
  );
}

/**
 * Returns the page that confirms an opt-out and may offer to undo the opt-out.
 * @param undoMs the milliseconds in which the person may still undo the opt-out; 0 if the time is
 *   over
 */
export function renderOptedOutPage(facts: OptOutFacts, undoMs: number, language: LetterLanguage): string {
  const { words, office, address } = preparePage(facts, language);
  const seconds = Math.ceil(undoMs / 1000);
  const undo = `<section class="passing" style="--left:${seconds}s">
<h2>${words.undoTitle}</h2>
<p>${words.undoText}</p>
${renderForm("undo", words.undo)}
</section>`;
  return renderPage(
    words.doneTitle,
    `<p>${words.done(office, address)}</p>
${undoMs > 0 ? undo : ""}`,
    language,
  );
}

export function renderOptOutUndonePage(facts: OptOutFacts, language: LetterLanguage): string {
  const { words, office, address } = preparePage(facts, language);
  return renderPage(
    words.undoneTitle,
    `<p>${words.undone(office, address)}</p>
${renderUnsubscribeForm(words)}`,
    language,
  );
}

export function renderUndoTooLatePage(facts: OptOutFacts, language: LetterLanguage): string {
  const { words, office } = preparePage(facts, language);
  return renderPage(words.tooLateTitle, `<p>${words.tooLate(office)}</p>`, language);
}

export function renderWrongPersonPage(facts: OptOutFacts, language: LetterLanguage): string {
  const { words, office, address } = preparePage(facts, language);
  return renderPage(
    words.thanksTitle,
    `<p>${words.thanks(office, address)}</p>
<section>
<h2>${words.noMoreTitle}</h2>
<p>${words.noMore(office)}</p>
${renderUnsubscribeForm(words)}
</section>`,
    language,
  );
}

export function renderUnknownEmailPage(language: LetterLanguage): string {
  const words = optOutPageWords[language];
  return renderPage(words.unknownTitle, `<p>${words.unknown}</p>`, language);
}

const renderUnsubscribeForm = ({ unsubscribe }: OptOutPageWords) =>
  `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${unsubscribe}</button></form>`;

const renderForm = (choice: OptOutChoice, label: string) =>
  `<form method="post"><input type="hidden" name="choice" value="${choice}"><button class="quiet">${label}</button></form>`;

function renderWrongPerson({ office, recipient, email }: OptOutFacts, words: OptOutPageWords): string {
  if (email === null || recipient === null || recipient.propertyId === null) return "";
  return `<section>
<h2>${words.wrongPersonTitle}</h2>
<p>${words.wrongPersonText(escapeHtml(office))}</p>
${renderForm("wrongPerson", words.wrongPerson)}
</section>`;
}
