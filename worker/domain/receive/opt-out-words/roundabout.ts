/*
 * Patterns of roundabout requests for no more emails. A roundabout request has none of the usual
 * words. Each roundabout request is one of these:
 * - a wish: "I'd rather you didn't email me"
 * - a last email: "make this your last message"
 * - a warning: "one more and I call my lawyer"
 * - a question that expects no answer: "how often must I ask you to stop writing?"
 * All words are folded: lower case, without accents. Each pattern is tried on a whole sentence.
 */

/** Matches up to `most` characters of the same sentence. */
const gap = (most: number) => `[^.!?]{0,${most}}`;
const join = (...patterns: string[]) => new RegExp(patterns.map((pattern) => `\\b(?:${pattern})`).join("|"));

const toMe =
  "(?:(?: to)? (?:me|us|these|this|those|here|again|any ?more|anything|any|from|further|more|stuff)\\b|$)";
const englishSending =
  "(?:e-?mail\\w*|mail\\w*|contact\\w*|writ\\w+|messag\\w+|send\\w*|hear\\w*|receiv\\w+|get\\w*|reach\\w* out|bother\\w*)";
const englishMail =
  "(?:e-?mails?|mails?|messages?|letters?|contact|correspondence|communications?|solicitations?)";
export const englishRoundaboutRequests = join(
  `(?:rather|prefer(?:red)?|appreciate|grateful|glad|happy|like)(?: it)?(?: very much| a lot)?,?(?: that| if)? (?:you|your \\w+)(?:'d| would| could)? (?:not|didn'?t|did not|don'?t|do not|never|no longer|stopped|stop|quit)[^.,;!?]{0,25} ?\\b${englishSending}${toMe}`,
  `(?:rather|prefer|like) (?:not|no longer|never)(?: to)? (?:be (?:contacted|e-?mailed|written|messaged)|${englishSending}${toMe})`,
  `(?:make|let|consider) (?:this|that|it) (?:be )?(?:the|your|our) (?:very )?last (?:${englishMail}|one|time)|(?:this|that) (?:should|must|had better|better|needs to|has to) be (?:the|your) (?:very )?last ${englishMail}`,
  `(?:receive|get|accept|have) (?:absolutely )?no (?:more|further|other|additional) (?:\\w+ )?${englishMail}|so (?:that )?(?:i|we) (?:don'?t|do not|no longer|won'?t|stop) (?:get|getting|receive|receiving|hear) (?:any ?more|any|these|them|from you)`,
  `you (?:can'?t|cannot|may not|must not|mustn'?t|(?:are not|aren'?t) (?:allowed|permitted|authorized) to|have no (?:right|permission|business)(?: to)?) (?:just |keep )?(?:send\\w*|e-?mail\\w*|contact\\w*|writ\\w+|mail\\w*|messag\\w+)(?: to)? (?:me|us|this|these|stuff|anything|my)\\b`,
  `(?:take|remove|delete|get) (?:it|me|us|this|my \\w+) (?:out of|off|from) your (?:\\w+ )?(?:system|lists?|database|files|records|books|crm)`,
  `(?:one more|another one|another ${englishMail}|the next one|if (?:i|we) (?:get|receive|hear)|if you (?:contact|e-?mail|write|message) (?:me|us))\\b${gap(50)}\\b(?:i|we)(?:'ll|'m|'re| will| am| are| shall)? (?:\\w+ ){0,3}(?:lawyer|attorney|report(?:ing)? (?:you|this|it)|block(?:ing)? you|complain\\w*|sue|legal|ftc|spam)`,
  `(?:if|should) (?:i|we) (?:\\w+ )?(?:hear|get|receive|see)\\b${gap(45)}\\b(?:again|once more|another|one more|any ?more)\\b${gap(40)}\\b(?:report\\w*|block\\w*|sue|suing|complain\\w*|fil(?:e|ing) (?:a )?complaint|(?:call|tell|contact|notify)\\w* (?:your|my (?:lawyer|attorney)|an? (?:lawyer|attorney)|the (?:police|state|commission|board|ftc|bbb|authorit\\w*)))`,
  `(?:attorney|lawyer|solicitor|police)\\b${gap(25)}\\b(?:if|should|next time) you\\b${gap(15)}\\b(?:write|e-?mail|contact|message|send)`,
  `(?:how (?:many|often)|what (?:does|will|is) it (?:going to )?take|what'?s it going to take|when (?:will|are) you|why (?:won'?t|can'?t) you)\\b${gap(60)}\\b(?:(?:stop|quit) (?:send|e-?mail|mail|contact|writ|messag|spam|bother|harass|pester|these)\\w*|leave (?:me|us) alone|be removed|(?:take|remove|get) me (?:off|from)|unsubscribe)`,
);

const germanSending =
  "(?:schreib\\w*|schick\\w*|send\\w*|kontaktier\\w*|anschreib\\w*|anzuschreib\\w*|mail\\w*|anzumail\\w*|zuschick\\w*|zuzuschick\\w*|zusend\\w*|zuzusend\\w*|belastig\\w*|spam\\w*|behellig\\w*)";
