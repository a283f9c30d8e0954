/**
 * A shape of sentence that no letter may contain, with the advice to its writer. No part of a
 * pattern repeats without a bound, so the time is linear in the length of the text.
 */
export type ForbiddenPattern = { pattern: RegExp; advice: string };

/** Up to `most` words of a sentence, none of which is one of `excluded`. */
const upTo = (most: number, excluded = "") =>
  `(?:[ ,-]{1,2}${excluded === "" ? "" : `(?!(?:${excluded})\\b)`}[\\p{L}\\p{N}'’]{1,20}){0,${most}}`;
const join = (...parts: string[]) => new RegExp(`\\b(?:${parts.join("|")})(?![\\p{L}\\p{N}])`, "giu");

const sale = "(?:trustee|sheriff|foreclosure|bank|tax|county)(?:['’]?s)? (?:sale|auction)";
const loan = "(?:loan|mortgage|house note|home loan|house payments?|payments?|property tax(?:es)?)";

/**
 * Offers to stop or delay a foreclosure, or to change a loan, in the shapes that the phrases of
 * `foreclosureRescueWords` do not list. The sources are named there.
 */
export const foreclosureRescuePatterns: readonly ForbiddenPattern[] = [
  {
    pattern: join(
      `(?:stop(?:s|ped|ping)?|avoid(?:s|ing)?|prevent(?:s|ing)?|delay(?:s|ing)?|postpon(?:e|es|ing)|halt(?:s|ing)?|beat|escap(?:e|es|ing)|fight(?:s|ing)?|cancel(?:s|ing)?|put off|put an end to|sav(?:e|es|ing)|keep(?:s|ing)?|rescu(?:e|es|ing)|help(?:s|ing)?|protect(?:s|ing)?|way out of|get out of|out from under)${upTo(5, "find|buy|buying|bid|bidding|search|searching|see|tour|browse|sold|bought|looking")}[ -](?:pre-?)?(?:foreclos(?:ure|ures|ing|ed|e)|repossess(?:ion|ing|ed)?|${sale})`,
      `(?:before|keep(?:s|ing)?|stop(?:s|ping)?)(?: the| your)? (?:banks?|lenders?) (?:can |from )?(?:tak(?:e|es|ing)|foreclos(?:e|es|ing)|sell(?:s|ing)?|auction(?:s|ing)?)`,
      "(?:threat|risk|danger|verge) of (?:a )?(?:foreclosure|losing your (?:home|house))",
      "(?:received|got|have|about) (?:a|your|the) (?:notice of default|lis pendens|foreclosure notice)",
    ),
    advice:
      "offers help with a foreclosure, which makes the sender a regulated consultant in several states; leave it out",
  },
  {
    pattern: join(
      `(?:behind|delinquent|in arrears|late|fallen behind|past due)(?: on| with| in)(?: (?:your|the|a|any|few|some|of)){0,3} ${loan}`,
      `(?:missed|missing|skipped|can['’]?t make|cannot make|struggling with|trouble (?:with|making|paying))(?: (?:your|the|a|any|few|couple|some|of|one|two|several)){0,3} ${loan}`,
      "catch(?:ing)? up on (?:your |the )?(?:mortgage|loan|payments?)",
    ),
    advice: "speaks of late payments, which the rules on foreclosure consultants cover; leave it out",
  },
  {
    pattern: join(
      "(?:modify|modifying|restructure|restructuring|renegotiate|renegotiating|rework|reworking|reduce|reducing|lower|lowering) your (?:loan|mortgage|house payments?|home loan)",
      "your (?:loan|mortgage|home loan) (?:is |be |being |gets? )?(?:modified|restructured|reworked|brought current)",
      "(?:negotiate|talk|speak|deal|work)(?:ing)? (?:with|to) (?:your|the) (?:bank|lender|servicer) (?:for you|on your behalf)",
    ),
    advice: "offers to change a loan, which the federal rule on mortgage assistance covers; leave it out",
  },
];

