import type { RefusalWords } from "./refusal-words.ts";

const home = "(?:haus|hauses|wohnung|immobilie|grundstuck|heim|objekt|eigentum)";
const theirs =
  "(?:meine|unsere|diese|mein|unser)[nrs]? (?:\\w+ )?(?:e-?mail\\w*|mail\\w*|adress\\w*|daten|name[ns]?|nummer|telefonnummer|kontakt\\w*|anschrift)";

export const germanRefusalWords: RefusalWords = {
  refusals: new RegExp(
    [
      "\\bkommt (?:\\w+ ){0,4}nicht (?:infrage|in betracht|in die tute)\\b|\\b(?:niemals|nie und nimmer|im leben nicht|nicht im traum|nur uber meine leiche|um keinen preis|fur kein geld|nicht fur geld|nicht fur alles geld)\\b|\\b(?:unverkauflich|nicht zu haben|nicht zur debatte|steht nicht (?:zur debatte|zum verkauf))\\b|\\b(?:bleibt|bleibe|bleiben) (?:\\w+ ){0,3}(?:in der familie|hier wohnen|wohnen|unseres|unser|unverkauft)\\b|\\b(?:alt werden|sterben) (?:wir |ich )?hier\\b|\\bhier (?:\\w+ )?(?:alt werden|sterben)\\b|\\b(?:aufdringlich|unverschamt\\w*|dreist|frechheit|belastigung|zumutung|unserios)\\b|^(?:abgelehnt|lehne ab|wir lehnen ab|danke kein bedarf|kein bedarf)$|\\bkein(?:en)? bedarf\\b|\\bgehort (?:bald |dann )?(?:unseren|meinen|den) (?:kindern|enkeln)\\b",
      "\\b(?:kein|keine|keinerlei|null|absolut kein|uberhaupt kein|nicht das geringste) (?:\\w+ ){0,2}(?:interesse|bedarf|verkaufsabsicht(?:en)?|verkaufsinteresse|absicht|plane)\\b(?! (?:an|am|fur)\\b(?! (?:eine[mrn]?|dem|einem|ihre[mnrs]?|der|so|solchen?) (?:verkauf\\w*|angebot\\w*|makler\\w*|dienst\\w*|anfrage\\w*|zusammenarbeit|schreiben|hilfe)|(?: )?(?:verkauf\\w*|angebot\\w*|makler\\w*|ihnen|so etwas|sowas)))",
      "\\b(?:nicht|nie|niemals|keineswegs|keinesfalls) (?:\\w+ ){0,4}(?:interessiert|verkauf\\w*|veraussern|zum verkauf|zu verkaufen|umziehen|wegziehen|ausziehen|umzuziehen|abgeben|hergeben|trennen|zu haben)\\b",
      `\\b(?:verkaufen?|verkauft|veraussern|trennen|ziehen|geben)\\b(?: \\w+){0,5} (?:nicht|nie|niemals|keinesfalls)\\b|\\bnicht (?:zu verkaufen|verkauflich|zum verkauf)\\b|\\bunverkauflich\\b|\\bsteht nicht (?:\\w+ )?(?:zum|zur)\\b`,
      "\\bhier (?:\\w+ ){0,3}nicht (?:mehr )?(?:weg|fort|raus|heraus)\\b|\\bnicht (?:mehr )?(?:weg|fort|raus) ?(?:hier)?$|\\b(?:mich|uns) (?:bekommt|kriegt|bringt|holt) (?:\\w+ )?(?:keiner|niemand)\\b|\\b(?:keiner|niemand) (?:bekommt|kriegt|bringt|holt) (?:mich|uns)\\b|\\bwerden? (?:wir|ich) (?:\\w+ ){0,2}alt\\b|\\b(?:wir|ich) werden? (?:\\w+ ){0,3}alt\\b",
      `\\b(?:behalten|bleiben (?:hier|wohnen|in unserem|in meinem|in der familie|im haus|dabei)|bleibt (?:in der familie|in familienbesitz|es bei)|hier bleiben|wohnen bleiben|alt werden|bleibe hier|fuhlen uns (?:\\w+ )?wohl)\\b`,
      "\\b(?:lassen sie (?:mich|uns) (?:\\w+ )?in (?:ruhe|frieden)|nicht (?:mehr |weiter |langer |wieder )*(?:belastigen|nerven|fragen|nachfragen|anfragen|behelligen|storen)|horen sie (?:\\w+ )?auf|unterlassen sie|sparen sie sich|verschonen sie|belastigung|unverschamt\\w*|unerwunscht\\w*|das bleibt so|so bleiben|auf keinen fall|kommt nicht in ?frage|niemals|kommt nicht in betracht|ein klares nein|nein heisst nein|schon (?:mehrfach |mehrmals |einmal )?(?:gesagt|mitgeteilt|geschrieben|abgesagt)|brauchen? (?:\\w+ )?(?:keinen?|keine) (?:makler|hilfe|angebot\\w*|bewertung)|keine (?:anfragen|angebote|makler\\w*|werbung|schreiben))\\b",
    ].join("|"),
  ),
  plainNoes:
    /^(?:nein|(?:noch ?mal|nochmals|abermals|wieder|immer noch|weiterhin|einfach|ganz klar|und|ich sage) (?:mal )?nein|nein und (?:noch ?mals? )?nein|nee|no|niemals|nie|nein danke|danke nein|nein vielen dank|bitte nicht|auf keinen fall|vergessen sie es|lieber nicht|nein nein|leider nein|leider nicht|kein interesse)(?: (?:danke|bitte|vielen dank))?$/,
  reproaches: new RegExp(
    [
      "\\bwer hat (?:ihnen|euch) (?:meine|unsere)\\b",
      `\\b(?:woher|wie|von wem|wer|wo) (?:\\w+ ){0,3}(?:haben|kommen|kennen|wissen|hat|bekamen|erhalten|sind|nehmen|kriegen)\\b(?: \\w+){0,3}? (?:${theirs}|mich|uns|wo ich|wo wir)\\b`,
      "\\bwarum (?:schreiben|kontaktieren|belastigen|fragen|bekomme|erhalte)\\b|\\bwie kommen sie (?:dazu|darauf|an)\\b|\\bwas fallt ihnen ein\\b|\\b(?:nie|niemals|nicht) (?:\\w+ )?(?:zugestimmt|eingewilligt|gebeten|angemeldet|weitergegeben|erlaubt)\\b",
    ].join("|"),
  ),
  lookalikes:
    /\bnicht (?:abgeneigt|unbedingt|sicher|ausgeschlossen|nur|uninteressiert|so dass|zu gunstig)\b|\bkein(?:e)? (?:problem|frage|zweifel|eile|ahnung)\b|\bwar(?:en)? (?:\w+ )?(?:nicht|kein)\b|\b(?:nachbar\w*|mieter\w*|kaufer\w*|freund\w*|bank)\b.*\b(?:nicht|kein\w*)\b|\bnicht (?:\w+ )?(?:unter|an (?!sie|jemanden|irgend)|ohne|vor|fur weniger|uber (?!sie))\b|\b(?:nicht|kein\w*)\b.*\b(?:die mobel|das auto|vermiet\w*|miete)\b/,
  openings:
    /\b(?:vielleicht|eventuell|evtl|moglicherweise|unter umstanden|irgendwann|noch nicht|erst (?:\w+ )?(?:im|in|nach|wenn|ab|nachstes)|spater|vorerst|zunachst|fur den moment|ausser|es sei denn|sofern|je nachdem|kommt (?:drauf|darauf) an|bis (?!dann|zum tod|an mein|ans)|nicht vor(?= (?:dem|der|ende|anfang|januar|marz|april|mai|juni|herbst|fruhjahr|sommer|nachste\w*|\d))|solange|bevor|fruhestens|wenn (?:der preis|sie (?:einen|mir|uns|konnen)|die|wir etwas|es)|falls sie|rufen sie|ruf(?:en)? (?:mich|uns)|anrufen|telefonieren|melden sie sich|meldet euch|schreiben sie (?:mir|uns) (?:\w+ )?(?:im|in|nach|wieder|dann|doch)|kontaktieren sie (?:mich|uns) (?:\w+ )?(?:im|in|nach|wieder|dann)|schicken sie (?:mir|uns)|senden sie (?:mir|uns)|sagen sie (?:mir|uns)|(?:konnen|konnten|wurden) sie|wie viel|wieviel|was (?:ist|ware|kostet|zahlt|bieten|wurde)|wert ware|gerne|gern|interessiert mich|ware (?:ich |wir )?(?:interessiert|bereit|offen|denkbar)|wir (?:haben|hatten) interesse|(?:ich|wir) (?:uberlegen|denken daruber|wurden)|bereit zu|gutes angebot|richtige[rn]? preis|nachste[nsm]? (?:jahr|monat|woche|fruhjahr|sommer)|im (?:fruhjahr|fruhling|sommer|herbst|winter|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|neuen jahr)|in (?:ein|zwei|drei|vier|funf|einigen|ein paar|\d+) (?:\w+ )?(?:jahr\w*|monat\w*|woche\w*)|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende|morgen (?:um|fruh|abend)|andere[sn]? (?:haus|wohnung|objekt)|(?:kann|konnen|konnte|konnten|lasst|liesse) (?:man |wir |sich )?(?:\w+ )?(?:reden|sprechen|verhandeln)|verhandelbar|verhandlungssache|zu wenig|zu niedrig)\b/,
  courtesies: new RegExp(
    `^(?:(?:hallo|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[r]?|moin|servus|gruss gott|hi|hey)\\b.{0,50}|(?:vielen |besten |herzlichen |schonen )?dank\\b.{0,60}|danke\\b.{0,60}|(?:mit |viele |beste |liebe |schone |freundlichen? |herzliche )*(?:grussen?|gruessen?)\\b.{0,40}|(?:mfg|lg|vg)\\b.{0,30}|gruss\\b.{0,30}|tschuss|schonen tag.{0,20}|alles gute.{0,20}|viel (?:erfolg|gluck).{0,30}|tut mir leid.{0,20}|sorry)$|\\b(?:falls|wenn|sollte) (?:\\w+ )?(?:sich )?(?:\\w+ )?(?:andert|andern|doch|jemals|je)\\b|\\b(?:ich|wir) melden? (?:\\w+ )?(?:mich|uns)\\b|\\bmelden? (?:ich mich|wir uns|mich|uns)\\b|\\bkommen wir auf sie zu\\b|\\b(?:mein|unser) ${home} gefallt\\b`,
  ),
};
