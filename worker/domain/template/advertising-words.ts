import { combinePhrases, splitPhrases, type WordList } from "./word-list.ts";

/*
 * Phrases that cause legal or delivery trouble in an email about homes. A match is only a warning,
 * and not legal advice.
 */

const places =
  "neighborhood, neighbourhood, community, area, street, building, subdivision, home, section, enclave";

/**
 * Phrases that show a preference by race, color, religion, sex, handicap, familial status or
 * national origin. Housing advertising must not show such a preference: Fair Housing Act, 42 U.S.C.
 * 3604(c); 24 CFR 100.75.
 * - HUD's memorandum of January 9, 1995 (Achtenberg) says which phrases are allowed, such as
 *   "family room", "walk-in closet" and "desirable neighborhood".
 * - NAR's guidance covers steering by schools, by safety and by the people who live there.
 */
export const fairHousingWords: WordList = [
  {
    phrases: [
      ...combinePhrases(
        "perfect for, ideal for, great for, suited for, suitable for, made for",
        "families, a family, young families, kids, children, singles, couples, newlyweds, retirees, empty nesters, seniors, bachelors, students, young professionals, professionals, christians",
      ),
      ...combinePhrases(
        "perfect, ideal, great",
        "family home, family neighborhood, family neighbourhood, family community, bachelor pad, starter family home",
      ),
      ...splitPhrases(
        "family friendly, kid friendly, child friendly, family oriented, families only, families welcome, families with children, traditional family, growing family, growing families",
      ),
    ],
    advice: "says who should live there; describe the home instead (bedrooms, yard, floor plan)",
  },
  {
    phrases: splitPhrases(
      "no children, no kids, no minors, child free, childless, adults only, adult only, adult community, adult building, adult living, mature adults, mature person, mature couple, mature individual, mature tenants, singles only, single person, couples only, couple preferred, singles preferred, seniors only, senior community, retirees only, empty nesters, young couple, young professionals, newlyweds, students only, no teenagers, one child, two children maximum",
    ),
    advice:
      "shows a preference by age or familial status; leave it out (housing for older persons must qualify as such)",
  },
  {
    phrases: [
      ...combinePhrases(
        "christian, catholic, jewish, muslim, protestant, mormon, hindu, buddhist, religious, god fearing",
        `${places}, family, families, household, owner, buyer, buyers, tenant`,
      ),
      ...splitPhrases(
        "near church, near churches, walk to church, walking distance to church, near the church, near synagogue, walk to synagogue, walking distance to synagogue, near mosque, near temple, close to church, close to synagogue, near the parish, parish boundaries",
      ),
    ],
    advice: "shows a preference by religion; leave it out, or name landmarks that are not places of worship",
  },
  {
    phrases: [
      ...combinePhrases(
        "white, black, asian, hispanic, latino, african american, caucasian, ethnic, chinese, mexican, italian, irish, polish, indian, korean, minority, colored, interracial, immigrant, american indian",
        places,
      ),
      ...splitPhrases(
        "whites only, white only, no blacks, no immigrants, immigrants only, americans only, english only, english speaking only, must speak english, speaks english, no foreigners, foreigners, oriental, ethnic area, racially mixed, predominantly white, predominantly black",
      ),
    ],
    advice: "refers to race, color or national origin; leave it out",
  },
  {
    phrases: [
      ...combinePhrases(
        "exclusive, restricted, integrated, segregated, traditional, private, old fashioned, homogeneous, like minded",
        "neighborhood, neighbourhood, community, area, enclave",
      ),
      ...splitPhrases(
        "board approval, membership approval, right kind of people, our kind of people, people like you, neighbors like you, neighbours like you, blue collar area, white collar area, upscale residents, affluent residents, wealthy neighbors",
      ),
    ],
    advice: "can read as code for who is welcome; describe what the place has (park, trail, views)",
  },
  {
    phrases: [
      ...combinePhrases(
        "safe, safest, crime free, low crime, high crime",
        "neighborhood, neighbourhood, community, area, street, city, suburb",
      ),
      ...splitPhrases(
        "low crime, crime free, no crime, good schools, great schools, best schools, excellent schools, top schools, top rated schools, better schools, good school district, great school district, best school district, bad schools, bad neighborhood, bad neighbourhood, bad area, good neighborhood, good neighbourhood",
      ),
    ],
    advice:
      "steers by schools or safety; name the school district, or link to public data, and leave the judgment out",
  },
  {
    phrases: splitPhrases(
      "able bodied, no wheelchairs, no wheelchair, not wheelchair accessible, not for handicapped, not suitable for handicapped, handicapped, handicap not suitable, no handicapped, no disabled, no disability, crippled, mentally ill, no mental illness, mentally handicapped, must be healthy, physically fit, healthy only, no blind, no deaf, no service animals, no support animals, no emotional support animals, independent living only, capable of independent living",
    ),
    advice: "refers to disability; name accessible features (ramp, single level) instead",
  },
  {
    phrases: [
      ...combinePhrases(
        "male, female, men, women, ladies, gentlemen, man, woman, girls, boys, straight, heterosexual",
        "only, preferred",
      ),
      ...splitPhrases(
        "bachelor pad, bachelors only, bachelor apartment for men, no gays, no lesbians, no unmarried couples, married couples only, married only, no single mothers",
      ),
    ],
    advice: "shows a preference by sex, orientation or marital status; leave it out",
  },
  {
    phrases: splitPhrases(
      "no section 8, no section eight, no vouchers, no housing vouchers, section 8 not accepted, no welfare, no public assistance, must be employed",
    ),
    advice: "refuses a source of income, which many states forbid; leave it out",
  },
];

