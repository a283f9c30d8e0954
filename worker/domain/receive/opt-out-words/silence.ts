/*
 * Patterns of requests for no more emails that name neither a list nor an email. Examples are "go
 * away" and "hear from you again and I call your broker". All words are folded: lower case, without
 * accents. Each pattern is tried on a whole sentence.
 */

const gap = (most: number) => `[^.!?]{0,${most}}`;
const join = (...patterns: string[]) => new RegExp(patterns.map((pattern) => `\\b(?:${pattern})`).join("|"));
/** Matches the end of a clause, or a courtesy before that end. */
const end =
  "(?=\\s*(?:$|[.,;:!?)]| -|please|pls|thanks|thank you|bitte|danke|por favor|gracias|merci|svp|s'il|graag|aub|bedankt|alstublieft|per favore|grazie))";

const enThem =
  "(?:e-?mails?|mails?|mailings?|messages?|letters?|notes?|correspondence|communications?|contact|solicitations?|newsletters?|spam|follow[ -]?ups?|updates?|pitches)";
const enPerson =
  "(?:me|us|her|him|them|my (?:\\w+ )?(?:mother|father|mom|mum|dad|husband|wife|parents?|grandmother|grandfather|family|name|address|e-?mail)|our (?:names?|address|e-?mail)|this address)";
const enGroup =
  "(?:e-?mailings?|mailings?|rotation|lists?|blasts?|campaigns?|drips?|follow[ -]?ups?|sequences?|database|loop|circulation|distribution|program|e-?mails?|outreach|system|records)";
