import { dropInvisibleCharacters } from "../../../shared/invisible-characters.ts";
import { findStreetLine } from "../../../shared/street-line.ts";
import type { LetterLanguage } from "../../../shared/words/letter-language.ts";
import { applyLicenseForHomeState } from "../../domain/compliance/agent-license.ts";
import type { AgentDetails } from "../../domain/compliance/disclosure.ts";
import { findPropertyState } from "../../domain/compliance/property-state.ts";
import {
  findGreetingInFullName,
  findGreetingName,
  isAllCaps,
  isEntityName,
  readSalutation,
  titleCaseAddress,
  titleCaseName,
} from "./county-record.ts";
import { formatFiguresAndDates } from "./written-values.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * The details of the recipient, sender and tenant that become variables. `data` is the column
 * `data` of the recipient's row, with the host's values.
 */
export type TemplateDataInput = {
  recipient: { email: string | null; name: string; data: { recipient: Values; property: Values } };
  sender: AgentDetails & { fromEmail: string };
  tenant: { name: string; postalAddress: string; license: string | null; officePhone: string | null };
};

/**
 * The variables that a template can read. An unknown value is absent, never null or blank, so that
 * a fallback replaces the value.
 */
export type TemplateData = { recipient: Values; property: Values; sender: Values; brokerage: Values };

/** The word in a greeting without a usable name: "Hi there,", "Hola, qué tal:". */
const fallbackSalutations: Readonly<Record<LetterLanguage, string>> = { en: "there", es: "qué tal" };
const locales: Readonly<Record<LetterLanguage, string>> = { en: "en-US", es: "es-US" };

/**
 * Returns the variables of one email. All data that the host gave for the recipient and the
 * property is kept.
 * @param language the language of the letter
 */
export function buildTemplateData(
  { recipient, sender, tenant }: TemplateDataInput,
  language: LetterLanguage = "en",
): TemplateData {
  const { licenseNumber } = applyLicenseForHomeState(sender, findPropertyState(recipient.data.property));
  return {
    recipient: buildRecipientValues(recipient, language),
    property: buildPropertyValues(recipient.data.property, language),
    sender: keepKnownValues({
      fromName: sender.fromName,
      fromEmail: sender.fromEmail,
      phone: sender.phone,
      license: licenseNumber,
    }),
    brokerage: keepKnownValues({
      name: tenant.name,
      postalAddress: tenant.postalAddress,
      license: tenant.license,
      phone: tenant.officePhone,
    }),
  };
}

function buildRecipientValues(
  { email, name, data }: TemplateDataInput["recipient"],
  language: LetterLanguage,
): Values {
  const given = data.recipient;
  const lastName = undoPersonCapitals(toTrimmedText(given.lastName));
  const fullNameGiven = toTrimmedText(given.fullName) ?? toTrimmedText(name);
  const firstName =
    findGreetingName(toTrimmedText(given.firstName) ?? "") ??
    (fullNameGiven === undefined ? null : findGreetingInFullName(fullNameGiven));
  const fullName = fullNameGiven ?? toTrimmedText(`${firstName ?? ""} ${lastName ?? ""}`);
  return keepKnownValues({
    ...formatFiguresAndDates(given, locales[language]),
    firstName: firstName && joinFirstNames(firstName, language),
    lastName,
    fullName: undoPersonCapitals(fullName),
    salutation: joinFirstNames(
      readSalutation(toTrimmedText(given.salutation) ?? "") ?? firstName ?? fallbackSalutations[language],
      language,
    ),
    email,
  });
}

/**
 * Returns the names of a couple, joined by the language's word for "and": "John and Mary", "John y
 * Mary".
 */
const joinFirstNames = (names: string, language: LetterLanguage) =>
  language === "es" ? names.replace(/ and (?=\p{Lu})/u, " y ") : names;

/**
 * Undoes capitals in a person's name. A record's name stays unchanged: "MAPLE HOLDINGS LLC", "SMITH
 * JOHN & MARY TR".
 */
const undoPersonCapitals = (name: string | undefined) =>
  name === undefined || isEntityName(name) ? name : titleCaseName(name);

function buildPropertyValues(given: Values, language: LetterLanguage): Values {
  const street = toTrimmedText(given.streetAddress) ?? findStreetLine(given);
  const city = toTrimmedText(given.city);
  return keepKnownValues({
    ...formatFiguresAndDates(given, locales[language]),
    streetAddress: street === undefined ? undefined : titleCaseAddress(street),
    city: city !== undefined && isAllCaps(city) ? titleCaseAddress(city) : city,
  });
}

/**
 * Returns a value as trimmed text with single spaces and without invisible characters, or undefined
 * if there is nothing to print.
 */
function toTrimmedText(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = dropInvisibleCharacters(String(value)).replace(/\s+/g, " ").trim();
  return text === "" ? undefined : text;
}

const keepKnownValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== undefined && value !== null && !(typeof value === "string" && value.trim() === ""),
    ),
  );
