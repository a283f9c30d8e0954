import { combinePhrases, splitPhrases, type WordList } from "./word-list.ts";

/**
 * Phrases that offer to stop or delay a foreclosure, or to save somebody from a foreclosure.
 * California (Civil Code 2945), Maryland (Real Property 7-301) and Colorado (CRS 6-1-1101) treat
 * anybody who solicits with such an offer as a foreclosure consultant. The federal rule on mortgage
 * assistance (12 CFR 1015) covers loan modifications everywhere.
 */
export const foreclosureRescueWords: WordList = [
  {
    phrases: [
      ...combinePhrases(
        "stop, stopping, avoid, avoiding, prevent, preventing, delay, delaying, postpone, postponing, halt, halting, beat, escape, fight, get out of, save you from, saves you from, save your home from, save your house from, keep your home from, rescue you from, help with, help you with, way out of, alternative to, alternatives to",
        "foreclosure, a foreclosure, the foreclosure, your foreclosure, the foreclosure sale, a foreclosure sale, the trustee sale, the auction of your home",
      ),
      ...splitPhrases(
        "facing foreclosure, you are in foreclosure, you're in foreclosure, your home is in foreclosure, your house is in foreclosure, foreclosure help, foreclosure rescue, foreclosure relief, foreclosure prevention, foreclosure assistance, mortgage relief, mortgage rescue, behind on your mortgage, behind on your payments, behind on payments",
      ),
    ],
    advice:
      "offers help with a foreclosure, which makes the sender a regulated consultant in several states; leave it out",
  },
  {
    phrases: splitPhrases(
      "loan modification, loan modifications, modify your loan, modify your mortgage, mortgage modification, mortgage modifications, loan workout, renegotiate your mortgage, forbearance plan",
    ),
    advice: "offers to change a loan, which the federal rule on mortgage assistance covers; leave it out",
  },
  {
    phrases: splitPhrases(
      "do a short sale, consider a short sale, try a short sale, your short sale, short sale help, short sale expert, short sale experts, short sale specialist, short sale specialists, short sale program, short sale may help, short sale can help, short sale could help, short sale may be your, short sale might be your, short sale could be your",
    ),
    advice: "suggests a short sale to the owner, which several states regulate; leave it out",
  },
];

/**
 * Phrases that make owners fear new residents or falling prices, so that they sell. 24 CFR
 * 100.85(c)(1), 720 ILCS 590/1 and 19 NYCRR 175.17(a)(1) forbid such phrases in letters that ask
 * for a listing.
 */
export const blockbustingWords: WordList = [
  {
    phrases: [
      ...combinePhrases(
        "changing, transitioning, transitional, declining",
        "neighborhood, neighbourhood, community, area, street, block",
      ),
      ...combinePhrases(
        "neighborhood is, neighbourhood is, community is, area is, street is, block is",
        "changing, transitioning, in transition, declining, going down, not what it was, not what it used to be, turning over",
      ),
      ...combinePhrases(
        "so many, many, all the, all these",
        "new residents moving in, new people moving in, new faces moving in, new families moving in, renters moving in, different people moving in, newcomers moving in",
      ),
      ...splitPhrases(
        "new element moving in, who is moving in, who's moving in, kind of people moving in, different kind of people, undesirable element, undesirables, newly integrated, racial change, ethnic change, changing demographics, change in demographics, shifting demographics",
      ),
    ],
    advice: "tells an owner who lives or is moving in there, which is blockbusting; leave it out",
  },
  {
    phrases: [
      ...combinePhrases(
        "before, before the, before home, before property, before house, before your",
        "values drop, values fall, values decline, prices drop, prices fall, prices decline, value drops, value falls, prices crash, values crash, value declines",
      ),
      ...combinePhrases(
        "your neighbors are, neighbors are, your neighbours are, neighbours are, owners are, homeowners are, families are",
        "leaving, getting out, fleeing, selling out, selling in a panic, leaving the area, leaving the neighborhood, moving out, moving away",
      ),
      ...splitPhrases(
        "get out while you can, sell while you can, sell while you still can, sell before it is too late, sell before it's too late, get out before, panic selling, crime is rising, crime is increasing, rising crime, increase in crime, declining schools, schools are declining, schools are getting worse",
      ),
    ],
    advice: "uses fear of the area's future to press an owner to sell, which is blockbusting; leave it out",
  },
];