export const englishSilenceRequests = join(
  `not (?:to )?hear(?:ing)? from you(?: \\w+)?(?: (?:again|further|any ?more|any longer)|${end})|(?:left|taken|kept|leave|take|keep|let) (?:me |us )?(?:off|out)(?: of)? (?:this|these|it|(?:your|the|this) (?:\\w+ )?(?:list|mailings?|e-?mails?|correspondence))${end}|(?:^|please |thanks?,? |and )off (?:of )?(?:the|your|this) (?:\\w+ )?list${end}`,
  `(?:do not|don'?t|dont|never) (?:ever )?(?:e-?mail|contact|write(?: to)?|mail|bother|message) (?:this|my|our) (?:household|house|family|home|address|e-?mail|inbox|mailbox)|(?:do not|don'?t|no longer) (?:accept|want|welcome|allow|read|tolerate) (?:any )?unsolicited`,
  `(?:wish|want|like|need|trying|tried|ask|asked|asking|request) (?:me |us )?to (?:unsubscribe|opt[ -]?out|be (?:removed|unsubscribed|taken off|opted out))${end}|(?:remove|delete|drop) (?:him|her)(?: too| as well)?${end}|(?:quit|stop|enough) (?:it )?(?:already )?with (?:the|these|your|all)(?: \\w+)? ${enThem}`,
  `never (?:again )?(?:(?:want|wish|care)(?:ed)? to )?(?:get|receive|see|have|hear|be sent)\\b${gap(12)}\\b(?:these|this|one of these|your \\w+|from (?:you|your \\w+|this \\w+))(?: again|${end})|(?:i|we)(?:'d| would| just| really)? (?:want|need|like) (?:out|off)${end}|wast\\w+ (?:your|my|our|any)\\b${gap(20)}\\b(?:time|breath|money|paper|stamps?)\\b${gap(10)}\\b(?:with|on|sending) (?:more|these|any more|further|me|us)`,
  `(?:these|this|it|the|your)(?: ${enThem})? (?:really |just )?(?:needs? to|has to|have to|must|should|had better|better|has got to|have got to|will) (?:please )?(?:stop|end|cease)(?: now| immediately| today)?${end}|(?:desist|refrain|abstain) from (?:sending|any|all|further)|for (?:the love of \\w+|\\w+'s sake),? (?:please )?stop${end}`,
  `^(?:please,? )?no (?:more |further |other )?(?:follow[- ]?ups?|contact|${enThem}|solicitations?)${end}|(?:remove|delete|erase) (?:(?:all|any|of) )*(?:my|our) (?:personal )?(?:data|information|details) (?:under|per|pursuant|as required|as per|according)`,
  `(?:no|enough) more of (?:these|this|those|them|your \\w+|that)${end}|^(?:please )?(?:no more|enough(?: already| is enough| now)?)${end}(?=[.,;!?]* *(?:$|please|no more))`,
  `(?:could|can|would|will|should|let|make|may|must|have) (?:this|that|it)?(?: \\w+)? ?be (?:the|your|our) (?:very )?last(?: one| time| of (?:these|them|it)| ${enThem})?(?: (?:from you|to (?:me|us)|(?:i|we) (?:get|receive|see)))?${end}|(?:this|that|it)(?:'s| is| was) (?:hopefully |to be )?(?:the|your) last ${enThem} (?:to|from|i|we)\\b`,
  `(?:dropping|taking|removing|deleting|leaving|getting|cutting|pulling|keeping|striking|drop|take|remove|delete|leave|get|cut|pull|keep|strike) ${enPerson} (?:out of|off of|off|from) (?:(?:the|these|this|your|any|all|that|those|future|e-?mail) )+(?:(?!waiting|wait|guest|showing|buyers?|sellers?)\\w+ )?${enGroup}\\b`,
  `(?:be|been|get|getting|being) (?:taken|dropped|left|removed|cut|pulled|deleted|kept|struck) (?:out of|off of|off|from) (?:(?:the|these|this|your|any|all|that|those|future|e-?mail) )+(?:(?!waiting|wait|guest|showing|buyers?|sellers?)\\w+ )?${enGroup}\\b`,
  `not (?:writing|e-?mailing|contacting|mailing|messaging|reaching out|following up|getting in touch|sending (?:any|more|these|anything))(?: (?:to )?(?:me|us|here))?(?: (?:again|any ?more|ever|any further|in (?:the )?future)|${end})`,
  `(?:hear|write|e-?mail|contact)\\b${gap(20)}\\b(?:again|once more) (?:and|or) (?:i|we|you)(?:'ll|'m)?\\b|(?:the |your )?next (?:one|${enThem}) (?:i get )?(?:goes|will go|gets|is going|will be) (?:\\w+ )?(?:to|forwarded|reported)\\b`,
  `(?:(?:is|are|am|was)(?:n'?t| not)|never|no longer|not to be|not be|no one|nobody)\\b${gap(12)}(?:\\b(?:is|gets?) )?\\b(?:written to|contacted|e-?mailed|mailed|bothered|messaged|sent (?:anything|these|this|more|any\\w*))(?: (?:any ?more|again|further|by you|in (?:the )?future|about this)|${end})`,
  `(?:only|all|one)(?: other)?(?: thing)?(?: that)? (?:i|we)(?:'d| would)? (?:want|need|ask|like|expect)(?: for)?(?: from (?:you|this)(?: \\w+)?)? is (?:for |to |that )?(?:silence|quiet|(?:some )?peace|be(?:ing)? left|to be left|you(?: people)? (?:to )?(?:stop|go|leave)|stop|never)`,
  `leave (?:${enPerson}|my family|our family|this family|this house|this household|our (?:home|house))(?: (?:the \\w+|please|both|all))? (?:alone|be${end}|in peace)`,
  `(?:how|where|what)\\b${gap(30)}\\b(?:(?:i|we|one|you|to)\\b${gap(15)}\\b)(?:unsubscribe|opt[ -]?out(?! of (?:the|an?|my|our) )|get off (?:of )?(?:this|your|the|these)|get out of (?:this|these|your)|be (?:removed|taken off)|stop (?:getting|receiving|these|this|the e|your)|get (?:you|this|these|it|them) to stop|make (?:this|these|it|them|you) stop)`,
  `(?:no|isn'?t (?:any|an)|not|can'?t (?:find|see)|cannot (?:find|see)|don'?t see|where(?:'s| is)|couldn'?t find)\\b${gap(12)}\\b(?:unsubscribe|opt[ -]?out)(?: (?:link|button|option|address)|${end})|(?:your|the) (?:unsubscribe|opt[ -]?out)(?: (?:link|button|page|thing))?\\b${gap(8)}\\b(?:doesn'?t|does not|isn'?t|not|never|won'?t|broken|dead|fail\\w*)`,
  `(?:i|we)(?:'ve| have)? (?:already |previously |just )?(?:unsubscribed|opted out|(?:clicked|hit|pressed|used|tried) (?:the |your |on )*unsubscribe)\\b(?! (?:from|of) (?:the|my|a) )(?!${gap(40)}\\b(?:mistake|accident\\w*|wrong|oops)\\b)${gap(40)}\\b(?:still|yet|again|twice|already|times|before|but here|why|nothing happen\\w*)\\b`,
  `(?:you(?:'re| are| have been|'ve been) (?:now )?(?:blocked|on my block)|(?:i'm|i am|i'll|i will|i have|i've|we're|am) (?:now |just )?block(?:ing|ed)? (?:you|this (?:address|sender|e-?mail)|your (?:address|e-?mail|domain|office)|everything))|^block(?:ed|ing you)${end}`,
  `(?:i|we)(?:'ve| have|'m| am|'re)? (?:now |just |already |hereby )?(?:marked|reported|flagged|reporting|marking|flagging) (?:you|this|these|it|your \\w+|them|as)\\b${gap(15)}\\b(?:spam|junk|phishing|abuse)|^(?:reported|marked|flagged)(?: \\w+)? as (?:spam|junk)`,
  `(?:stay|keep|get|butt) (?:the \\w+ )?(?:out of|away from) (?:my|our) (?:inbox|e-?mail|mailbox|life|lives)|(?:come|be|appear|show up|land)(?: back)? (?:to|in) (?:my|our) (?:inbox|mailbox) (?:again|ever|any ?more)|(?:don'?t|do not|never) (?:come|be|appear|show up|land)\\b${gap(10)} (?:to|in) (?:my|our) (?:inbox|mailbox)`,
  `spare (?:me|us) (?:(?:these|your|the|any|further|more|all|future) )+(?:\\w+ )?(?:${enThem}|sales pitch\\w*|marketing)|forget (?:that )?(?:you (?:have|ever had|know)|about) (?:my|our) (?:e-?mail|address|name)|(?:consider|count) (?:me|us) (?:unsubscribed|opted out|gone|removed|out)${end}`,
  `(?:do not|don'?t|dont|no longer|never) (?:\\w+ )?(?:want|wish|need|care|desire|expect)(?: for| to)?(?: (?:get|receive|have|see|hear|be sent|keep getting))? (?:any|any ?more|more|further|another|one more|these|this kind of|any further)(?: \\w+)? ${enThem} from\\b`,
  `(?:hono?u?r|process|respect|act on|complete|accept) (?:my|our|this|the) (?:\\w+ ){0,2}(?:opt[- ]?out|removal|unsubscribe|unsubscription)`,
  `(?:rather|prefer|like|want|ask|asked|asking|love) (?:not )?to (?:not |never |no longer )?(?:be left out|be off|stay off|be excluded|be spared|hear nothing|never hear)\\b|(?:rather|prefer|want|like) (?:to hear )?nothing (?:more|further|else)? ?(?:from you|to do with)`,
);

