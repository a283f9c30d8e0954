/**
 * Ready wording is written as a person writes: a greeting, short paragraphs, a name at the end.
 * Every variable that a CRM may lack has a fallback that reads well in its place.
 */

const greeting = 'Hi {{default recipient.salutation "there"}},';

const signature = "{{sender.fromName}}{{#if sender.phone}}<br>{{sender.phone}}{{/if}}<br>{{brokerage.name}}";

/** Owners may have signed with somebody since; a letter that could be read as poaching a listing says that it is not. */
const listedNotice =
  "If your home is already listed with another broker, this is not a solicitation of that listing.";

const html = (paragraphs: readonly string[]) => paragraphs.map((text) => `<p>${text}</p>`).join("\n");

/** An email body from its paragraphs: HTML with Handlebars variables. */
export const letter = (...paragraphs: string[]) => html([greeting, ...paragraphs, signature]);

/** The same to somebody who owns a home, with the notice for homes that are listed already. */
export const ownerLetter = (...paragraphs: string[]) =>
  html([greeting, ...paragraphs, signature, listedNotice]);