const place = "(?:neighbou?rhood|community|area|street|block|part of town|side of town|zip code|subdivision)";
const groups =
  "(?:immigrants?|foreigners?|minorit(?:y|ies)|refugees?|migrants?|illegals|section (?:8|eight)|voucher holders?|low[- ]income (?:people|families|housing)|outsiders|those people|(?:black|white|hispanic|latino|asian|muslim|jewish|african[- ]american|mexican|chinese|indian|arab|gay) (?:people|families|buyers|residents|couples))";

/**
 * Sentences that make owners fear who moves in or what becomes of prices, in the shapes that the
 * phrases of `blockbustingWords` do not list. The sources are named there.
 */
export const blockbustingPatterns: readonly ForbiddenPattern[] = [
  {
    pattern: join(
      `${place}(?:['’]s| is| has| has been| isn['’]t| is not)(?: (?:really|already|now|just|slowly|quickly|clearly|been)){0,2} (?:changed|changing|turned|turning|going downhill|gone downhill|getting worse|gotten worse|in decline|declining|transitioning|deteriorating|going bad|not (?:the same|what)|the same (?:any ?more|it was))`,
      `${groups}(?: [\\p{L}'’]{1,12}){0,3} (?:moving|coming|move|moved|arriving|taking over|buying up|buying in|next door)`,
      "(?:renters|tenants|strangers|newcomers|new people|new faces|new kinds? of (?:people|neighbors?))(?: (?:are|is|keep|have|been|now|all|started)){0,3} (?:moving in|coming in|taking over)(?! (?:with|to|on|at|in)\\b)",
      "(?:demographics?|racial make-?up|ethnic make-?up|make-?up of (?:the|your) (?:area|street|block|neighbou?rhood))(?: [\\p{L}]{1,12}){0,3} (?:shift(?:s|ed|ing)?|chang(?:e|es|ed|ing)|transition(?:s|ed|ing)?)",
      "(?:shift(?:s|ing)?|chang(?:e|es|ing))(?: [\\p{L}]{1,10}){0,2} demographics?",
    ),
    advice: "tells an owner who lives or is moving in there, which is blockbusting; leave it out",
  },
  {
    pattern: join(
      "(?:home |house |property |housing )?(?:values?|prices?)(?: (?:here|there|nearby|in|on|of|your|the|this|around|area|street|neighbou?rhood|are|is|homes?)){0,4} (?:will|won['’]t hold|going to|about to|set to|bound to|sure to)(?: (?:soon|likely|probably|certainly|only|all|start to|begin to)){0,2} (?:drop|fall|decline|crash|plunge|plummet|sink|tumble|collapse|go down|suffer)",
      "before (?:[\\p{L}'’]{1,12} ){0,4}(?:values?|prices?|market) (?:(?:start|starts|begin|begins|to|really|all) ){0,2}(?:drops?|falls?|declines?|crash(?:es)?|plunges?|plummets?|collapses?|sinks?|goes? down)",
      "(?:your neighbou?rs?|neighbou?rs|owners|homeowners|residents|families)(?: (?:on|in|around) (?:your|the|this) [\\p{L}]{1,15})?(?: (?:are|have|keep|been|already|all|now|started)){1,3} (?:leaving|fleeing|getting out|bailing out|selling out|moving away|abandoning)(?! (?:for|on|to)\\b)",
      "crime(?: rates?)?(?:['’]s| is| are| has| keeps?| going){0,2} (?:up\\b(?! to)|rising|increasing|climbing|growing|worse|getting worse|higher|soaring|spreading|gone up)",
      "(?:more|rising|growing|increasing|higher) (?:crime|break-?ins|burglaries|gang activity)",
      "schools?(?:['’]s| is| are| have| has| keep){0,2} (?:declining|getting worse|gotten worse|going downhill|failing|slipping)",
      "sell(?:ing)?(?: (?:now|today|soon|fast|quickly|your|the|home|house)){0,3} (?:while you (?:still )?can|before (?:it['’]s|it is) too late|before (?:everyone|everybody|(?:all )?(?:your|the) neighbou?rs?))",
    ),
    advice: "uses fear of the area's future to press an owner to sell, which is blockbusting; leave it out",
  },
];
