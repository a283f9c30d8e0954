import type { LetterLanguage } from "../../../shared/words/letter-language.ts";

/** The fixed words of an email's footer and of the link to a state's form. */
export type DisclosureWords = {
  license(number: string): string;
  officePhone(phone: string): string;
  agentPhone(phone: string): string;
  brokerageLicense(number: string): string;
  officePlace(place: string): string;
  /** The notice that the email is an advertisement: 15 USC 7704(a)(5). */
  advertisement(brokerage: string): string;
  /** The notice for owners whose home is already listed: NAR Standard of Practice 16-2. */
  alreadyListed: string;
  equalHousing(line: string): string;
  /** The question before the unsubscribe link, and the link's own text. */
  optOut: { question: string; link: string };
  agencyForm(state: "Texas" | "Maine"): string;
};

/** Adds a period unless the text ends with a period, as "Cairn Realty, Inc." does. */
const endSentence = (text: string) => (text.endsWith(".") ? text : `${text}.`);

/**
 * HUD's fair-housing line in English. A Spanish letter prints HUD's Spanish line before the English
 * line.
 */
const hudLine = "Equal Housing Opportunity";

/*
 * The Spanish lines also print the English legal word if a law or a board names that word:
 * "advertisement", "license". Names, numbers and license types stay as the license has them.
 */
export const disclosureWords: Readonly<Record<LetterLanguage, DisclosureWords>> = {
  en: {
    license: (number) => `license ${number}`,
    officePhone: (phone) => `Office ${phone}`,
    agentPhone: (phone) => `Direct ${phone}`,
    brokerageLicense: (number) => `Brokerage license ${number}`,
    officePlace: (place) => `Office in ${place}`,
    // SpamAssassin counts "This is an advertisement" as a sign of spam.
    advertisement: (brokerage) => `Advertisement from ${endSentence(brokerage)}`,
    alreadyListed: "If your home is listed with another broker, please disregard this.",
    equalHousing: (line) => line,
    optOut: { question: "Prefer not to get these emails?", link: "Unsubscribe" },
    agencyForm: (state) => `${state} asks agents to share this form before talking about a specific home:`,
  },
  es: {
    license: (number) => `licencia (license) ${number}`,
    officePhone: (phone) => `Oficina ${phone}`,
    agentPhone: (phone) => `Directo ${phone}`,
    brokerageLicense: (number) => `Licencia de la inmobiliaria (brokerage license) ${number}`,
    officePlace: (place) => `Oficina en ${place}`,
    advertisement: (brokerage) => `Anuncio publicitario (advertisement) de ${endSentence(brokerage)}`,
    alreadyListed: "Si su casa está listada con otro corredor (broker), por favor ignore este mensaje.",
    equalHousing: (line) =>
      line.trim() === hudLine ? `Igualdad de oportunidades en la vivienda (${hudLine})` : line,
    optOut: { question: "¿Prefiere no recibir estos correos?", link: "Cancelar suscripción" },
    agencyForm: (state) =>
      `${state} pide a los agentes compartir este formulario antes de hablar de una casa en particular:`,
  },
};