const germanMail = "(?:e-?mails?|mails?|nachrichten?|zuschriften?|anfragen?|anschreiben|werbung)";
export const germanRoundaboutRequests = join(
  `(?:lieber|dankbar|froh|schon|begruss\\w*|schatz\\w*|freu\\w*|nett|verbunden|recht)\\b${gap(15)}\\bwenn (?:sie|du|ihr|man)\\b${gap(15)}\\b(?:mir|mich|uns)\\b${gap(15)}\\b(?:nicht|nichts|keine?)\\b${gap(25)}\\b${germanSending}`,
  `lieber (?:nichts|nicht|keine?)\\b${gap(15)}\\b(?:mehr|weitere\\w*)\\b${gap(25)}\\b(?:bekommen|erhalten|horen|angeschrieben|kontaktiert|lesen)`,
  `lass(?:en|t)? (?:sie |es )?(?:das|dies|diese) (?:bitte )?(?:die|ihre|eure|deine) letzte ${germanMail}|(?:ihre|eure|deine) letzte ${germanMail} (?:an (?:mich|uns)|sein|bleiben|gewesen)`,
  `(?:horen?|hort|hor) (?:sie |doch |bitte |endlich |jetzt |sofort )*(?:damit )?auf,? (?:(?:mir|mich|uns)\\b${gap(30)}\\b${germanSending}|(?:\\w+ ){0,2}${germanMail}\\b${gap(15)}\\b${germanSending})`,
  `verzichten sie\\b${gap(30)}\\b(?:weitere|kunftige|solche|derartige)\\w* (?:\\w+ )?${germanMail}|sehen sie\\b${gap(20)}\\bdavon ab\\b${gap(20)}\\b(?:mir|mich|uns)\\b${gap(20)}\\b${germanSending}`,
  `(?:noch (?:so )?(?:eine?|einmal)|weitere ${germanMail}|die nachste|wenn (?:ich|wir) noch)\\b${gap(40)}\\b(?:und (?:ich|wir)|dann|sonst|schalte|erstatte|beauftrage|blockiere)\\b${gap(40)}\\b(?:anwalt|anzeige|beschwer\\w*|verbraucherzentrale|rechtlich\\w*|abmahn\\w*|blockier\\w*|datenschutz\\w*|spam)`,
  `(?:wie oft|wann)\\b${gap(40)}\\b(?:noch|endlich|sagen|bitten)\\b${gap(50)}\\b(?:aufhor\\w*|auf mir|in ruhe|keine ${germanMail}|nicht mehr|abmeld\\w*|loschen|austragen)`,
);

const frenchSending = "(?:ecri\\w*|envoy\\w*|contact\\w*|sollicit\\w*|relanc\\w*|derang\\w*|demarch\\w*)";
const frenchMail = "(?:e-?mails?|mails?|messages?|courriels?|courriers?)";
export const frenchRoundaboutRequests = join(
  `(?:prefer\\w*|aimer\\w*|appreci\\w*|souhait\\w*|voudr\\w*|reconnaissante?s?|gre)\\b${gap(15)}\\b(?:que|si) (?:vous|tu)\\b${gap(5)}(?:\\bne (?:plus |pas )?|\\bn'|\\bcess\\w* de |\\barret\\w* de )(?:plus )?(?:m'|me |nous )?${frenchSending}`,
  `que (?:ce|cela|ceci) soit (?:le|votre) (?:tout )?dernier ${frenchMail}|(?:soit|sera|reste) votre dernier ${frenchMail}`,
  `(?:que )?(?:je|nous) ne (?:recoive|recevions|recevrai|recevrons) plus (?:rien|aucun\\w*|(?:de|vos) ${frenchMail})`,
  `(?:encore (?:un|une)|(?:un|une) (?:seul )?${frenchMail} de plus|au prochain|si (?:je|nous) (?:recois|recevons) encore)\\b${gap(30)}\\b(?:je|nous|j')\\b${gap(30)}\\b(?:cnil|plainte|avocat|signal\\w*|bloqu\\w*|spam|indesirable)`,
  `(?:combien de fois|quand allez[- ]vous|que faut[- ]il)\\b${gap(60)}\\b(?:arret\\w* de|cess\\w* de|arretiez|desinscri\\w*|desabonn\\w*|tranquille)`,
);

const spanishSending = "(?:escrib\\w*|envi\\w*|mand\\w*|contact\\w*|molest\\w*)";
const spanishMail = "(?:correos?|mensajes?|e-?mails?|mails?)";
export const spanishRoundaboutRequests = join(
  `(?:prefer\\w*|prefier\\w*|gustar\\w*|agrade\\w*|mejor|querr\\w*|ojala)\\b${gap(15)}\\b(?:que|si) (?:ya |usted(?:es)? )?(?:no (?:me|nos)|dej\\w+ de|par\\w+ de)\\b${gap(15)}\\b${spanishSending}`,
  `(?:este|ese|que) (?:sea |es |correo sea |mensaje sea )?(?:el|su|tu) ultimo ${spanishMail} que (?:me|nos)|que (?:este|ese|esto) sea (?:el|su|tu) ultimo ${spanishMail}`,
  `(?:(?:un|otro) ${spanishMail} mas|uno mas|otro ${spanishMail}|si vuelv\\w+ a|si (?:me|nos) ${spanishSending})\\b${gap(40)}\\b(?:denunci\\w*|abogad\\w*|bloque\\w*|reportar\\w*)`,
  `(?:cuantas veces|hasta cuando|cuando van a)\\b${gap(60)}\\b(?:dej\\w+ de|par\\w+ de|baja|en paz|no quiero)`,
);

