import { mustacheSpans } from "./mustache.ts";

/**
 * Merge fields as other tools write them (%first_name%, *|FNAME|*, [First Name], {{contact.first_name}} …), and the
 * variable of ours that each stands for.
 */
export type ForeignMergeField = {
  start: number;
  end: number;
  /** As it stands in the text, at most 100 characters. */
  written: string;
  /** The path of our variable; null where it could mean more than one, or none. */
  variable: string | null;
  /** What is printed where there is no value, as the other tool wrote it. */
  fallback: string | null;
  /** What to do where there is no variable. */
  advice: string;
};

const name = "[A-Za-z][A-Za-z0-9_ .-]{0,48}[A-Za-z0-9]";
/** `| default: "there"` (Liquid), `|there` and the like. */
const otherwise = `(?:\\s{0,3}\\|\\s{0,3}(?:default(?:\\s{0,3}:|\\s)\\s{0,3}|fallback\\s{0,3}[=:]\\s{0,3})?["']?([^"'{}|%<>\\]*\\n]{1,60}?)["']?)?`;
/** The opening, and the closing; what stands between them is a name. */
const forms: readonly [string, string][] = [
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
const elsewhere = new RegExp(
  forms.map(([open, close]) => `${open}(${name})${close === "\\|\\*" ? "()" : otherwise}${close}`).join("|"),
  "g",
);
const inMustache = new RegExp(`^\\{\\{\\s{0,3}(${name})${otherwise}\\s{0,3}\\}\\}$`);

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
  license: "license",
};
/** Without saying whose: what nearly every tool means by it. */
const bare: Readonly<Record<string, string>> = {
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
const unsubscribes =
  /^(?:unsub|unsubscribe|unsubscribelink|unsubscribeurl|optout|optoutlink|listunsubscribe|updateprofile|preferencesurl|listaddress|listaddresshtml|senderaddress|physicaladdress)$/;

/** @returns undefined where a word is nobody's merge field */
function meaningOf(written: string): Pick<ForeignMergeField, "variable" | "advice"> | undefined {
  const key = written.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (unsubscribes.test(key)) {
    return { variable: null, advice: "the footer of every email says it already; leave it out" };
  }
  if (unclear.has(key)) {
    const advice =
      "it could mean more than one thing; say whose with {{recipient.…}}, {{property.…}} or {{sender.…}}";
    return { variable: null, advice };
  }
  const direct = bare[key];
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

/** The variable of ours that a path nobody offers is likely to stand for; null where nothing is sure. */
export function variableMeantBy(path: string): string | null {
  if (path.length > 100) return null;
  return meaningOf(path)?.variable ?? null;
}

const roots = /^(?:recipient|property|sender|brokerage)\b|^(?:this|else|@)/;

/** Every merge field of another tool, in order. Time grows with the text's length: every part of a pattern is bounded. */
export function foreignMergeFields(text: string): ForeignMergeField[] {
  const found: ForeignMergeField[] = [];
  let from = 0;
  for (const { start, end, kind } of mustacheSpans(text)) {
    found.push(...outside(text.slice(from, start), from));
    const match = kind === "tag" && end - start <= 200 ? inMustache.exec(text.slice(start, end)) : null;
    const field = match && fieldOf(match, [match[1], match[2]], start, !roots.test(match[1] ?? ""));
    if (field) found.push(field);
    from = end;
  }
  return [...found, ...outside(text.slice(from), from)];
}

function outside(text: string, offset: number): ForeignMergeField[] {
  return [...text.matchAll(elsewhere)].flatMap((match) => {
    const groups = match.slice(1).filter((group) => group !== undefined);
    // A word in brackets may be just that; a form that only merge fields have need not be known to be one.
    return fieldOf(match, [groups[0], groups[1]], offset + match.index, true) ?? [];
  });
}

function fieldOf(
  match: RegExpMatchArray,
  [written, fallback]: (string | undefined)[],
  start: number,
  isForeign: boolean,
): ForeignMergeField | null {
  const meaning = isForeign && written !== undefined ? meaningOf(written) : undefined;
  const isSure = /^(?:\*\||%%|<<|&lt;)/.test(match[0]);
  if (!isForeign || (meaning === undefined && !isSure)) return null;
  return {
    start,
    end: start + match[0].length,
    written: match[0].slice(0, 100),
    variable: meaning?.variable ?? null,
    fallback: fallback === undefined || fallback === "" ? null : fallback.trim(),
    advice: meaning?.advice ?? "put one of our variables in its place",
  };
}

export type Converted = { text: string; conversions: { from: string; to: string; count: number }[] };

/** The text with every merge field that is sure to mean one of our variables rewritten as that; the rest is left. */
export function convertMergeFields(text: string): Converted {
  const counts = new Map<string, { from: string; to: string; count: number }>();
  let result = "";
  let from = 0;
  for (const { start, end, written, variable, fallback } of foreignMergeFields(text)) {
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
