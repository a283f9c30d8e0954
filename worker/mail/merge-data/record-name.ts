import { ambiguousNames, givenNames } from "./given-names.ts";

/**
 * Reads first names from the owner line of a county record: "SMITH JOHN & MARY TR" names John and
 * Mary. Counties write the family name first and people write it last, so a name is used only if
 * the order of its words is certain. Only `readSharedFirstName` may assume the county's order.
 */

/** Words that mark an owner who is not to be greeted by name. */
const entityWords = new Set(
  (
    "academy acquisitions agency assoc assocs associates attorneys bros brothers sisters sons ctr med medical dental friends company " +
    "daughters heirs law wife husband spouse children kids others apartments assets authority bishop board borough builders bureau care center centre chapel " +
    "chase church city clinic club college commission commissioner company condo condominium construction coop cooperative " +
    "corporate council county court custodian cust dept developers development diocese district enterprise equities equity " +
    "estates farm farms fbo federal fellowship finance financial fund funding gmbh government govt healthcare holding hospital " +
    "hotel house hud industrial industries inn institute international investors ira kingdom land landmark lands league " +
    "leasing lease lending library lien life limited llp loan loans lodge management manor mgmt ministry mission mortgage mosque " +
    "motel motors museum municipal national nationwide office ops organization owners parish park partner pastor plaza plc " +
    "pllc post project properties rentals rental residence residential resort ranch remainder restaurant savings school " +
    "secretary series service services shop society solutions state states store studio subdivision synagogue systems tabernacle " +
    "temple tower towers township town treasurer u.s. union united university usa usda va venture veterans village works worship"
  ).split(" "),
);
/**
 * Matches signs of further owners without a name, or of an owner who no longer owns the property.
 */
