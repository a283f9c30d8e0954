import { findMustaches } from "../../../shared/mustache.ts";

/**
 * A merge field in the notation of another tool (%first_name%, *|FNAME|*, [First Name],
 * {{contact.first_name}} …), with our variable of the same meaning.
 */
export type ForeignMergeField = {
  start: number;
  end: number;
  /** The merge field as written in the text, at most 100 characters. */
  written: string;
  /** The path of our variable; null if no variable, or more than one, may be meant. */
  variable: string | null;
  /**
   * The text the other tool prints if there is no value; null if the merge field has no fallback.
   */
  fallback: string | null;
  /** The advice for a merge field without a variable of ours. */
  advice: string;
};

const name = "[A-Za-z][A-Za-z0-9_ .-]{0,48}[A-Za-z0-9]";
/** Matches a fallback: `| default: "there"` (Liquid), `|there` and similar. */
const fallbackSource = `(?:\\s{0,3}\\|\\s{0,3}(?:default(?:\\s{0,3}:|\\s)\\s{0,3}|fallback\\s{0,3}[=:]\\s{0,3})?["']?([^"'{}|%<>\\]*\\n]{1,60}?)["']?)?`;
/**
 * The opening and closing marks of each notation. The field's name stands between the two marks.
 */
const notations: readonly [string, string][] = [
  ["\\*\\|", "\\|\\*"],
  ["%%", "%%"],
  ["%", "%"],
  ["<<\\s{0,3}", "\\s{0,3}>>"],
  ["&lt;&lt;\\s{0,3}", "\\s{0,3}&gt;&gt;"],
  ["\\[\\[\\s{0,3}", "\\s{0,3}\\]\\]"],
  ["\\[\\s{0,3}", "\\s{0,3}\\]"],
  ["\\$\\{\\s{0,3}", "\\s{0,3}\\}"],
  ["\\{!?\\s{0,3}", "\\s{0,3}\\}"],
];
const foreignFieldPattern = new RegExp(
  notations
    .map(([open, close]) => `${open}(${name})${close === "\\|\\*" ? "()" : fallbackSource}${close}`)
    .join("|"),
  "g",
);
const mustacheFieldPattern = new RegExp(`^\\{\\{\\s{0,3}(${name})${fallbackSource}\\s{0,3}\\}\\}$`);

const persons =
  /^(?:contact|lead|recipient|subscriber|owner|person|customer|client|prospect|user|to|homeowner|seller|buyer)/;
const homes = /^(?:property|listing|home|house|subject ?property|mailing)/;
const agents = /^(?:agent|sender|my|your|from|account|realtor)/;
const offices = /^(?:brokerage|broker|company|office|organization|business|team)/;

const ofPerson: Readonly<Record<string, string>> = {
  firstname: "firstName",
  fname: "firstName",
  first: "firstName",
  givenname: "firstName",
  forename: "firstName",
  lastname: "lastName",
  lname: "lastName",
  last: "lastName",
  surname: "lastName",
  familyname: "lastName",
  fullname: "fullName",
  name: "fullName",
  email: "email",
  emailaddress: "email",
  salutation: "salutation",
  greeting: "salutation",
  greetingname: "salutation",
};
const ofHome: Readonly<Record<string, string>> = {
  address: "streetAddress",
  streetaddress: "streetAddress",
  street: "streetAddress",
  address1: "streetAddress",
  addressline1: "streetAddress",
  city: "city",
  state: "stateOrProvince",
  zip: "postalCode",
  zipcode: "postalCode",
  postalcode: "postalCode",
  fulladdress: "unparsedAddress",
  price: "listPrice",
  listprice: "listPrice",
  askingprice: "listPrice",
  beds: "bedroomsTotal",
  bedrooms: "bedroomsTotal",
  baths: "bathroomsTotalInteger",
  bathrooms: "bathroomsTotalInteger",
  sqft: "livingArea",
  squarefeet: "livingArea",
  livingarea: "livingArea",
  yearbuilt: "yearBuilt",
  status: "standardStatus",
};
const ofAgent: Readonly<Record<string, string>> = {
  name: "fromName",
  fullname: "fromName",
  email: "fromEmail",
  emailaddress: "fromEmail",
  phone: "phone",
  phonenumber: "phone",
  mobile: "phone",
  cell: "phone",
  license: "license",
  licensenumber: "license",
};
const ofOffice: Readonly<Record<string, string>> = {
  name: "name",
  "": "name",
  address: "postalAddress",
  mailingaddress: "postalAddress",
  phone: "phone",
  license: "license",
};
/**
 * Our variable for each field name that stands alone, without an object such as `contact.`. Nearly
 * every tool uses these names, such as `firstname`.
 */
