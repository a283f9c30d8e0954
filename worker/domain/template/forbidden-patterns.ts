/** Shapes of sentences that no letter may contain, with the advice to the writer. */
export type ForbiddenPatterns = { patterns: readonly RegExp[]; advice: string };

/*
 * Patterns of two kinds of sentences that no letter may contain: offers of help against a forced
 * sale, and sentences that make an owner fear new residents or falling prices. A gap in a pattern
 * has a limit of words or characters. Fixed phrases and legal sources are in forbidden-words.ts.
 */

/** Matches up to `most` words of a sentence. No matched word is among `excluded`. */
const upTo = (most: number, excluded = "") =>
  `(?:[ ,-]{1,2}${excluded === "" ? "" : `(?!(?:${excluded})\\b)`}[\\p{L}\\p{N}'’]{1,20}){0,${most}}`;
const join = (...parts: string[]) => new RegExp(`\\b(?:${parts.join("|")})(?![\\p{L}\\p{N}])`, "giu");

const sale = "(?:trustee|sheriff|foreclosure|bank|tax|county)(?:['’]?s)? (?:sale|auction)";
const loan = "(?:loan|mortgage|house note|home loan|house payments?|payments?|property tax(?:es)?)";

/** Builds a pattern of whole words. `~` stands for at most 41 characters within the sentence. */
function build(source: string): RegExp {
  const gaps = source.replaceAll("~", "(?:[^.!?\\u2029]{0,40}[^\\p{L}\\p{N}])?").replaceAll("'", "['’]");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${gaps})(?![\\p{L}\\p{N}])`, "giu");
}

const lender = "(?:bank|lender|mortgage company|servicer)";
const home = "(?:homes?|house|houses|property|place)";
const forcedSale =
  "(?:(?:pre[- ]?)?foreclos(?:ures?|ed|ing)|notices? of default|(?:trustee|sheriff|lender|tax)(?:'s)? sales?|repossess(?:ed|ion|ing)|ejecuci[oó]n hipotecaria)";
const toStop =
  "(?:stop(?:s|ping)?|avoid(?:s|ing)?|prevent(?:s|ing)?|delay(?:s|ing)?|postpon(?:es?|ing)|halt(?:s|ing)?|beat|escape|fight|cancel|pause|help(?:s|ing)?|sav(?:e|es|ing)|rescu(?:e|es|ing)|way out|alternatives?|options?|solutions?|fac(?:e|ing)|threatened|dealing with|worried about|received|got|get|struggling|evitar|detener|parar|frenar)";

/**
 * Patterns of offers to save an owner from a forced sale or to change a loan, and of words about
 * late payments.
 */
export const foreclosureRescuePatterns: readonly ForbiddenPatterns[] = [
  {
    patterns: [
      join(
        `(?:stop(?:s|ped|ping)?|avoid(?:s|ing)?|prevent(?:s|ing)?|delay(?:s|ing)?|postpon(?:e|es|ing)|halt(?:s|ing)?|beat|escap(?:e|es|ing)|fight(?:s|ing)?|cancel(?:s|ing)?|put off|put an end to|sav(?:e|es|ing)|keep(?:s|ing)?|rescu(?:e|es|ing)|help(?:s|ing)?|protect(?:s|ing)?|way out of|get out of|out from under)${upTo(5, "find|buy|buying|bid|bidding|search|searching|see|tour|browse|sold|bought|looking")}[ -](?:pre-?)?(?:foreclos(?:ure|ures|ing|ed|e)|repossess(?:ion|ing|ed)?|${sale})`,
        `(?:before|keep(?:s|ing)?|stop(?:s|ping)?)(?: the| your)? (?:banks?|lenders?) (?:can |from )?(?:tak(?:e|es|ing)|foreclos(?:e|es|ing)|sell(?:s|ing)?|auction(?:s|ing)?)`,
        "(?:threat|risk|danger|verge) of (?:a )?(?:foreclosure|losing your (?:home|house))",
        "(?:received|got|have|about) (?:a|your|the) (?:notice of default|lis pendens|foreclosure notice)",
      ),
    ],
    advice:
      "offers help with a foreclosure, which makes the sender a regulated consultant in several states; leave it out",
  },
  {
    patterns: [
      join(
        `(?:(?:behind|delinquent|in arrears|fallen behind|past due)(?: on| with| in)|late on)(?: (?:your|the|a|any|few|some|of)){0,3} ${loan}`,
        `(?:missed|missing|skipped|can['’]?t make|cannot make|struggling with|trouble (?:with|making|paying))(?: (?:your|the|a|any|few|couple|some|of|one|two|several)){0,3} ${loan}`,
        "catch(?:ing)? up on (?:your |the )?(?:mortgage|loan|payments?)",
      ),
    ],
    advice: "speaks of late payments, which the rules on foreclosure consultants cover; leave it out",
  },
  {
    patterns: [
      join(
        "(?:modify|modifying|restructure|restructuring|renegotiate|renegotiating|rework|reworking|reduce|reducing|lower|lowering) your (?:loan|mortgage|house payments?|home loan)",
        "your (?:loan|mortgage|home loan) (?:is |be |being |gets? )?(?:modified|restructured|reworked|brought current)",
        "(?:negotiate|talk|speak|deal|work)(?:ing)? (?:with|to) (?:your|the) (?:bank|lender|servicer) (?:for you|on your behalf)",
      ),
    ],
    advice: "offers to change a loan, which the federal rule on mortgage assistance covers; leave it out",
  },

  {
    patterns: [
      // Matches "we prevent foreclosures" and "facing a trustee sale".
      build(`${toStop} (?!(?:you |them )?(?:find|buy|bid|search|see|tour)\\b)~${forcedSale}`),
      // Matches "foreclosure can be postponed" and "foreclosure is not your only option".
      build(
        `${forcedSale} (?:(?:can|could|may|might) (?:still )?be (?:stopped|avoided|postponed|delayed|prevented|halted)|(?:is not|isn't|need not be|does not have to be|doesn't have to be) (?:the|your)|(?:help|rescue|relief|prevention|assistance|solutions?|options?|specialists?|experts?))`,
      ),
      // Matches "stop the bank from taking your home" and "lose your house to the bank".
      build(
        `${lender} ~(?:tak(?:e|es|ing)|foreclos(?:e|es|ing)|repossess(?:es|ing)?|seiz(?:e|es|ing)) (?:back )?(?:your|the) ${home}`,
      ),
      build(
        `los(?:e|es|ing) (?:your|their|the) (?:home|house)(?!'s| (?:keys?|office|number|insurance|warranty))|perder (?:su|tu|la) (?:casa|vivienda)`,
      ),
      build(
        `(?:sav(?:e|es|ing)|keep(?:s|ing)?|rescu(?:e|es|ing)|protect(?:s|ing)?) (?:your|their|the) (?:home|house|property|equity|credit) ~(?:from|before) (?:the |an? |your )?(?:auction|${lender}|sale date)`,
      ),
      // Matches "missed mortgage payments" and "can't keep up with the payments".
      build(
        `(?:behind (?:on|with|in) (?:your |the |their |some )?|(?:late|delinquent) (?:on|with|in) (?:your|the|their) )(?:mortgage|loan|(?:mortgage |house |home |loan )?payments?)`,
      ),
      build(
        `(?:miss(?:ed|ing)?|skipp(?:ed|ing)) (?:an? |some |few |your |several |one or more |\\d ){0,2}(?:mortgage |house |home |loan )payments?`,
      ),
      build(
        `(?:can't|cannot|can not|unable to|struggling to|hard to) (?:afford|make|pay|keep up with) (?:your |the |their ){0,1}(?:mortgage|(?:mortgage |house |loan )?payments?)`,
      ),
      build(`atrasad[oa]s? (?:en|con) (?:sus|tus|los|la|su|el) (?:pagos?|hipoteca)`),
    ],
    advice:
      "offers help with a foreclosure, which makes the sender a regulated consultant in several states; leave it out",
  },
  {
    patterns: [
      build(`loan mods?|modific(?:ar|aci[oó]n) (?:su|de su|del|de la|la) (?:pr[eé]stamo|hipoteca)`),
      build(`negotiat(?:e|es|ing) (?:\\p{L}+ ){0,2}with (?:your|the) ${lender}`),
    ],
    advice: "offers to change a loan, which the federal rule on mortgage assistance covers; leave it out",
  },
  {
    patterns: [
      build(
        `(?:speciali[sz](?:e|es|ing) in|help with|handl(?:e|es|ing)|sell (?:it|your home) as an?) short sales?`,
      ),
      build(`ow(?:e|es|ing) more than (?:your|the|their) ${home} is worth`),
    ],
    advice: "suggests a short sale to the owner, which several states regulate; leave it out",
  },
];