const dutchSending =
  "(?:mail\\w*|e-?mail\\w*|benader\\w*|schrijf\\w*|schrijv\\w*|stuur\\w*|stur\\w*|contact\\w*|lastig\\w*)";
const dutchMail = "(?:mails?|e-?mails?|mailtjes?|berichten?|bericht)";
export const dutchRoundaboutRequests = join(
  `(?:op prijs|fijn|prettig|liever|waardeer\\w*|waarderen|dankbaar|blij)\\b${gap(20)}\\b(?:als|dat|wanneer|indien) (?:u|je|jullie|jij)\\b${gap(12)}\\b(?:mij|me|ons)\\b${gap(12)}\\b(?:niet|geen|nooit|niets|met rust)\\b${gap(25)}(?:\\b${dutchSending}|laat)`,
  `liever (?:geen|niet|niets)\\b${gap(25)}\\b(?:ontvang\\w*|krijg\\w*|benaderd|gemaild|horen|${dutchMail})`,
  `laat dit (?:dan )?(?:uw|je|jullie|de|het) laatste ${dutchMail}|dit is hopelijk (?:uw|je|jullie|de|het) laatste ${dutchMail}`,
  `(?:nog (?:een|1)|de volgende|als ik nog)\\b${gap(40)}\\b(?:ik|we|wij|dan)\\b${gap(40)}\\b(?:advocaat|klacht|aangifte|blokkeer\\w*|autoriteit|spam)`,
  `(?:hoe vaak|wanneer (?:stop\\w*|houd\\w*))\\b${gap(60)}\\b(?:stopt|op moet houden|ophoud\\w*|op met|uitschrijv\\w*|met rust|afmeld\\w*|niet meer)`,
);

const italianSending = "(?:scriv\\w*|invi\\w*|mand\\w*|contatt\\w*|disturb\\w*)";
const italianMail = "(?:e-?mail|mail|messaggi[oe]?|comunicazion[ei])";
export const italianRoundaboutRequests = join(
  `(?:prefer\\w*|gradi\\w*|apprezz\\w*|grat[oai]|vorre\\w*|piacer\\w*)\\b${gap(15)}\\b(?:che|se) (?:voi |lei |tu )?(?:non (?:mi|ci)|smett\\w* di|la smett\\w* di)\\b${gap(10)}\\b${italianSending}`,
  `quest[ao] sia (?:la vostra |il vostro |la sua |il suo |la tua |il tuo |l'|l' )?ultim[ao] ${italianMail}|che sia l'ultim[ao] ${italianMail}`,
  `(?:ancora un[ao]?|un'?altr[ao]|al prossimo|alla prossima|se ricevo)\\b${gap(40)}\\b(?:denunci\\w*|avvocat\\w*|blocc\\w*|garante|segnal\\w*)`,
  `(?:quante volte|quando la smett\\w*)\\b${gap(60)}\\b(?:smett\\w*|cancell\\w*|rimuov\\w*|disiscri\\w*|in pace|scriver\\w*)`,
);

/** Matches words about an act that the writer nearly did, in any of the languages. */
export const almostDidPattern =
  /\b(?:(?:was|were) (?:just |all )?(?:about|going|ready|set|tempted) to|almost (?:wrote|hit|clicked|asked|unsubscribed|deleted|marked|told|sent)|nearly (?:wrote|hit|clicked|asked|unsubscribed|deleted|marked|told|sent)|kurz davor|drauf und dran|wollte (?:\w+ )?(?:fast|beinahe)|beinahe|iba a|est(?:uve|aba) a punto|casi (?:le|les|me|los)|j'allais|j'ai failli|failli|presque (?:ecrit|demande|clique)|op het punt|wilde (?:\w+ )?bijna|stavo per|volevo quasi|quasi (?:chiesto|scritto|disiscritt\w|cancellat\w))\b/;

/** Matches words by which a writer shows doubt, in any of the languages. */
export const doubtWords =
  /\b(?:i (?:think|guess|suppose)|maybe|perhaps|probably|not sure|kind of|sort of|vielleicht|glaube ich|ich (?:glaube|denke)|eventuell|weiss nicht|wohl eher|peut-etre|je (?:pense|crois|suppose)|(?:je )?ne sais pas|quizas?|tal vez|creo que|pienso que|no se si|misschien|ik (?:denk|geloof)|weet niet|forse|penso (?:che|di)|credo (?:che|di)|non so)\b/;
