/**
 * Classes of words that mean the same in an answer about a house. The classifier reads a word as
 * its class, so that what it learned about "house" also counts for "condo".
 */
const classes: Record<string, string> = {
  HOME: "house home place property condo apartment flat townhouse duplex farm ranch cottage cabin land lot acreage acres building unit units barn homestead bungalow rental premises estate parcel",
  KIN: "husband wife mother father mom dad mum son daughter brother sister grandson granddaughter grandkids kids children family parents spouse uncle aunt cousin nephew niece grandmother grandfather grandma grandpa",
  AGENT: "agent agents realtor realtors broker brokers brokerage brokerages",
  MAIL: "email emails e-mail e-mails mail mails message messages letter letters note notes mailing mailings newsletter newsletters postcard postcards correspondence communication communications communique emailing",
  SELL: "sell selling sells part unload",
  LISTING: "listing relist relisting",
  DAY: "monday tuesday wednesday thursday friday saturday sunday tomorrow tonight weekend weekday weekdays morning afternoon evening noon",
  SEASON:
    "january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer fall autumn winter christmas easter thanksgiving labor holidays",
  SPAN: "week weeks month months year years day days",
  PRICE:
    "price prices offer offers number numbers figure figures estimate valuation value worth cash comps comp appraisal net quote ballpark",
  FEE: "commission commissions fee fees percent percentage",
  DATA: "address information info data details",
  PLEASE: "please pls plz kindly",
  THANKS: "thanks thank thx ty thankyou tks appreciate appreciated grateful",
  SORRY: "sorry afraid apologies unfortunately regret",
  COUNT:
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen",
  WRITE: "write writing wrote written contact contacting contacted reach reaching",
  REMOVE: "remove delete erase strike drop scratch purge scrub rm unsubscribe unsub omit",
  STOP: "stop quit cease stopped stopping quitting desist",
  MOVE: "move moving moved relocate relocating relocated",
  STAY: "stay staying stayed remain remaining",
  LEAVE: "leave leaving",
  FOREVER: "never ever forever eternally permanently lifetime century",
  GREETING: "hi hello hey dear greetings howdy",
  SIGNOFF: "regards sincerely cheers warmly cordially respectfully blessings truly",
  LAW: "lawyer lawyers attorney attorneys counsel lawsuit sue legal statute court ftc commission complaint complaints violation prosecuted gdpr ccpa tcpa",
  HARASS:
    "harass harassing harassment harassed bother bothering bothered pester pestering badger badgering hound hounding disturb disturbing annoy annoying nag nagging hassle intrude intrusion stalk stalking",
  SPAM: "spam spamming junk unsolicited solicit soliciting solicited solicitation solicitations solicitor solicitors scam scammer scammers",
  DEATH: "dead die dying grave buried bury coffin casket funeral cemetery hearse corpse morgue heaven hell",
  BUYER: "buyer buyers purchaser purchasers investor investors flipper flippers",
  SHOWING:
    "showing showings tour tours visit visits appointment inspection walkthrough walk-through photographer staging",
  PAPER:
    "contract contracts papers paperwork agreement disclosure disclosures form forms attachment attachments pdf document documents",
  FRIEND: "buddy pal dude bro fella folks sir madam maam ma'am honey sweetie hon",
  GROUP: "board association hoa residents members congregation tenants neighbors committee",
  RECORD: "list lists database file files crm spreadsheet records record system",
  COMPANY: "company office firm team outfit agency colleague colleagues partner coworker",
  STRANGER:
    "vulture vultures shark sharks parasite parasites leech leeches creep creepy creeps ghoul ghouls stranger strangers",
  ANNOYED: "sick tired fed disgusted disgusting furious angry annoyed rude shame ashamed",
};

const classOfWord = new Map(
  Object.entries(classes).flatMap(([name, words]) => words.split(" ").map((word) => [word, name] as const)),
);

/** Returns a word's class, or the word without its English ending if it has no class. */
export function classifyWord(word: string): string {
  return classOfWord.get(word) ?? (word.length <= 4 ? word : word.replace(/(?:ing|ed|es|s|ly)$/, ""));
}

/** The full words for short and hasty spellings. */
export const spelledOut = new Map([
  ["u", "you"],
  ["ur", "your"],
  ["r", "are"],
  ["ya", "you"],
  ["yall", "you"],
  ["im", "i am"],
  ["ive", "i have"],
  ["id", "i would"],
  ["dont", "do not"],
  ["doesnt", "does not"],
  ["didnt", "did not"],
  ["isnt", "is not"],
  ["arent", "are not"],
  ["wasnt", "was not"],
  ["wont", "will not"],
  ["won't", "will not"],
  ["wouldnt", "would not"],
  ["cant", "can not"],
  ["can't", "can not"],
  ["cannot", "can not"],
  ["couldnt", "could not"],
  ["shouldnt", "should not"],
  ["havent", "have not"],
  ["hasnt", "has not"],
  ["aint", "is not"],
  ["ain't", "is not"],
  ["abt", "about"],
  ["w", "with"],
  ["wo", "without"],
  ["cuz", "because"],
  ["tho", "though"],
  ["thru", "through"],
  ["gonna", "going to"],
  ["wanna", "want to"],
  ["gotta", "got to"],
  ["intrested", "interested"],
  ["intersted", "interested"],
  ["frm", "from"],
  ["msg", "message"],
  ["msgs", "messages"],
  ["emailin", "emailing"],
  ["sellin", "selling"],
]);
