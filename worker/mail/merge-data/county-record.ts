import { findRecordFirstNames, isFamilyNameInFront } from "./record-name.ts";

/**
 * Reads owners' names in the spelling of county records and CRMs: "SMITH JOHN & MARY TR", "MAPLE
 * HOLDINGS LLC", "JANE". No first name is guessed: a greeting uses a name only if the name is
 * certain.
 */

const entityWords = new Set(
  (
    "llc inc incorporated corp corporation company co lp llp ltd plc trust trusts trustee trustees tr tte ttee " +
    "estate est heirs heir deceased decd etal etux etvir revocable irrevocable living holdings properties property " +
    "investments investment partners partnership enterprises ventures capital realty homes group bank association assn " +
    "hoa church ministries county city state dept department authority fund foundation family household " +
    "sons bros brothers sisters assoc assocs associates friends center centre ctr med medical clinic"
  ).split(" "),
);

/** Matches lenders and other firms in county records whose names look like a person's name. */
const firmPattern =
  /\b(?:wells\s+fargo|fannie\s+mae|freddie\s+mac|ginnie\s+mae|sallie\s+mae|jp\s*morgan|merrill\s+lynch|charles\s+schwab|morgan\s+stanley|keller\s+williams)\b/i;

/** Words that CRMs and exports use instead of an unknown name. */
const placeholders = new Set(
  (
    "owner owners resident residents occupant occupants homeowner homeowners householder tenant tenants unknown none null " +
    "undefined na n/a nan test tester dummy sample temp customer client contact lead prospect seller sellers buyer buyers " +
    "landlord neighbor neighbour prospect the tbd tba tbc no name noname firstname lastname fullname surname unnamed " +
    "anonymous somebody someone nobody anybody person people individual party spouse husband wife partner current " +
    "previous former valued dear madam madame blank empty missing pending private withheld confidential redacted " +
    "deleted unavailable available not provided given listed specified applicable other others same see notes admin " +
    "administrator user guest member household deceased decd testing fname lname unk dnc duplicate dup deleted delete unassigned " +
    "various multiple misc miscellaneous anon late hello hi hey hola greetings there whom business office info sales " +
    "accounts manager renter renters investor investors executor executrix representative conservator attorney agent " +
    "broker realtor vip friend old new asdf asdfg asdfgh qwer qwerty lorem ipsum foo bar first last middle initial baby"
  ).split(" "),
);

const titles = new Set(
  (
    "mr mrs ms miss mx mister missus missis misses mistress dr doc doctor prof professor rev reverend hon honorable sir " +
    "madam mme mlle monsieur madame herr frau señor señora señorita senor senora senorita sra srta doña capt captain col " +
    "colonel sgt sergeant lt lieutenant maj gen general cpl corporal judge sen senator gov governor mayor ambassador officer " +
    "fr pastor rabbi imam"
  ).split(" "),
);

/**
 * Words that follow a name, such as "MD". Such a word alone is no name, and "Sr." means "señor" in
 * Spanish.
 */
const nameEndings = new Set("sr md phd esq dds dvm cpa rn pe ii iii iv".split(" "));
const isEnding = (word: string) => nameEndings.has(stripPunctuation(word)) || /^jr\b/i.test(word);
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
    firmPattern.test(name) ||
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

/**
 * Words of an address that keep their capitals, such as the directions, "PO" and "III". Words
 * without a vowel ("MLK") keep their capitals too, except the words in `spelledWithoutVowels`.
 */
const capitalWords = new Set("N S E W NE NW SE SW PO US USA II III IV JFK".split(" "));

/** Abbreviations without a vowel that are written with one capital. */
const spelledWithoutVowels = new Set(
  (
    "st rd dr ln ct pl sq blvd pkwy pky hwy trl crk crks mt mtn mtns ft pt pts jct rte ctr xing fwy expy byp tpke cv cvs dl " +
    "frk frks frg frst gln grn grv gtwy hbr hl hls hts knl knls lk lks lgt mdw mdws ml mls mnr msn plz pln plns prt pr rnch " +
    "rdg rdgs rpds shr shrs spg spgs sprgs smt strm tr trce trfy trwy tunl vly vlys vlg vl vw vws wl wls xrd brk brg brks btm clb " +
    "clf clfs cmn cpe crst crse crt cswy drv drs dv flt flts fld flds fls jr mr mrs ms dr th nd bldg pmb spc rm lt lts bsmt frnt ph " +
    "mc cnty twp twnshp bnd brdg ldg psge rst ctrs"
  ).split(" "),
);

const keepsCapitals = (word: string) =>
  capitalWords.has(word) ||
  (/^[B-DF-HJ-NP-TV-XZ]{2,5}$/.test(word) && !spelledWithoutVowels.has(word.toLowerCase()));

/** Words that have no capital inside a street's name: "77 Avenue of the Americas". */
const smallWords = new Set("OF THE AND AT BY ON IN".split(" "));
/** Matches a word for a state's road, before which the state's abbreviation keeps its capitals. */
const stateRoad = /^(?:HWY|HIGHWAY|RTE|ROUTE)$/;

/**
 * Writes an address in title case: "1420 N 3RD ST" → "1420 N 3rd St". A text that has small letters
 * stays unchanged.
 */
export function titleCaseAddress(address: string): string {
  if (!isAllCaps(address)) return address;
  return address
    .split(" ")
    .map((word, index, words) => {
      // "SR 20" is a state route; "KING SR" is a person's name.
      if (word === "SR") return /^\d/.test(words[index + 1] ?? "") ? word : "Sr";
      if (keepsCapitals(word)) return word;
      if (/^[A-Z]{2}$/.test(word) && stateRoad.test(words[index + 1] ?? "")) return word;
      if (smallWords.has(word) && /[A-Z]/.test(words[index - 1] ?? "")) return word.toLowerCase();
      // Unit and lot numbers ("4B", "A12") keep their capitals, ordinals do not.
      if (/\d/.test(word)) return /^\d+(ST|ND|RD|TH)$/.test(word) ? word.toLowerCase() : word;
      return word
        .split("-")
        .map((part) => (keepsCapitals(part) ? part : titleCaseWord(part)))
        .join("-");
    })
    .join(" ");
}