const deThem =
  "(?:e-?mails?|mails?|nachrichten?|schreiben|briefe?|anfragen?|anschreiben|werbung|post|newsletter|zuschriften|angebote)";
export const germanSilenceRequests = join(
  `(?:losch|entfern|streich)\\w* (?:sie )?(?:bitte )?(?:auch )?(?:seine|ihre|deren)[nr]? (?:\\w+ )?(?:adresse|mailadresse|e-?mail-?adresse|daten|namen)(?: bitte)?${end}|nicht (?:mehr|wieder|weiter) (?:bei (?:mir|uns) )?(?:zu )?melden${end}`,
  `(?:schluss|ende|genug|feierabend) (?:jetzt )?(?:damit|mit (?:diese[nrms]?|den|der|ihren?|dem|eure[nr]|all\\w*))\\b|(?:das|dies|es) (?:ist |war |sei |bleibt |muss |soll |wird )*(?:hoffentlich |bitte )*(?:die|ihre|eure|das|ihr) letzte[rs]? ?(?:${deThem})?(?: (?:gewesen|war|sein|bleiben|von ihnen|an (?:mich|uns)))`,
  `(?:mich|uns|sie|ihn|meine (?:mutter|frau|eltern|oma)|meinen (?:vater|mann)) (?:bitte |doch |endlich |jetzt |einfach |kunftig )*(?:in (?:ruhe|frieden)(?! (?:daruber|reden|nachdenken|uberlegen|lesen|anschauen|ansehen|entscheiden|besprechen))|nicht mehr (?:an\\w+|kontakt\\w*|belast\\w*|behellig\\w*))`,
  `(?:will|mochten?|wollen|brauche|wunsche\\w*|hatte)\\b${gap(20)}\\b(?:meine|unsere|nur|endlich|einfach|bloss)\\b${gap(8)}\\bruhe\\b|(?:einzige|alles),? was (?:ich|wir)\\b${gap(20)}\\b(?:ruhe|stille|schweigen|funkstille)`,
  `(?:wie|wo) (?:kann|konnen|muss|musste|melde|komme|kommt|werde|bestelle|trage|finde|steige|krieg\\w*|stell\\w*)\\b${gap(50)}\\b(?:abmeld\\w*|abbestell\\w*|austrag\\w*|verteiler|liste|newsletter|aus|ab|raus|runter|los)${end}`,
  `(?:kein|keinen|keine|nirgends|fehlt|finde (?:\\w+ )?nicht|funktioniert nicht)\\b${gap(20)}\\b(?:abmelde|abbestell|unsubscribe)-?\\w*|(?:abmelde|abbestell|unsubscribe)-?\\w*\\b${gap(20)}\\b(?:nicht|kaputt|tot|fehlt)`,
  `(?:bereits|schon|mehrfach|zweimal|langst) (?:\\w+ )?(?:abgemeldet|abbestellt|ausgetragen)|(?:habe|hatte) mich\\b${gap(25)}\\babgemeldet\\b${gap(40)}\\b(?:trotzdem|immer noch|wieder|weiter\\w*)`,
  `(?:ich|wir) (?:blockier\\w+|sperr\\w+|melde\\w*) (?:sie|diese|ihre|das|den|euch|absender)\\b${gap(20)}(?:\\b(?:als spam|jetzt|ab sofort|absender|adresse)|${end})|(?:sie|absender|adresse) (?:sind|ist|wurde|werden) (?:\\w+ )?(?:blockiert|gesperrt)|als spam (?:gemeldet|markiert)`,
  `verschonen? (?:sie |ihr )?(?:bitte )?(?:mich|uns|meine \\w+|sie|ihn)\\b|(?:ersparen|erspar) (?:sie |ihr )?(?:bitte )?(?:mir|uns)\\b${gap(20)}\\b${deThem}`,
  `(?:keinerlei|keine|kein|keinen) (?:weitere[nrs]? |kunftige[nrs]? )?(?:kontakt|kontakte|kontaktaufnahme|kontaktversuche|korrespondenz|anrufe oder ${deThem}|belastigung\\w*)(?: mehr)?(?: von ihnen| mit ihnen)?(?: (?:bitte|erwunscht|gewunscht|wunsche\\w*)|${end})`,
  `(?:halt\\w*|bleib\\w*|geh\\w*|scher\\w*) (?:sie |euch |sich )?(?:bitte )?(?:aus meinem postfach|fern von|mir vom (?:hals|leib)|aus meinem)|(?:aus|in) (?:meinem|meinen) post(?:fach|eingang)\\b${gap(25)}\\b(?:verschwind\\w*|raus|nicht|nichts)`,
  `(?:nicht|nie|niemals) (?:mehr |wieder |weiter |langer |noch einmal |nochmals? )+(?:von (?:ihnen|euch|ihrer \\w+|ihrem \\w+) (?:etwas |was )?)?(?:horen|lesen|kontaktiert|angeschrieben|belastigt|angemailt|behelligt)`,
  `(?:von|aus) (?:allen|ihren|ihrer|ihrem|dieser|diesem|der|den) (?:\\w+ )?(?:verteilern?|listen?|datenbank(?:en)?|aussendungen|mailings)\\b${gap(20)}\\b(?:streich\\w*|losch\\w*|nehm\\w*|entfern\\w*|gestrichen|geloscht|genommen|entfernt|runter|raus)`,
);