const otherOwnerPattern =
  /\b(?:et\s?al|et\s?ux|et\s?vir|et\s?uxor|a\.?k\.?a|f\.?k\.?a|d\.?b\.?a|c\/o|attn|minor|unborn|unknown|deceased|decd|dec'd|late|poa|life\s+est(?:ate)?)\b/i;
/**
 * Matches forms of ownership and suffixes of a name. Neither a form of ownership nor a suffix
 * affects the greeting.
 */
const ownershipPattern =
  /\b(?:h\s?\/\s?w|w\s?\/\s?h|h&w|husband\s+(?:and|&)\s+wife|wife\s+(?:and|&)\s+husband|jt\s?\/?\s?(?:wros|rs|ros|ten|tenants?)?|jtwros|jtrs|joint\s+tenants?|t\s?\/\s?[ce]|tic|tbe|ten\s+(?:ent|com)|tenants?\s+(?:by\s+the\s+entirety|in\s+common)|c\s?\/?\s?p|community\s+property|co-?\s?(?:trs?|ttees?|trustees?)|trs?|ttees?|trustees?|jr|sr|ii|iii|iv|esq|md|phd|dds|cpa|ret)\b\.?(?!\/)/gi;
const particlePattern =
  /^(?:(?:de\s+la|de\s+las|de\s+los|van\s+der|van\s+den|van\s+de|von\s+der)|(?:de|del|di|da|dos|das|du|la|le|van|von|ver|ter|ten|mc|mac|st\.?|saint|san|santa|el|al|bin|ben|abu|o)(?=\s))\s+/i;

/**
 * Returns the first names with which to greet the owners of a record.
 * @returns one or two first names with the record's capitals, or null if the greeting is uncertain
 */
export function findRecordFirstNames(record: string): string[] | null {
  const name = record.replace(/[()*]/g, " ").replace(/\s+/g, " ").trim();
  if (name.length > 100 || otherOwnerPattern.test(name) || /\d|%/.test(name)) return null;
  const bare = name
    .replace(ownershipPattern, " ")
    .replace(/\s+/g, " ")
    .replace(/[\s,;]+$/, "")
    .trim();
  if (bare.split(/[\s,&/]+/).some((word) => entityWords.has(word.toLowerCase().replace(/[^a-z.]/g, ""))))
    return null;
  const owners = bare.split(/\s*(?:&|\+|\s(?:and|AND)\s)\s*/).map((owner) => owner.trim());
  if (owners.length > 2 || owners.some((owner) => owner === "")) return null;
  const [first = "", second] = owners;
  return second === undefined
    ? requireAllNames([readOwnerFirstName(first)])
    : requireAllNames(readTwoOwners(first, second));
}

function requireAllNames(names: readonly (string | null)[]): string[] | null {
  const found = names.filter((name) => name !== null);
  return found.length === names.length && found.length > 0 ? found : null;
}

/**
 * Returns the first names of two owners. If one owner has only a first name, the family name among
 * the other owner's words belongs to both owners. The family name is the first or the last of these
 * words, and its position shows which word is the first name.
 */
function readTwoOwners(first: string, second: string): (string | null)[] {
  const [one, two] = [splitNameWords(first), splitNameWords(second)];
  // In "SMITH JOHN & MARY", the shared family name comes first. In "JOHN & MARY SMITH", the shared
  // family name comes last.
  if (two.length === 1)
    return [first.includes(",") ? readOwnerFirstName(first) : readSharedFirstName(one), readSingleName(two)];
  if (one.length === 1 && !second.includes(",")) {
    const order = detectNameOrder(two);
    return [readSingleName(one), order === "givenFirst" ? (two[0] ?? null) : null];
  }
  return [readOwnerFirstName(first), readOwnerFirstName(second)];
}

const readSingleName = ([word = ""]: readonly string[]) => (isPossibleFirstName(word) ? word : null);

function readSharedFirstName(words: readonly string[]): string | null {
  if (words.length < 2 || words.length > 3) return null;
  const order = detectNameOrder(words);
  if (order === "givenFirst") return words[0] ?? null;
  if (order === "familyFirst") return findGivenName(words);
  // If neither word is a common first name, the county's order is assumed: the family name comes
  // first.
  return words.length === 2 && isFamilyNameOnly(words[0] ?? "") ? (words[1] ?? null) : null;
}

/**
 * Returns one owner's first name, or null if the order of the words is uncertain. The order is
 * certain with a comma, or if only one end of the name is a common first name.
 */
function readOwnerFirstName(owner: string): string | null {
  const [family, given, ...more] = owner.split(",").map((part) => part.trim());
  if (given !== undefined) {
    const [word = ""] = splitNameWords(given);
    return more.length === 0 && family !== "" && isPossibleFirstName(word) ? word : null;
  }
  const words = splitNameWords(owner);
  if (words.length < 2 || words.length > 4) return null;
  switch (detectNameOrder(words)) {
    case "givenFirst":
      return words[0] ?? null;
    case "familyFirst":
      return findGivenName(words);
    case null:
      return null;
  }
}

/**
 * Returns the words of a name without initials. A particle stays joined to its word: DE LA CRUZ is
 * one word.
 */
function splitNameWords(owner: string): string[] {
  const particle = particlePattern.exec(owner)?.[0] ?? "";
  const joined = particle === "" ? owner : owner.slice(particle.length);
  const words = joined.split(/[\s,]+/).filter((word) => word.replace(/[^\p{L}]/gu, "").length > 1);
  const [first, ...rest] = words;
  return particle === "" || first === undefined ? words : [`${particle.trim()} ${first}`, ...rest];
}

function detectNameOrder(words: readonly string[]): "givenFirst" | "familyFirst" | null {
  const [first = ""] = words;
  if (isCommonFirstName(first)) return isFamilyNameOnly(words.at(-1) ?? "") ? "givenFirst" : null;
  return isFamilyNameOnly(first) && words.slice(1).some(isCommonFirstName) ? "familyFirst" : null;
}

/**
 * Skips the family name (the word in front) and returns the next word that is a common given name,
 * or null.
 */
const findGivenName = (words: readonly string[]) => words.slice(1).find(isCommonFirstName) ?? null;

const foldWord = (word: string) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Tells whether a word is a first name and no family name. KIM can be a first name or a family
 * name, so KIM tells nothing about the order of the words.
 */
function isCommonFirstName(word: string): boolean {
  const plain = foldWord(word);
  if (ambiguousNames.has(plain)) return false;
  return givenNames.has(plain) || (plain.includes("-") && givenNames.has(plain.split("-")[0] ?? ""));
}

/** Returns whether the word is no known first name, so that the word can only be a family name. */
const isFamilyNameOnly = (word: string) => !isCommonFirstName(word) && !ambiguousNames.has(foldWord(word));

/**
 * Family names that Chinese, Korean and Vietnamese people write in front, also in small letters:
 * "Chen Wei", "Park Jae". Some of these names are first names too, such as Kim and Lee.
 */
const familyNamesInFront = new Set(
  (
    "kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn song yoo hong chen wang li zhang liu " +
    "yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang deng feng nguyen tran le pham hoang " +
    "huynh phan vu vo dang bui ho ngo duong ly truong dinh trinh doan tan wong chan cheung lau leung ng chow kwok"
  ).split(" "),
);

/** Tells whether the first word of a name may be the family name, so that no first name is sure. */
export const isFamilyNameInFront = (word: string): boolean => familyNamesInFront.has(foldWord(word));

const isPossibleFirstName = (word: string) => /^\p{L}[\p{L}\p{M}'’-]{1,20}$/u.test(word);
