import type { Preset } from "../preset.ts";

/*
 * Builds preset letters in the form of a personal letter: a greeting, short paragraphs, a name at
 * the end. Every variable that a CRM may lack has a fallback that reads well. A letter to an owner
 * also fits a firm, a trust or an estate. The footer has the notices that the law requires.
 */

const greeting = 'Hi {{default recipient.salutation "there"}},';

const signature = "{{sender.fromName}}{{#if sender.phone}}<br>{{sender.phone}}{{/if}}<br>{{brokerage.name}}";

const formatParagraphs = (paragraphs: readonly string[]) =>
  paragraphs.map((text) => `<p>${text}</p>`).join("\n");

/** Builds the HTML body of an email from its paragraphs, with a greeting and a signature. */
export const buildPresetLetterHtml = (...paragraphs: string[]) =>
  formatParagraphs([greeting, ...paragraphs, signature]);

const spanishGreeting = 'Hola, {{default recipient.salutation "qué tal"}}:';

/** Builds the HTML body of a Spanish email from its paragraphs. */
export const buildSpanishPresetLetterHtml = (...paragraphs: string[]) =>
  formatParagraphs([spanishGreeting, ...paragraphs, signature]);

/** The parts of an email step that differ between presets. */
type PresetEmail = { name: string; delayDays: number; preheader: string; bodyHtml: string };

/** Builds an email step that starts a new thread. */
export const buildPresetEmailStep = (email: PresetEmail & { subject: string }): Preset["steps"][number] => ({
  ...email,
  delayHours: 0,
  sendTimeHour: null,
  conditions: {},
  startsThread: true,
  bodyText: "",
});

/**
 * Builds the steps of a sequence with a single thread: the follow-ups stay in the thread of the
 * first email, under its subject.
 */
export const buildPresetThread = (subject: string, emails: readonly PresetEmail[]): Preset["steps"] =>
  emails.map((email) => ({ ...buildPresetEmailStep({ ...email, subject }), startsThread: false }));

/** The template text for the home's street address, or for "your property" without an address. */
export const streetAddressText = '{{default property.streetAddress "your property"}}';
/** The template text for the home's city, or for "your area" without a city. */
export const cityText = '{{default property.city "your area"}}';

/** The template texts for the street address and the city in a Spanish letter. */
export const spanishStreetAddressText = '{{default property.streetAddress "su propiedad"}}';
export const spanishCityText = '{{default property.city "su zona"}}';