const esThem =
  "(?:correos?|e-?mails?|mails?|mensajes?|cartas?|comunicaciones|publicidad|propaganda|ofertas|boletines|llamadas)";
export const spanishSilenceRequests = join(
  `(?:cancel|suspend|detien|deteng|par|ces)\\w* (?:(?:ya|el|los|sus|todo|todos|estos|de) )*(?:envios?|correos?|mensajes?)(?: de (?:correos?|mensajes?|publicidad))?${end}|no (?:me |nos |le |les )?(?:escrib|envi|mand|contact)(?:a|an|en|e|as|es)(?:me|nos)? (?:mas|nunca)${end}`,
  `no autoriz\\w+\\b${gap(25)}\\b(?:mis datos|mi correo|mi e-?mail|mi direccion)|(?:ya |por favor )?no (?:me |nos |siga\\w* )?insist\\w+(?: mas)?${end}`,
  `(?:dej\\w+|deje|dejad)(?:me|nos|la|lo|les|los|las)\\b${gap(15)}\\b(?:en paz|tranquil[oa]s?)|(?:quiero|queremos|pido|pedimos|exijo|agradeceria|solo) (?:solo |solamente )?(?:que )?(?:me|nos|la|lo)\\b${gap(12)}\\bdejen?\\b${gap(10)}\\b(?:en paz|tranquil[oa]s?)|unico que (?:quiero|queremos|pido|les pido)\\b${gap(25)}\\b(?:silencio|paz|tranquil\\w*|que (?:paren|dejen|desaparezc\\w*))`,
  `(?:basta|ya) (?:de|con) (?:(?:tant[oa]s?|sus?|est[oa]s?|l[oa]s|mas|ya|una vez) )*(?:${esThem}|insist\\w*|acoso|molest\\w*)|(?:que )?(?:este|esto|esta|ese) (?:\\w+ )?sea (?:el|la|su) ultim[oa]|ni un[oa]? (?:solo |sola )?(?:${esThem} )?mas${end}|(?:ya )?no mas (?:de )?(?:est[oa]s?|eso)${end}`,
  `como (?:(?:me|nos|lo|se) )*(?:puedo|podemos|hago|hacemos|hace|hay que|debo|doy|damos|cancelo|elimino|desuscrib\\w+|borro|salgo|consigo|logro|paro|detengo)\\b${gap(40)}(?:de baja|desuscri\\w*|cancelar|no recibir|dej\\w+ de|salir|suscripcion|lista|estos (?:correos|mensajes|e-?mails))`,
  `(?:no (?:hay|encuentro|veo|aparece|funciona)|donde esta)\\b${gap(20)}\\b(?:baja|desuscri\\w*|cancelar|unsubscribe)|(?:enlace|link|boton)\\b${gap(15)}\\b(?:baja|desuscri\\w*)\\b${gap(15)}\\bno (?:funciona|sirve|va)`,
  `ya (?:me|nos) (?:\\w+ )?(?:di|dimos|habia dado|he dado|desuscrib\\w+) (?:\\w+ )?(?:de baja)?\\b${gap(40)}(?:sigu\\w*|todavia|otra vez|aun)|(?:los|les|te|lo|la) (?:voy a |he )?(?:bloque(?:o|ar|are|ado|amos|aremos)|report(?:o|ar|are|ado)|denunci(?:o|ar|are|ado)|marc(?:o|ar|are|ado))\\b${gap(20)}(?:spam|${end})|bloquead[oa]s?${end}|(?:o|y) (?:los|les|lo|la|te) denunci\\w*`,
  `(?:ahorr\\w+|evit\\w+)(?:me|nos|se|nse)?\\b${gap(12)}\\b(?:sus|estos|mas|los|tantos|futuros|nuevos) (?:\\w+ )?${esThem}|(?:fuera|salga\\w*|largo) de mi (?:bandeja|correo|buzon)|(?:pierd\\w+|olvid\\w+|tir\\w+|romp\\w+)\\b${gap(10)}\\b(?:de )?mi (?:correo|e-?mail|direccion|contacto)`,
  `no (?:quiero|queremos|deseo|deseamos|necesito) (?:\\w+ ){0,2}(?:saber nada|nada (?:mas )?(?:de|con) (?:ustedes?|vosotros|su|esta)|ningun (?:tipo de )?contacto|que me (?:vuelva\\w*|sigan?))|nada (?:mas )?de (?:ustedes|usted|su (?:agencia|empresa|inmobiliaria|oficina))`,
  `(?:que )?no (?:se|le|les|la) (?:vuelva\\w* a |siga\\w* )?(?:escrib\\w+|contact\\w+|molest\\w+|mand\\w+|envi\\w+)\\b${gap(15)}\\b(?:mas|nunca|a mi (?:madre|padre|esposa|esposo|abuela))`,
  `(?:si|como) (?:me |nos )?(?:vuelv\\w+ a|siguen?|recibo|llega)\\b${gap(50)}\\b(?:denunci\\w*|abogad\\w*|bloque\\w*|report\\w*|demand\\w*|queja|spam)`,
);

