import type { RecipientTemplateData } from "../recipient-data.ts";

/** Values by name that an agent filled in; null takes a value away. */
export type FilledValues = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What an agent has filled in for a recipient; an absent field leaves the stored value unchanged.
 */
export type FilledIn = {
  name?: string | undefined;
  phone?: string | undefined;
  templateData?: FilledValues | undefined;
  property?: FilledValues | undefined;
};

/** Removes the parts of a name, because a corrected name replaces all of them. */
const noNameParts = { firstName: null, lastName: null, salutation: null };

/** Returns the data with the filled-in values; a null takes a value away. */
export function fillValues(
  { recipient, property, byHand }: RecipientTemplateData,
  correction: FilledIn,
  now: number,
): RecipientTemplateData {
  const named = correction.name === undefined ? {} : { ...noNameParts, fullName: correction.name };
  const phone = correction.phone === undefined ? {} : { phone: correction.phone };
  const paths = [
    ...(correction.name === undefined ? [] : ["recipient.fullName"]),
    ...(correction.phone === undefined ? [] : ["recipient.phone"]),
    ...Object.keys(correction.templateData ?? {}).map((name) => `recipient.${name}`),
    ...Object.keys(correction.property ?? {}).map((name) => `property.${name}`),
  ];
  const times = Object.fromEntries(paths.map((path) => [path, now]));
  return {
    recipient: dropNulls({ ...recipient, ...named, ...phone }, correction.templateData),
    property: dropNulls(property, correction.property),
    ...(paths.length === 0 && byHand === undefined ? {} : { byHand: { ...byHand, ...times } }),
  };
}

const dropNulls = (values: Readonly<Record<string, unknown>>, filled: FilledValues = {}) =>
  Object.fromEntries(Object.entries({ ...values, ...filled }).filter(([, value]) => value !== null));
