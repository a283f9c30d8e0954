import { findRecordFirstNames } from "./record-name.ts";

/**
 * Reads owners' names as county records and CRMs hold them: "SMITH JOHN & MARY TR", "MAPLE HOLDINGS
 * LLC", "JANE". No first name is guessed: a greeting uses a name only if the name is certain.
 */

const entityWords = new Set(
  (
    "llc inc incorporated corp corporation company co lp llp ltd plc trust trusts trustee trustees tr tte ttee " +
    "estate est heirs heir deceased decd etal etux etvir revocable irrevocable living holdings properties property " +
    "investments investment partners partnership enterprises ventures capital realty homes group bank association assn " +
    "hoa church ministries county city state dept department authority fund foundation family"
  ).split(" "),
);

/** Words that CRMs and exports use instead of an unknown name. */
const placeholders = new Set(
  "owner owners resident occupant homeowner tenant unknown none null undefined na test customer client contact lead the".split(
    " ",
  ),
);

const titles = new Set("mr mrs ms miss mx dr prof rev hon sir".split(" "));
const generationSuffixes = new Set(["II", "III", "IV"]);

const splitWords = (name: string) => name.split(/[\s,/]+/).filter((word) => word !== "");
const stripPunctuation = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Returns whether a name belongs to a company, trust, estate or record rather than to one person.
 */
export function isEntityName(name: string): boolean {
  return (
    /\bet\s+(al|ux|vir)\b/i.test(name) ||
    /\bc\/o\b/i.test(name) ||
    splitWords(name).some((word) => entityWords.has(stripPunctuation(word)))
  );
}

/**
 * Returns whether all letters that have a case are capitals. A single letter does not count: "J" is
 * an initial.
 */
export function isAllCaps(text: string): boolean {
  return (text.match(/\p{Lu}/gu)?.length ?? 0) >= 2 && !/\p{Ll}/u.test(text);
}

/**
 * Writes a name in title case: "MARY-ANN O'BRIEN III" → "Mary-Ann O'Brien III". A text that has
 * small letters stays unchanged.
 */
export function titleCaseName(name: string): string {
  if (!isAllCaps(name)) return name;
  return name
    .split(" ")
    .map((word) => (generationSuffixes.has(word) ? word : titleCaseWord(word)))
    .join(" ");
}

function titleCaseWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/(^|[-.'’(])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/(?<=['’])S$/u, "s")
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);
}

const directions = new Set(["N", "S", "E", "W", "NE", "NW", "SE", "SW", "PO", "US", "FM", "CR"]);

/**
 * Writes an address in title case: "1420 N 3RD ST" → "1420 N 3rd St". A text that has small letters
 * stays unchanged.
 */
export function titleCaseAddress(address: string): string {
  if (!isAllCaps(address)) return address;
  return address
    .split(" ")
    .map((word) => {
      if (directions.has(word)) return word;
      // Unit and lot numbers ("4B", "A12") keep their capitals, ordinals do not.
      if (/\d/.test(word)) return /^\d+(ST|ND|RD|TH)$/.test(word) ? word.toLowerCase() : word;
      return titleCaseWord(word);
    })
    .join(" ");
}

/**
 * Returns a first name fit for "Hi …,", or null. The name has at most three words and only letters,
 * and is not a company's name or a placeholder.
 */
export function findGreetingName(name: string): string | null {
  const words = splitWords(name);
  const isFit =
    words.length >= 1 &&
    words.length <= 3 &&
    name.length <= 40 &&
    /^[\p{L}\p{M}\s.'’&-]+$/u.test(name) &&
    stripPunctuation(name).length >= 2 &&
    !isEntityName(name) &&
    !words.some((word) => placeholders.has(stripPunctuation(word)));
  return isFit ? titleCaseName(words.join(" ")).replaceAll(" & ", " and ") : null;
}

/**
 * Returns the first name in a full name as a person types one, such as "Jane Q. Smith", or null.
 * Capitals, a comma or an "and" mark a county record, which has its own rules: "SMITH JOHN & MARY
 * TR" gives "John and Mary".
 */
export function findFirstName(fullName: string): string | null {
  if (isAllCaps(fullName) || /[,&+]|\sand\s/i.test(fullName)) return readRecordGreeting(fullName);
  const words = fullName.split(/\s+/).filter((word) => word !== "");
  const [first, middle] = words;
  if (first === undefined || words.length < 2 || words.length > 3) return null;
  if (isEntityName(fullName) || words.some((word) => placeholders.has(stripPunctuation(word)))) return null;
  if (words.length === 3 && !/^\p{Lu}\.?$/u.test(middle ?? "")) return null;
  if (!words.every((word) => /^[\p{L}\p{M}.'’-]+$/u.test(word)) || titles.has(stripPunctuation(first)))
    return null;
  return /\p{Lu}\p{Ll}/u.test(first) ? findGreetingName(first) : null;
}

/**
 * Matches the words for a trustee, who is a person. The other words in `entityWords` mark an owner
 * who is not to be greeted.
 */
const trustees = /\b(?:co-?\s?)?(?:trs?|ttees?|trustees?)\b\.?/gi;

function readRecordGreeting(record: string): string | null {
  if (isEntityName(record.replace(trustees, " "))) return null;
  if (
    splitWords(record).some(
      (word) => titles.has(stripPunctuation(word)) || placeholders.has(stripPunctuation(word)),
    )
  )
    return null;
  const names = findRecordFirstNames(record)?.map((name) => findGreetingName(name)) ?? [];
  if (names.length === 0 || names.some((name) => name === null)) return null;
  return names.join(" and ");
}