const frThem =
  "(?:e-?mails?|mails?|messages?|courriels?|courriers?|lettres?|relances?|sollicitations?|pubs?|publicites?|envois?|newsletters?)";
export const frenchSilenceRequests = join(
  `ne (?:lui|leur|la|le|les|nous|me) \\w+ez (?:plus|jamais)${end}|n'\\w+ez plus (?:a|vers|sur) (?:cette|ce|mon|ma|notre)`,
  `(?:laissez|laisse|foutez|fichez)[- ](?:moi|nous|la|le|les)\\b${gap(15)}\\b(?:tranquilles?|en paix|la paix)|(?:qu'on|que l'on|que vous) (?:me|nous|la|le) (?:laissiez|laisse|fiche|foute|fichiez|foutiez)\\b${gap(12)}\\b(?:tranquilles?|en paix|paix)|(?:seule|unique) chose que (?:je|nous)\\b${gap(25)}\\b(?:silence|paix|tranquill\\w*)|(?:veux|voulons|voudrais|souhaite\\w*|demande) (?:juste |simplement |seulement )?(?:la paix|le silence|du calme|qu'on (?:me|nous))`,
  `(?:assez|marre|ras[- ]le[- ]bol|stop|halte|fini|basta) (?:de |d'|avec |a |aux )(?:(?:ces|vos|tous|toutes|les|cette|tout|votre) )*(?:${frThem}|harcelement|spam|demarchage)|(?:que )?(?:ce|cela|celui-ci|celle-ci) (?:soit|sera|est) (?:le|la|votre) (?:tout |toute )?derni(?:er|ere)(?: fois| ${frThem})?${end}|(?:pas|plus) un(?:e)? (?:seul(?:e)? )?(?:${frThem}|de plus)`,
  `comment\\b${gap(25)}\\b(?:desabonn\\w*|desinscri\\w*|(?:ne|n') ?(?:plus|pas) (?:etre|recevoir|avoir|en recevoir)|(?:arreter|stopper|cesser|sortir|quitter|enlever|retirer|supprimer)\\b${gap(20)}\\b(?:recevoir|vos|ces|cette|votre|liste|mon|fichier))`,
  `(?:pas de|aucun|trouve (?:pas|aucun)|ou est|manque)\\b${gap(20)}\\b(?:lien|bouton)?\\b${gap(12)}\\bdesab\\w*|(?:lien|bouton)\\b${gap(15)}\\bdes(?:ab|ins)\\w*\\b${gap(15)}\\b(?:pas|casse|mort)|(?:deja|encore)\\b${gap(10)}\\b(?:desabonne\\w*|desinscrit\\w*)\\b(?! (?:de|du) (?:la|l'|mon|le) )`,
  `(?:je|nous|j'ai|j') ?(?:vous |t')?(?:bloqu\\w+|signal\\w+|ai bloque\\w*|ai signale\\w*)\\b${gap(20)}(?:spam|indesirable|adresse|${end})|(?:epargnez|evitez)[- ](?:moi|nous)\\b${gap(15)}\\b${frThem}|(?:oubliez|perdez|jetez) (?:mon|notre) (?:adresse|e-?mail|mail|nom)`,
  `(?:ne|n') ?(?:veux|voulons|souhait\\w+|desir\\w+) (?:plus|pas)\\b${gap(20)}\\b(?:entendre parler|avoir affaire|de vos nouvelles|de contact|que vous (?:m'|me |nous ))|(?:ne |n')?plus (?:jamais )?(?:entendre parler|avoir de (?:vos )?nouvelles|de (?:vos )?nouvelles)`,
  `(?:si|a la prochaine|au prochain|encore)\\b${gap(45)}\\b(?:porte\\w* plainte|plainte|cnil|avocat|signale\\w*|bloque\\w*|spam|saisi\\w*)`,
  `(?:plus|jamais) (?:etre )?(?:contacte|demarche|sollicite|derange|relance)(?:e|s|es)?(?: par)?\\b|(?:ne (?:plus|pas|jamais) (?:lui|leur) |n'ecrivez plus a )(?:ecri\\w*|envoy\\w*|adress\\w*|ma (?:mere|femme)|mon (?:pere|mari))`,
);