const variableByBareName: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(ofPerson)
      .filter(([key]) => key !== "name" && key !== "first" && key !== "last")
      .map(([key, value]) => [key, `recipient.${value}`]),
  ),
  streetaddress: "property.streetAddress",
  listprice: "property.listPrice",
  yearbuilt: "property.yearBuilt",
  bedrooms: "property.bedroomsTotal",
  bathrooms: "property.bathroomsTotalInteger",
  sqft: "property.livingArea",
};
const unclear = new Set(
  "name first last address phone phonenumber mobile company city state zip zipcode postalcode street title date price website url signature".split(
    " ",
  ),
);
const unsubscribeNames =
  /^(?:unsub|unsubscribe|unsubscribelink|unsubscribeurl|optout|optoutlink|listunsubscribe|updateprofile|preferencesurl|listaddress|listaddresshtml|senderaddress|physicaladdress)$/;

/**
 * Returns our variable for a name in another tool's notation, and advice if there is no such
 * variable.
 * @returns undefined if the name is no known merge field
 */
function interpretFieldName(written: string): Pick<ForeignMergeField, "variable" | "advice"> | undefined {
  const key = written.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (unsubscribeNames.test(key)) {
    return { variable: null, advice: "every email's footer already says it; leave it out" };
  }
  if (unclear.has(key)) {
    const advice =
      "it could mean more than one thing; say whose with {{recipient.…}}, {{property.…}} or {{sender.…}}";
    return { variable: null, advice };
  }
  const direct = variableByBareName[key];
  if (direct !== undefined) return { variable: direct, advice: "" };
  for (const [owner, table, root] of [
    [persons, ofPerson, "recipient"],
    [homes, ofHome, "property"],
    [agents, ofAgent, "sender"],
    [offices, ofOffice, "brokerage"],
  ] as const) {
    const rest = key.replace(owner, "");
    const field = rest === key ? undefined : table[rest];
    if (field !== undefined) return { variable: `${root}.${field}`, advice: "" };
  }
  return undefined;
}

/**
 * Returns the variable that an unknown path most likely stands for, or null if no variable fits.
 */
export function guessVariable(path: string): string | null {
  if (path.length > 100) return null;
  return interpretFieldName(path)?.variable ?? null;
}

const ourRoots = /^(?:recipient|property|sender|brokerage)\b|^(?:this|else|@)/;

/**
 * Returns every merge field of another tool, in order. The time is linear in the length of the
 * text, because every part of a pattern is bounded.
 */
export function findForeignMergeFields(text: string): ForeignMergeField[] {
  const found: ForeignMergeField[] = [];
  let from = 0;
  for (const { start, end, kind } of findMustaches(text)) {
    found.push(...findFieldsOutsideTags(text.slice(from, start), from));
    const match =
      kind === "tag" && end - start <= 200 ? mustacheFieldPattern.exec(text.slice(start, end)) : null;
    const field = match && toForeignField(match, [match[1], match[2]], start, !ourRoots.test(match[1] ?? ""));
    if (field) found.push(field);
    from = end;
  }
  return [...found, ...findFieldsOutsideTags(text.slice(from), from)];
}

function findFieldsOutsideTags(text: string, offset: number): ForeignMergeField[] {
  return [...text.matchAll(foreignFieldPattern)].flatMap((match) => {
    const groups = match.slice(1).filter((group) => group !== undefined);
    // A word in brackets may be ordinary text, so the word must be a known field. A notation that
    // only merge fields use needs no known name.
    return toForeignField(match, [groups[0], groups[1]], offset + match.index, true) ?? [];
  });
}

function toForeignField(
  match: RegExpMatchArray,
  [written, fallback]: (string | undefined)[],
  start: number,
  isForeign: boolean,
): ForeignMergeField | null {
  const meaning = isForeign && written !== undefined ? interpretFieldName(written) : undefined;
  const isSure = /^(?:\*\||%%|<<|&lt;)/.test(match[0]);
  if (!isForeign || (meaning === undefined && !isSure)) return null;
  return {
    start,
    end: start + match[0].length,
    written: match[0].slice(0, 100),
    variable: meaning?.variable ?? null,
    fallback: fallback === undefined || fallback === "" ? null : fallback.trim(),
    advice: meaning?.advice ?? "replace it with one of our variables",
  };
}

export type ConvertedText = { text: string; conversions: { from: string; to: string; count: number }[] };

/**
 * Returns the text with our variable in place of every merge field whose meaning is clear. Other
 * merge fields stay unchanged. `conversions` counts the replacements.
 */
export function convertMergeFields(text: string): ConvertedText {
  const counts = new Map<string, { from: string; to: string; count: number }>();
  let result = "";
  let from = 0;
  for (const { start, end, written, variable, fallback } of findForeignMergeFields(text)) {
    if (variable === null) continue;
    const to =
      fallback === null ? `{{${variable}}}` : `{{default ${variable} "${fallback.replaceAll('"', "'")}"}}`;
    const counted = counts.get(written) ?? { from: written, to, count: 0 };
    counts.set(written, { ...counted, count: counted.count + 1 });
    result += text.slice(from, start) + to;
    from = end;
  }
  return { text: result + text.slice(from), conversions: [...counts.values()] };
}