const place = "(?:neighbou?rhood|community|area|street|block|part of town|side of town|zip code|subdivision)";
const groups =
  "(?:immigrants?|foreigners?|minorit(?:y|ies)|refugees?|migrants?|illegals|section (?:8|eight)|voucher holders?|low[- ]income (?:people|families|housing)|outsiders|those people|(?:black|white|hispanic|latino|asian|muslim|jewish|african[- ]american|mexican|chinese|indian|arab|gay) (?:people|families|buyers|residents|couples))";

const area =
  "(?:neighbou?rhood|community|area|street|block|subdivision|part of town|side of town|barrio|vecindario|zona)";
const worse =
  "(?:changes|declines|deteriorates|gets worse|getting worse|deteriorating|go(?:es|ing)? down ?hill|(?:isn't|is not|is no longer|no longer is) what it (?:was|used to be))";

/** Patterns of words that make an owner fear new residents or the decline of the street. */
export const blockbustingPatterns: readonly ForbiddenPatterns[] = [
  {
    patterns: [
      join(
        `${place}(?:['’]s| is| has| has been| isn['’]t| is not)(?: (?:really|already|now|just|slowly|quickly|clearly|been)){0,2} (?:changed|changing|turned|turning|going downhill|gone downhill|getting worse|gotten worse|in decline|declining|transitioning|deteriorating|going bad|not (?:the same|what)|the same (?:any ?more|it was))`,
        `${groups}(?: [\\p{L}'’]{1,12}){0,3} (?:moving|coming|move|moved|arriving|taking over|buying up|buying in|next door)`,
        "(?:renters|tenants|strangers|newcomers|new people|new faces|new kinds? of (?:people|neighbors?))(?: (?:are|is|keep|have|been|now|all|started)){0,3} (?:moving in|coming in|taking over)(?! (?:with|to|on|at|in)\\b)",
        "(?:demographics?|racial make-?up|ethnic make-?up|make-?up of (?:the|your) (?:area|street|block|neighbou?rhood))(?: [\\p{L}]{1,12}){0,3} (?:shift(?:s|ed|ing)?|chang(?:e|es|ed|ing)|transition(?:s|ed|ing)?)",
        "(?:shift(?:s|ing)?|chang(?:e|es|ing))(?: [\\p{L}]{1,10}){0,2} demographics?",
      ),
    ],
    advice: "tells an owner who lives or is moving in there, which is blockbusting; leave it out",
  },
  {
    patterns: [
      join(
        "(?:home |house |property |housing )?(?:values?|prices?)(?: (?:here|there|nearby|in|on|of|your|the|this|around|area|street|neighbou?rhood|are|is|homes?)){0,4} (?:will|won['’]t hold|going to|about to|set to|bound to|sure to)(?: (?:soon|likely|probably|certainly|only|all|start to|begin to)){0,2} (?:drop|fall|decline|crash|plunge|plummet|sink|tumble|collapse|go down|suffer)",
        "before (?:[\\p{L}'’]{1,12} ){0,4}(?:values?|prices?|market) (?:(?:start|starts|begin|begins|to|really|all) ){0,2}(?:drops?|falls?|declines?|crash(?:es)?|plunges?|plummets?|collapses?|sinks?|goes? down)",
        "(?:your neighbou?rs?|neighbou?rs|owners|homeowners|residents|families)(?: (?:on|in|around) (?:your|the|this) [\\p{L}]{1,15})?(?: (?:are|have|keep|been|already|all|now|started)){1,3} (?:leaving|fleeing|getting out|bailing out|selling out|moving away|abandoning)(?! (?:for|on|to)\\b)",
        "crime(?: rates?)?(?:['’]s| is| are| has| keeps?| going){0,2} (?:up\\b(?! to)|rising|increasing|climbing|growing|worse|getting worse|higher|soaring|spreading|gone up)",
        "(?:more|rising|growing|increasing|higher) (?:crime|break-?ins|burglaries|gang activity)",
        "schools?(?:['’]s| is| are| have| has| keep){0,2} (?:declining|getting worse|gotten worse|going downhill|failing|slipping)",
        "sell(?:ing)?(?: (?:now|today|soon|fast|quickly|your|the|home|house)){0,3} (?:while you (?:still )?can|before (?:it['’]s|it is) too late|before (?:everyone|everybody|(?:all )?(?:your|the) neighbou?rs?))",
      ),
    ],
    advice: "uses fear of the area's future to press an owner to sell, which is blockbusting; leave it out",
  },

  {
    patterns: [
      // Matches "before the area goes downhill" and "while the neighborhood is still good".
      build(`${area} ${worse}|${area} (?:is|has been|keeps) ${worse}`),
      build(`while (?:the|your|this) ${area} is still (?:good|nice|safe|desirable|decent)`),
      build(`(?:el|su|la) ${area} est[aá] cambiando`),
      // Matches "different kinds of people are moving in" and "new groups are moving here".
      build(
        `(?:different|new|other|certain|wrong|undesirable) (?:(?:kinds?|types?|sorts?|class(?:es)?) of (?:people|residents|families|neighbou?rs)|groups?(?: of (?:people|residents|families))?|elements?) ~(?:mov(?:e|es|ing)|com(?:e|es|ing)|arriv(?:e|es|ing))(?: (?:in|into|here|to))?`,
      ),
      build(
        `(?:so many|all these|all the|waves? of|an influx of|a flood of) (?:new people|(?:new )?(?:faces|residents|newcomers|renters|immigrants|strangers|outsiders)) ~(?:(?:on|in|into|to|around) (?:your|the|this) ${area}|arriving|coming|moving)`,
      ),
      build(`gente (?:nueva|diferente|distinta|extra[nñ]a) ~(?:mudando|llegando)`),
    ],
    advice: "tells an owner who lives or is moving in there, which is blockbusting; leave it out",
  },
  {
    patterns: [
      // Matches "sell now before they tumble" and "values will drop as the area changes".
      build(
        `(?:sell|list|act|move|leave) ~before (?:\\p{L}+ ){0,4}(?:drops?|falls?|declines?|crash(?:es)?|plummets?|sinks?|tumbles?|collapses?|goes? down|too late)`,
      ),
      build(
        `(?:values?|prices?) (?:will|are going to|could|might|may) (?:drop|fall|decline|crash|plummet|sink) (?:as|when|because|if) ~(?:${area}|neighbou?rs|residents|people|families)`,
      ),
      build(
        `(?:neighbou?rs|owners|homeowners|families|people|residents|every(?:one|body)) (?:on|in|of|around) (?:your|the|this) ${area} (?:is|are|keeps?) (?:leaving|fleeing|getting out|moving (?:out|away)|selling out)`,
      ),
      build(
        `(?:leaving|fleeing|getting out of|moving out of|running from) (?:the|your|this) (?:neighbou?rhood|area|street|block)`,
      ),
      build(
        `(?:crime|break-?ins|gangs) (?:rates? )?(?:is|are|keeps?) (?:\\p{L}+ )?(?:rising|increasing|up|going up|growing|getting worse|on the rise|climbing|soaring)`,
      ),
      build(
        `schools? (?:is|are|keeps?) (?:\\p{L}+ )?(?:getting worse|declining|failing|slipping|going down ?hill)`,
      ),
      build(
        `antes de que (?:bajen|caigan|se desplomen) (?:los|sus) (?:precios|valores)|sus vecinos se est[aá]n yendo`,
      ),
    ],
    advice: "uses fear of the area's future to press an owner to sell, which is blockbusting; leave it out",
  },
];