/**
 * Phrases that content filters score, from Apache SpamAssassin's rules and the advice of mailbox
 * providers.
 */
export const spamWords: WordList = [
  {
    phrases: splitPhrases(
      "act now, act immediately, act fast, apply now, order now, buy now, call now, call free, sign up free, urgent response, limited time, limited time offer, limited time only, offer expires, expires today, while supplies last, while stocks last, don't delay, don't hesitate, hurry up, last chance, final notice, second notice, today only, this week only, this weekend only, ends today, ends tonight, ends tomorrow, instant access, now only, take action now, once in a lifetime, once in lifetime, exclusive deal, special promotion, time limited, what are you waiting for",
    ),
    advice: "sounds pushy; say plainly what you offer and by when",
  },
  {
    phrases: splitPhrases(
      "100% free, 100% guaranteed, 100% satisfied, absolutely free, totally free, completely free, free gift, free money, free cash, free trial, free investment, free access, free preview, no cost, no fees, no catch, no strings attached, no obligation, no hidden costs, no hidden fees, no purchase necessary, no questions asked, no gimmick, risk free, money back, satisfaction guaranteed, guaranteed, guarantee, lowest price, best price, unbeatable offer, incredible deal, amazing stuff",
    ),
    advice: "makes a promise that spam filters distrust; say what it really costs or leave it out",
  },
  {
    phrases: splitPhrases(
      "make money, make money fast, earn money, earn cash, earn extra cash, extra income, extra cash, cash bonus, big bucks, fast cash, easy money, double your, double your money, financial freedom, get rich, get paid, million dollars, pure profit, be your own boss, work from home, credit card offers, no credit check, bad credit, cheap loan, pre approved, preapproved loan, lower your mortgage rate, consolidate debt, eliminate debt, refinance now, lowest rates, cash cash cash",
    ),
    advice: "sounds like a money scam; name the figure or the service",
  },
  {
    phrases: splitPhrases(
      "click here, click below, click now, click this link, visit our website, this is not spam, this isn't spam, not junk, we hate spam, you have been selected, you've been selected, you are a winner, you're a winner, winner, winning, dear friend, dear sir or madam, dear sir, dear madam, dear homeowner, bulk email, mass email, direct email, email marketing, multi level marketing, increase traffic, increase sales, as seen on, meet singles, undisclosed, this won't last, while you sleep, miracle, viagra, casino, lottery, prize, prizes, cialis",
    ),
    advice: "sounds like bulk mail; write as you would to one person",
  },
];
