import type { RecipientTemplateData } from "../recipient-data.ts";
import type { Candidate } from "./candidate.ts";
import { applyNewerFacts } from "./facts-of-day.ts";

/** Values by name that an agent filled in; null removes a value. */
export type FilledValues = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The values that an agent has filled in for a recipient; an absent field leaves the stored value
 * unchanged.
 */
export type FilledInFields = {
  name?: string | undefined;
  phone?: string | undefined;
  templateData?: FilledValues | undefined;
  property?: FilledValues | undefined;
};

/** Removes the parts of a name, because a corrected name replaces all parts. */
const noNameParts = { firstName: null, lastName: null, salutation: null };

/**
 * Returns the data with the filled-in values; null removes a value. If an agent fills in the
 * present value again, the value is only confirmed, and a later report of the host still replaces
 * it.
 */
export function applyFilledInFields(
  candidate: Candidate,
  correction: FilledInFields,
  now: number,
): RecipientTemplateData {
  const { recipient, property, byHand, confirmed } = candidate.recipient.data;
  const current = applyNewerFacts(candidate).data;
  const named = correction.name === undefined ? {} : { ...noNameParts, fullName: correction.name };
  const phone = correction.phone === undefined ? {} : { phone: correction.phone };
  const ofRecipient = splitFilled({ ...phone, ...correction.templateData }, current.recipient);
  const ofProperty = splitFilled(correction.property ?? {}, current.property);
  const changedPaths = [
    ...(correction.name === undefined ? [] : ["recipient.fullName"]),
    ...listPaths("recipient", ofRecipient.changed),
    ...listPaths("property", ofProperty.changed),
  ];
  const keptPaths = [...listPaths("recipient", ofRecipient.kept), ...listPaths("property", ofProperty.kept)];
  const date = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, now]));
  return {
    recipient: dropNulls({ ...recipient, ...named, ...ofRecipient.changed }),
    property: dropNulls({ ...property, ...ofProperty.changed }),
    ...(byHand === undefined && changedPaths.length === 0
      ? {}
      : { byHand: { ...byHand, ...date(changedPaths) } }),
    ...(confirmed === undefined && keptPaths.length === 0
      ? {}
      : { confirmed: { ...confirmed, ...date(keptPaths) } }),
  };
}

/**
 * Splits the filled-in values into values that change something and values that equal the present
 * values.
 */
function splitFilled(filled: FilledValues, current: Readonly<Record<string, unknown>>) {
  const isKept = ([name, value]: [string, FilledValues[string]]) =>
    value !== null && current[name] !== undefined && String(value) === String(current[name]);
  const entries = Object.entries(filled);
  return {
    kept: Object.fromEntries(entries.filter(isKept)),
    changed: Object.fromEntries(entries.filter((entry) => !isKept(entry))),
  };
}

const listPaths = (root: "recipient" | "property", values: object) =>
  Object.keys(values).map((name) => `${root}.${name}`);

const dropNulls = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