/** Short first names that are no initials, so these names are not kept in capitals. */
const shortNames = new Set(
  "al an bo cy di ed ev flo gi ha hu jo le li lu mo my ng oz su ty vi wu xi xu yi yu".split(" "),
);

/**
 * Returns a first name fit for "Hi …,", or null. The name has at most three words and only letters,
 * and is not a company's name, a title or a placeholder. Initials such as "AJ" keep their capitals.
 */
export function findGreetingName(name: string): string | null {
  const words = splitWords(name);
  const isFit =
    words.length >= 1 &&
    words.length <= 3 &&
    name.length <= 40 &&
    /^[\p{L}\p{M}\s.'’&-]+$/u.test(name) &&
    stripPunctuation(name).length >= 2 &&
    // Some people type one letter again and again, such as "xxx", into a field for a name.
    !/^(.)\1+$/u.test(stripPunctuation(name)) &&
    !isEntityName(name) &&
    !words.some(isNoName);
  if (!isFit) return null;
  if (/^\p{Lu}{2}$/u.test(name) && !shortNames.has(name.toLowerCase())) return name;
  return titleCaseName(words.join(" ")).replace(/ (?:&|and) /gi, " and ");
}

/** Tells whether a word is a title, an ending or a placeholder: "Mrs.", "MD", "Jane-Deceased". */
const isNoName = (word: string): boolean =>
  [word, ...word.split("-")]
    .map(stripPunctuation)
    .some((part) => placeholders.has(part) || titles.has(part) || nameEndings.has(part));

const longestSalutation = 80;

/** Matches a greeting word before a name, and the sign after the name: "Dear Jane,". */
const greetingWord = /^(?:dear|hi|hello|hey|hola|estimad[oa]s?|querid[oa]s?)\s+/i;
const greetingSign = /\s*[,:;!]+$/;

/** Matches the titles in front of a name, also the titles of a couple: "Dr.", "Mr. & Mrs.". */
const leadingTitles = /^(?:(\p{Lu}\p{Ll}+\.?) (?:and|&|y) )?(\p{Lu}\p{Ll}+\.?) (?=\p{Lu}.*\p{Ll})/u;

const isTitle = (word: string) => titles.has(stripPunctuation(word)) || /^sr\.?$/i.test(word);

/**
 * Returns the greeting in a salutation that the host gives, or null. A title is kept if a name with
 * small letters follows: "Ms. Whitaker", "Mr. and Mrs. Whitaker". The template has a greeting word
 * of its own, so the word in "Dear Jane," is left out.
 */
export function readSalutation(salutation: string): string | null {
  if (salutation.length > longestSalutation) return null;
  const plain = salutation.trim().replace(greetingWord, "").replace(greetingSign, "");
  const [lead = "", first, second = ""] = leadingTitles.exec(plain) ?? [];
  if (lead === "" || !isTitle(second) || (first !== undefined && !isTitle(first)))
    return findGreetingName(plain);
  const name = plain.slice(lead.length);
  return findGreetingName(name) === name ? lead.replace(" & ", " and ") + name : null;
}

/**
 * Returns the first name in a full name that a person has typed, such as "Jane Q. Smith", or null.
 * Capitals, a comma or an "and" mark a county record, which has its own rules: "SMITH JOHN & MARY
 * TR" gives "John and Mary".
 */
export function findGreetingInFullName(fullName: string): string | null {
  if (isAllCaps(fullName) || /[,&+]|\sand\s/i.test(fullName)) return readRecordGreeting(fullName);
  const given = fullName.split(/\s+/).filter((word) => word !== "");
  const words = given.filter((word, index) => index < 2 || !isEnding(word));
  const [first, middle] = words;
  if (first === undefined || words.length < 2 || words.length > 3) return null;
  if (isEntityName(fullName) || words.some((word) => placeholders.has(stripPunctuation(word)))) return null;
  if (isNoName(first) || isFamilyNameInFront(first)) return null;
  if (words.length === 3 && !/^\p{Lu}\.?$/u.test(middle ?? "")) return null;
  if (!words.every((word) => /^[\p{L}\p{M}.'’-]+$/u.test(word))) return null;
  return /\p{Lu}\p{Ll}/u.test(first) ? findGreetingName(first) : null;
}

/**
 * Matches the words for a trustee, who is a person. The other words in `entityWords` mark an owner
 * who is not to be greeted.
 */
const trustees = /\b(?:co-?\s?)?(?:trs?|ttees?|trustees?)\b\.?/gi;

/**
 * A county writes "HUSBAND AND WIFE" after the names. Elsewhere these words stand in place of a
 * name.
 */
const spouseWords = new Set(["husband", "wife"]);

const isRecordPlaceholder = (word: string) => placeholders.has(word) && !spouseWords.has(word);

function readRecordGreeting(record: string): string | null {
  if (isEntityName(record.replace(trustees, " "))) return null;
  if (
    splitWords(record).some(
      (word) => titles.has(stripPunctuation(word)) || isRecordPlaceholder(stripPunctuation(word)),
    )
  )
    return null;
  const names = findRecordFirstNames(record)?.map((name) => findGreetingName(name)) ?? [];
  if (names.length === 0 || names.some((name) => name === null)) return null;
  return names.join(" and ");
}