const nlThem =
  "(?:e-?mails?|mails?|mailtjes?|berichten|berichtjes?|bericht|brieven|post|reclame|spam|nieuwsbrie\\w*|aanbiedingen)";
export const dutchSilenceRequests = join(
  `laat (?:u |je |jullie )?(?:mij|me|ons|haar|hem|mijn \\w+)\\b${gap(15)}\\bmet rust|met rust (?:gelaten|laat|laten)|(?:wil|willen|wens|enige (?:wat|dat) ik)\\b${gap(20)}\\b(?:rust|stilte)${end}`,
  `(?:genoeg|klaar|basta|stop|gedaan|kappen|ophouden|afgelopen) (?:nu |nou |graag )?(?:met|van) (?:(?:deze|dit|die|al|uw|jullie|de|het|dat) )*(?:${nlThem}|gespam|gemail|gezeur|gedoe)|(?:laat )?(?:dit|dat|deze) (?:is |was |moet |mag |zal )?(?:hopelijk |graag )*(?:de|het|uw|jullie) laatste (?:keer|mail|bericht|e-?mail|brief)?(?: zijn| (?:was|is))?${end}|geen (?:enkel|enkele|een) ${nlThem} meer`,
  `hoe (?:kan|kom|moet|meld|schrijf|kunnen|krijg|stop)\\b${gap(45)}\\b(?:afmeld\\w*|uitschrijv\\w*|af|uit|eraf|vanaf|lijst|stoppen)${end}|(?:geen|nergens|waar (?:is|zit|vind)|zie (?:ik )?geen)\\b${gap(15)}\\b(?:afmeld\\w*|uitschrijf\\w*|unsubscribe)|(?:afmeld|uitschrijf|unsubscribe)\\w*\\b${gap(15)}\\b(?:werkt niet|doet (?:het )?niet|kapot)`,
  `(?:al|reeds|eerder|twee keer|meermaals)\\b${gap(12)}\\b(?:afgemeld|uitgeschreven)(?! (?:voor|bij) )|(?:ik|we|wij) (?:blokkeer\\w*|heb|meld\\w*|rapporteer\\w*)\\b${gap(20)}\\b(?:geblokkeerd|spam|u${end}|jullie${end}|dit adres|deze afzender)|(?:u bent|je bent|jullie zijn) (?:nu )?geblokkeerd|als spam (?:gemeld|gemarkeerd)`,
  `bespaar (?:mij|me|ons)\\b${gap(15)}\\b${nlThem}|blijf uit mijn (?:inbox|mailbox)|(?:vergeet|gooi|wis) (?:\\w+ )?mijn (?:adres|mailadres|e-?mail\\w*|gegevens)|(?:niets|niks) (?:meer )?(?:van (?:u|jullie|uw \\w+) )?(?:te )?(?:horen|vernemen|ontvangen|krijgen)`,
  `(?:geen|nooit|niet) (?:meer |verder |langer |enkel )*(?:contact|gecontacteerd|benaderd|aangeschreven|gemaild|lastiggevallen)(?: (?:meer|worden|te worden|opnemen|met (?:mij|ons)|door (?:u|jullie)))*${end}`,
  `(?:als|indien|bij)\\b${gap(45)}\\b(?:advocaat|klacht|aangifte|blokkeer\\w*|autoriteit|spam|ap${end})`,
  `(?:van|uit) (?:(?:uw|jullie|de|deze|die|het|alle) )+(?:\\w+ )?(?:lijst\\w*|bestand\\w*|mailing\\w*|database|systeem|rondmail)\\b${gap(15)}\\b(?:af|halen|haal\\w*|verwijder\\w*|schrap\\w*|gehaald|uit)${end}`,
);

