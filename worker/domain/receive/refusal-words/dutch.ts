import type { RefusalWords } from "./refusal-words.ts";

const theirs =
  "(?:mijn|ons|onze|dit|deze) (?:\\w+ )?(?:e-?mail\\w*|mail\\w*|adres\\w*|naam|namen|gegevens|nummer|telefoonnummer|contact\\w*)";

export const dutchRefusalWords: RefusalWords = {
  refusals: new RegExp(
    [
      "\\b(?:niet (?:op de markt|te krijgen)|geen (?:verkopers?|behoefte|haar op mijn hoofd|denken aan)|voor geen (?:goud|geld|prijs|miljoen)|over mijn lijk|van zijn levensdagen|onverkoopbaar|blijft in de familie|(?:blijven|blijf) (?:\\w+ ){0,2}(?:hier|wonen|zitten|lekker)|hier (?:oud worden|sterven|blijven|dood)|gaan (?:hier )?nergens (?:heen|naartoe)|ga (?:hier )?nergens (?:heen|naartoe)|komt niet in aanmerking|uitgesloten|geen sprake van|afgewezen|wij bedanken|opdringerig|brutaal|ongepast|schandalig)\\b",
      "\\bkrijg\\w* (?:me|mij|ons) hier (?:nooit|niet) (?:meer )?(?:weg|uit)\\b|\\bniemand krijgt (?:me|mij|ons)\\b|\\bgaan? (?:we |wij |ik )?(?:hier )?(?:nooit|niet) meer weg\\b|\\bworden (?:wij|we) (?:\\w+ )?oud\\b",
      "\\b(?:geen|geen enkele?|nul|absoluut geen|totaal geen) (?:\\w+ )?(?:interesse|belangstelling|behoefte|plannen|verkoopplannen|intentie|zin)\\b(?! (?:in|voor|aan) (?:het |een )?(?:ver)?hur\\w*| in (?:kopen|een ander))",
      "\\b(?:niet|nooit|nimmer|geenszins) (?:\\w+ ){0,4}(?:geinteresseerd|verkop\\w*|verkocht|te koop|van de hand|verhuizen|weg|vertrekken|kwijt|op de markt)\\b|\\b(?:verkopen|verkoop|verhuizen|verhuis|gaan|vertrekken)\\b(?: \\w+){0,4} (?:niet|nooit)\\b|\\bniet (?:te koop|in de verkoop|voor verkoop)\\b|\\bgeen plannen om\\b|\\bniet van plan\\b",
      "\\b(?:blijven (?:hier|wonen|zitten|lekker|gewoon|in)|blijf (?:hier|wonen|zitten)|hier blijven|blijft in de familie|houden (?:het|ons|dit) huis|wonen hier (?:\\w+ )?(?:graag|heerlijk|prima|fijn)|voor geen (?:goud|prijs|geld)|over mijn lijk|tussen (?:zes )?planken|geen denken aan|geen sprake van|onder geen beding|absoluut niet|zeker niet|echt niet|laat (?:mij|me|ons) met rust|val (?:mij|me|ons) niet|stop met (?:vragen|lastigvallen|aandringen)|niet (?:meer )?(?:lastig|vragen|benaderen|storen)|ongewenst\\w*|opdringerig|al (?:eerder )?(?:gezegd|laten weten|aangegeven)|antwoord is (?:en blijft )?nee|bespaar u|verspil|geen makelaar|geen verkoopadvies|geen waardebepaling nodig|hebben (?:\\w+ )?geen (?:makelaar|hulp) nodig)\\b",
    ].join("|"),
  ),
  plainNoes:
    /^(?:nee|neen|nee bedankt|nee dank u|nee dank je|nee hoor|bedankt nee|nee dankjewel|nooit|liever niet|geen interesse|niet nodig|dank u nee|nee nee|(?:nogmaals|nog steeds|en|weer|gewoon) nee|nee en nogmaals nee|nee is nee|echt niet|helaas niet|nee sorry)(?: (?:bedankt|dank u|hoor|graag))?$/,
  reproaches: new RegExp(
    [
      `\\b(?:hoe|waar|van wie|wie|waarvandaan) (?:\\w+ ){0,3}(?:komt|kwam|kom|heeft|hebt|heb|weet|gaf|kent|gekregen|haalt|haalde|kreeg)\\b(?: \\w+){0,3}? (?:${theirs}|bij mij|bij ons|waar ik woon)`,
      "\\bwaarom (?:mailt|schrijft|benadert|stuurt|krijg|valt)\\b|\\bhoe durft\\b|\\b(?:nooit|niet) (?:\\w+ )?(?:toestemming|gevraagd|aangemeld|ingeschreven|gegeven)\\b",
    ].join("|"),
  ),
  lookalikes:
    /\bniet (?:dat|alleen|zeker|uitgesloten|tegen|onwelwillend|ongenegen|zozeer|per se)\b|\bgeen (?:probleem|haast|idee|punt)\b|\b(?:was|waren) (?:\w+ )?(?:niet|geen)\b|\b(?:buren|buurman|buurvrouw|huurders?|kopers?|bank|vrienden)\b.*\b(?:niet|geen|nooit)\b|\bniet (?:\w+ )?(?:onder|aan (?:een|beleggers)|zonder|voor (?!verkoop)|voordat|de meubels|de auto|verhuren)\b/,
  openings:
    /\b(?:misschien|wellicht|mogelijk|eventueel|ooit|nog niet|pas (?:in|na|over|als|vanaf|volgend)|later|voorlopig|tenzij|behalve als|hangt er\s?van af|tot (?!mijn|de dood|ziens)|voordat|zodra|als (?:de prijs|u (?:een|kunt|mij)|het|we iets|iemand)|bel (?:me|mij|ons)|belt u|bellen|mail (?:me|mij|ons) (?:\w+ )?(?:in|na|weer|dan)|neem (?:\w+ ){0,5}contact|stuur (?:me|mij|ons)|laat (?:me|mij|ons) weten|vertel (?:me|mij|ons)|kunt u|kan u|zou u|zou (?:ik|graag)|zouden (?:we|wij|graag)|hoeveel|wat (?:is|zou|kost|biedt|levert)|(?<!niet (?:\w+ )?)(?:ben|zijn) (?:(?!niet|geenszins)\w+ )?(?:wel )?geinteresseerd|graag (?:een|meer|weten|horen)|overweeg|overwegen|denken er\s?over|goed bod|goede prijs|juiste prijs|volgend (?:jaar|voorjaar)|volgende (?:maand|week|zomer)|in (?:het |de )?(?:voorjaar|lente|zomer|najaar|herfst|winter|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|over (?:een|twee|drie|vier|vijf|enkele|een paar|\d+) (?:\w+ )?(?:jaar|maanden|maand|weken)|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|weekend|ander (?:huis|pand)|(?:kunnen|valt|is|mogen) (?:\w+ ){0,2}(?:over )?te praten|(?:kunnen|kan) (?:we|wij|ik)? ?(?:\w+ ){0,3}(?:praten|onderhandelen)|bespreekbaar|onderhandelbaar|te laag|te weinig)\b/,
  courtesies:
    /^(?:(?:hallo|goede(?:morgen|middag|navond|ndag)|goedendag|beste|geachte|dag|hoi)\b.{0,50}|(?:hartelijk |veel |vriendelijk )?(?:dank|bedankt)\b.{0,60}|(?:met |vriendelijke |hartelijke |beste )*(?:groet|groeten)\b.{0,40}|mvg\b.{0,30}|sorry.{0,20}|fijne dag.{0,20}|prettige dag.{0,20}|veel succes.{0,30}|het beste.{0,20})$|\b(?:als|mocht|indien) (?:\w+ ){0,4}(?:verander\w*|ooit)\b|\b(?:ik|we|wij) (?:nemen|neem|zullen|zal|laten|laat) (?:\w+ ){0,3}(?:contact|weten|bellen)\b|\bdan (?:nemen|neem|bellen|bel|laten|laat) (?:we|wij|ik)\b/,
};
