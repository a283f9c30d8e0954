/**
 * Preset letters follow the form of a personal letter: a greeting, short paragraphs, a name at the
 * end. Every variable that a CRM may lack has a fallback that reads well.
 */

const greeting = 'Hi {{default recipient.salutation "there"}},';

const signature = "{{sender.fromName}}{{#if sender.phone}}<br>{{sender.phone}}{{/if}}<br>{{brokerage.name}}";

/**
 * The notice that a letter to an owner is no offer to take over a listing. An owner may have signed
 * with another broker by the time the letter arrives.
 */
const listedNotice =
  "If your home is already listed with another broker, this is not a solicitation of that listing.";

const formatParagraphs = (paragraphs: readonly string[]) =>
  paragraphs.map((text) => `<p>${text}</p>`).join("\n");

/** Builds an email body from paragraphs: HTML with Handlebars variables. */
export const buildLetter = (...paragraphs: string[]) =>
  formatParagraphs([greeting, ...paragraphs, signature]);

/** Builds an email body for a homeowner, with the notice for homes that are listed already. */
export const buildOwnerLetter = (...paragraphs: string[]) =>
  formatParagraphs([greeting, ...paragraphs, signature, listedNotice]);