const itThem =
  "(?:e-?mail|mail|messaggi[oe]?|comunicazion[ei]|lettere?|proposte?|pubblicita|newsletter|offerte|solleciti)";
export const italianSilenceRequests = join(
  `lasci\\w*\\b${gap(15)}\\b(?:in pace|stare|tranquill[oiae])|(?:voglio|vogliamo|vorrei|chiedo|unica cosa che)\\b${gap(30)}\\b(?:lasciat[oaie] in pace|silenzio|pace${end}|stare in pace|tranquill\\w*)`,
  `(?:smett\\w+|piant\\w+|finit\\w+)(?:la|tela|etela)? (?:di |con )\\b${gap(40)}\\b(?:${itThem}|tormentar\\w*|disturbar\\w*|infastidir\\w*|assillar\\w*|importunar\\w*|scriver\\w*|mandar\\w*|inviar\\w*)|basta (?:con|cosi con) (?:(?:le|queste|questi|i|gli|le vostre|tutte) )*(?:vostre |vostri )?${itThem}|(?:sia|sara|e) (?:davvero )?l'ultim[ao](?: volta| ${itThem})?${end}|(?:non|nemmeno|neanche) un[ao]? ${itThem} (?:di )?piu`,
  `come (?:faccio|si fa|posso|devo|mi|ci|fare)\\b${gap(35)}(?:disiscri\\w*|cancell\\w*|non ricevere|smettere di ricevere|togli\\w*|toglier\\w*|uscire|rimuover\\w*|fermare|bloccare queste)|(?:non (?:c'e|trovo|vedo|funziona)|dov'e|nessun)\\b${gap(20)}\\b(?:disiscri\\w*|cancellazione|unsubscribe)|(?:link|pulsante)\\b${gap(20)}\\bdisiscri\\w*\\b${gap(15)}\\bnon`,
  `gia\\b${gap(12)}\\b(?:disiscritt\\w*|cancellat\\w*)(?! (?:da|dalla|dal) (?:la|il|newsletter di) )${gap(40)}(?:ancora|continu\\w*|di nuovo|lo stesso)|(?:vi|la|ti) (?:ho |sto |sto per )?(?:blocc\\w+|segnal\\w+|denunci\\w+)\\b${gap(20)}(?:spam|${end})|(?:siete|sei|e) (?:stat[oaie] )?bloccat[oaie]${end}`,
  `risparmi\\w*(?:mi|ci|temi|teci)\\b${gap(15)}\\b${itThem}|(?:fuori|via|uscite) dalla mia (?:casella|posta|inbox)|(?:dimenticat\\w*|buttat\\w*|perdet\\w*) (?:il )?mio (?:indirizzo|contatto|nome)`,
  `non (?:voglio|vogliamo|desidero|desideriamo|intendo) (?:piu )?(?:avere |ricevere |sentire |essere )?(?:(?:piu|altro|nulla|niente|alcun|nessun|ulterior\\w*) )*(?:a che fare|contatt[oi]|nulla|niente|notizie|parlare|sentirvi|sentire|disturbat\\w*|vostre notizie)`,
  `(?:se|alla prossima|al prossimo|ancora)\\b${gap(45)}\\b(?:denunci\\w*|avvocat\\w*|legale|garante|segnal\\w*|blocc\\w*|spam)`,
  `non (?:le|gli) (?:scriv\\w+|mand\\w+|invi\\w+) piu|(?:non|mai) (?:piu )?(?:essere|venire|vengo|venga|sia) (?:piu )?(?:contattat|disturbat|sollecitat|importunat)\\w`,
);

/**
 * Matches other things that people want to get out of ("my contract"), and reasons to sell ("we
 * want peace and quiet").
 */
export const silenceLookalikes =
  /\b(?:contract|agreement|lease|mls|listing|mortgage|hoa|appointment|showing|open house|so we|that's why|vertrag\w*|makler\w*|kredit\w*|besichtigung\w*|deshalb|darum|deswegen|contrato|hipoteca|exclusiva|por eso|mandat|compromis|pret|c'est pourquoi|contract|makelaar\w*|hypotheek|bezichtiging|daarom|contratto|mutuo|incarico|percio|per questo)\b/;
