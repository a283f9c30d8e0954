/*
 * Patterns of plain requests for no more emails: a verb and its object. The object is the writing
 * ("stop following up"), the writer's entry ("take us off your list") or a legal right. All words
 * are folded (lower case, without accents). Each pattern is tried on a whole sentence.
 */

const gap = (most: number) => `[^.!?]{0,${most}}`;
const join = (...patterns: string[]) => new RegExp(patterns.map((pattern) => `\\b(?:${pattern})`).join("|"));
/** Matches the end of a clause, or a courtesy before that end. */
const end =
  "(?=\\s*(?:$|[.,;!?)]| -|please|pls|thanks|thank you|bitte|danke|por favor|gracias|merci|svp|s'il|graag|aub|bedankt|per favore|grazie))";

const enContacting =
  "(?:(?:e-?)?mailing|writing|contacting|messaging|following[ -]up|reaching out|chasing|pestering|bothering|harassing|spamming|soliciting|hounding|badgering|approaching|corresponding|communicating)";
const enMail =
  "(?:e-?mails?|mails?|mailings?|messages?|letters?|notes?|follow[ -]?ups?|correspondence|communications?|solicitations?|outreach|contact|newsletters?|spam|marketing|reminders?|approaches)";
const enWhich =
  "(?:(?:all|any|every|the|these|those|this|that|your|with|of|further|future|more|other|such|repeated|unwanted|unsolicited|junk|marketing|sales|daily|weekly|constant|endless|annoying|form) )*";
const enWhere =
  "(?:(?: to)? (?:me|us|him|her|them|this|these|here|my (?:mother|father|mom|dad|husband|wife|parents)|again|any ?more|any further|at this|on this)\\b|" +
  end +
  ")";
const enNot = "(?<!\\b(?:not|never|would|could|didn't|wouldn't|won't|don't|couldn't|can't) )";
const enEntry =
  "(?:me|us|mine|both of us|(?:every trace of |all (?:of )?|any (?:of )?)?(?:my|our|his|her|their|this|the above|(?:my |our )?(?:mother|father|mom|dad|husband|wife|parent)'?s) (?:\\w+ ){0,2}(?:names?|e-?mails?|address|addresses|inbox|mailbox|info|information|details|data|contacts?|records?|entry|entries|number))";
const enList =
  "(?:lists?|database|records|files?|system|books|mailings?|contacts?|crm|rotation|campaigns?|directory|sequence|roster|e-?mails?|marketing|distribution|newsletters?|address book|rolodex|outreach)";
export const englishPlainRequests = join(
  `${enNot}(?:stop|quit|cease|discontinue|halt|refrain from|desist from|no more|enough|done) (?:with )?${enWhich}${enContacting}${enWhere}`,
  `${enNot}(?:stop|quit|cease|discontinue|halt|knock off|cut out|lay off|enough(?: of)?) ${enWhich}${enMail}${end}`,
  `${enNot}(?:stop|quit|cease|discontinue|end) ${enWhich}${enMail} (?:to|with|at) (?:me|us|this|my (?:address|e-?mail|inbox|mailbox))\\b`,
  `(?:knock|cut) (?:it|this|that) (?:off|out)(?: with ${enWhich}${enMail})?|quit it${end}|lay off ${enWhich}${enMail}`,
  `(?:do not|don'?t|dont|never|please not) (?:ever |again |please |try to |keep |you )*(?:contact|e-?mail|write|message|approach|reach out|follow up|bother|solicit|pester|chase|market to)(?:(?: to)? (?:me|us))?(?: (?:again|any ?more|any further|further|ever|at all|in (?:the )?future|on this (?:address|e-?mail)|at this (?:address|e-?mail)))?${end}`,
  `(?:do not|don'?t|dont|never|not to|not) (?:ever |please |again )*(?:send|mail|e-?mail|forward)(?:ing)? (?:(?:me|us|them|him|her|out) )?(?:(?:any|anything|more|further|additional|other|else|such|these|this|another|of|your|stuff|unsolicited|marketing) ?)+(?:${enMail})?(?: (?:to|at) (?:me|us|this|my|our|here)\\b|${end}|(?= since| as | because| so ))`,
  `(?:remove|delete|erase|wipe|drop|strike|scrub|purge|exclude|scratch|withdraw|destroy) ${enEntry}${end}`,
  `(?:cross|take|strike|scratch|count|leave)(?:ed)? (?:me|us|my (?:name|address|e-?mail)|our (?:names?|address|e-?mail)|this (?:address|e-?mail)) off${end}|crossed (?:me|us) off`,
  `(?:remove|delete|erase|wipe|drop|strike|scrub|purge|exclude|cross|take|get|leave|scratch|pull|cut) (?:it|them|${enEntry})(?: off)? (?:from|off|out of|in) (?:of )?(?:yours\\b|(?:(?:your|any|all|every|whatever|this|these|those|that|the|ur) )+(?:(?!waiting|wait|guest|vip|call|calling|phone|text|showing|tour|invite|bidders?|buyers?|sellers?|backup|party|holiday|volunteer|wish)\\w+ )?${enList}\\b)`,
  `(?:do not|don'?t|dont|no longer|never) (?:\\w+ )?(?:want|wish|care|need|agree|consent|expect|tolerate|accept)(?: to)?(?: (?:be|get|receive|have|hear|see|read|keep|receiving|getting|hearing))*(?: (?:any|any ?more|more|further|these|this|such|your|of|from|other|additional))* (?:${enMail}|contacted|e-?mailed|approached|solicited|messaged|of (?:these|this|those)|(?:any)?more|from (?:you|your \\w+))(?: (?:from|by) you(?:r \\w+)?)?${end}`,
  `nothing (?:more|further|else) (?:(?:\\w+ ){0,2}(?:is|be|gets?|being) (?:ever |again )?(?:sent|mailed|e-?mailed|delivered|addressed)|comes|arrives)\\b`,
  `(?:the|your|ur) (?:very )?(?:last|final) (?:${enMail}|one|thing|time) (?:that |which )?(?:i|we)(?:'ll|'d| will| want| would| ever)?(?: \\w+){0,3} (?:receive|get|hear|see|accept|tolerate|read|want)\\b(?! (?:to|by|is|was))`,
  `(?:ask|request|insist|demand|require)(?:ed|ing)? (?:that )?you (?:please )?(?:not|no longer|never|stop|cease|refrain|remove|delete|erase|drop) \\b${gap(30)}\\b(?:send|e-?mail|contact|write|message|me|us|my|our|${enMail})`,
  `(?:see|make sure|ensure|see to it)(?: to it)?,? (?:that )?(?:they|these|it|this|the ${enMail}|your ${enMail}) (?:all )?(?:stop|stops|end|ends|cease)`,
  `(?:exercis\\w+|invok\\w+|assert\\w+|using) (?:of )?(?:my|our) (?:legal )?(?:right|rights) (?:to|of|under)|right (?:to|of) (?:erasure|object|objection|be forgotten|deletion|opt[- ]?out)|object(?:ion)? to (?:the |any |all |your |further )*(?:processing|use|marketing|direct marketing|storage)`,
  `(?:delete|erase|remove|destroy|wipe|purge) (?:(?:all|any|every|everything|of|the|my|our|personal|contact|stored|and) )*(?:data|information|info|details|records?|everything)? ?(?:that )?(?:you(?:'ve)? (?:hold|have|store|keep|collected|got)|(?:about|on|concerning) (?:me|us))`,
  `(?:delete|erase|wipe|purge|destroy) (?:(?:all|of|any) )*(?:my|our) (?:personal )?(?:data|information|info|details)${end}`,
  `(?:cease|stop|ceased|discontinue) (?:and desist )?(?:all |any |the |your |further )*(?:direct )?(?:marketing|processing|solicitation)`,
);

const deSend =
  "(?:schreib\\w*|schick\\w*|send\\w*|kontaktier\\w*|anschreib\\w*|anzuschreib\\w*|mail\\w*|zuschick\\w*|zusend\\w*|zukommen|kommt|kame|kommen|geschickt|gesendet|gesandt|erhalt\\w*|bekomm\\w*|krieg\\w*|haben|horen|lesen)";
const deMail =
  "(?:e-?mails?|mails?|nachrichten?|zuschriften?|anfragen?|anschreiben|werbung|post|newsletter|werbemails?|kontaktaufnahmen?|kontakt|ansprache|nachfassen|briefe?)";
const deEntry =
  "(?:mich|uns|ihn|(?:mein|unser|dies|sein|ihr)e?[nrs]? (?:\\w+ )?(?:daten|adressen?|e-?mail-?adressen?|mailadressen?|mail|e-?mail|namen?|kontaktdaten|eintrag|anschrift)|die (?:e-?mail-?|mail-?)?adresse|sie (?:uns|mich))";
const deList =
  "(?:liste|listen|mailingliste|verteilerliste|kontaktliste|adressliste|verteiler|e-?mail-?verteiler|mailverteiler|newsletter|datenbank|kartei|adressbuch|system|kontakten|bestand|unterlagen|datei|datensatz)";
export const germanPlainRequests = join(
  `(?<!\\b(?:habe|haben|hab|hatte) (?:\\w+ ){0,3})(?:nichts|nix|nimmer|nie) (?:mehr|weiteres|wieder)\\b${gap(25)}\\b(?:geschickt|gesendet|zugeschickt|zugesandt|schicken|senden|zusenden|zuschicken|kame|kommt|horen|bekommen|erhalten)\\b|(?:schick|send)\\w* ?(?:'?s|sie|ihr|es)? ?(?:mir|uns)? ?(?:bitte )?(?:mir |uns )?(?:sowas |so was |das |bitte )*(?:nix|nichts|nimmer|nie|keine?)\\b ?(?:mehr|wieder|weiter\\w*)?`,
  `(?:keine|keinerlei|nie wieder|schluss mit|genug) (?:(?:weiter|ander|solch|diese|den|der|mehr|unerwunscht|werblich|derartig)\\w* )*${deMail}(?: mehr)?${end}`,
  `(?:wunsch\\w*|will|wollen|mochte\\w*|verbitte?\\w*|brauche\\w*) (?:(?:ich|wir|mir|uns|bitte|ausdrucklich|auch) )*(?:keine|keinerlei|jede) (?:\\w+ )?${deMail}`,
  `(?:adresse|mail|e-?mail|name|daten|mich|uns) (?:bitte )?(?:raus|rausnehmen|weg|loschen|entfernen|streichen)${end}`,
  `(?:nehm|nimm|streich|losch|entfern|tilg|werf|schmeiss|hol)\\w*\\b ?(?:sie |ihr |du )?(?:bitte )?(?:auch )?${deEntry} ?(?:bitte )?(?:(?:aus|von|vom)(?: \\w+){0,2} ${deList}|raus|heraus|herunter|runter|${end})`,
  `(?:losch|entfern|vernicht|tilg)\\w*\\b (?:sie )?(?:bitte )?(?:alle?s?|samtliche|meine|unsere)\\b${gap(25)}\\b(?:daten|uber mich|uber uns|gespeichert|von mir|zu meiner person)`,
  `(?:widerspruchsrecht|widerspruch|widerspreche|recht auf (?:loschung|vergessen\\w*))\\b|untersag\\w* (?:ich )?(?:ihnen|euch)|verbitte (?:ich )?mir|verbiete (?:ich )?ihnen`,
  `unterlass\\w*\\b (?:sie )?(?:bitte |das |dies |es |kunftig |solche |weitere )*${gap(20)}(?:kunftig|in zukunft|${deMail}|zu ${deSend}|${end})`,
  `(?:hor|hort|horen) (?:sie )?(?:bitte |endlich |jetzt )*(?:damit |mit (?:den|diesen|ihren) ${deMail} )?auf${end}|(?:lass\\w*) (?:sie |es )?(?:das|mich|uns) (?:bitte )?(?:kunftig |endlich )?(?:sein|bleiben)${end}`,
  `(?:letzte|letztes|letzter) ${deMail},? (?:die|das|der|von ihnen|an mich)\\b${gap(30)}\\b(?:erhalt\\w*|bekomm\\w*|lese\\w*|mochte|dulde\\w*|akzeptier\\w*)`,
  `(?:nicht|nie|niemals) (?:mehr |wieder |weiter |langer |noch einmal |nochmal )?(?:zu )?(?:kontaktieren|kontaktiert|anschreiben|angeschrieben|anzuschreiben|belastigen|belastigt|behelligen|nachfassen|nachzufassen|ansprechen|angesprochen)\\b`,
);

const esSend =
  "(?:escrib\\w*|envi\\w*|mand\\w*|contact\\w*|molest\\w*|insist\\w*|dirij\\w*|dirig\\w*|remit\\w*|lleg\\w*)";
/** Matches a Spanish verb of sending, in the forms of a wish or a command. */
const esAsked =
  "(?:escrib(?:an?|as|ir)|envi(?:en?|es|ar)|mand(?:en?|es|ar)|contact(?:en?|es|ar)|molest(?:en?|es|ar)|dirij(?:an?|as)|dirigir|remit(?:an?|ir))(?:me|nos|se)?";
const esMail =
  "(?:correos?|e-?mails?|mails?|mensajes?|comunicacion(?:es)?|envios?|publicidad|propaganda|informacion|ofertas|propuestas|seguimientos?|boletin(?:es)?|contactos?)";
const esRemove =
  "(?:elimin|borr|quit|saqu|sac|remuev|remov|retir|exclu|suprim|supr|tach|cancel|desapunt|ech)\\w*";
const esEntry =
  "(?:mis? (?:\\w+ )?(?:datos|correos?|e-?mail|direccion|nombre|contacto|informacion|cuenta)|nuestros? (?:\\w+ )?(?:datos|correo|direccion|nombre)|este (?:correo|e-?mail|contacto)|esta (?:direccion|cuenta))";
const esList =
  "(?:listas?|listados?|base(?:s)?(?: de datos)?|registros?|archivos?|ficheros?|envios?|contactos|sistema|agenda|mailing|boletin|newsletter|campanas?|publicidad)";
export const spanishPlainRequests = join(
  `(?:dejen?|deja|dejar|dejad|paren?|cesen?|cese|basta(?: ya)?|eviten?|no sigan|ya esta bien|absten\\w+) (?:ya )?(?:por favor )?(?:en |de |con |el |los |la |mas |sus |estos |tantos |a )*(?:${esSend}|${esMail})(?: (?:a )?(?:mi|nosotros))?(?:${end}|\\b${gap(12)}\\b(?:me|nos|mi|correos?|mensajes?|comunicaciones)\\b)`,
  `no (?:(?:me|nos|le|vuelvan?|vuelvas|volver|sigan?|a|quiero|que|deseo|mas) )*${esAsked}(?:(?: a)? (?:mi|nosotros|me))? ?(?:mas|nada|nunca|de nuevo|otra vez|ningun\\w*)\\b|no (?:vuelvan?|vuelvas|volver) a ${esAsked}|no (?:me|nos) ${esAsked}${end}`,
  `(?<!lleg\\w{1,4} )nada mas (?:\\w+ )?(?:a|en) (?:esta|este) (?:direccion|correo|buzon|cuenta)`,
  `${esRemove}(?:me|nos) (?:ya )?(?:por favor )?(?:${end}|(?:de|del) (?:(?:su|sus|tu|tus|la|las|los|el|esta|este|vuestra|vuestras|vuestros|todas|todos) )*${esList})`,
  `(?:me|nos|l[oa]s?) (?:pod\\w+ |puede\\w* |podria\\w* )?${esRemove} (?:de|del) (?:(?:su|sus|tu|tus|la|las|los|el|esta|este|vuestra|vuestras|vuestros|todas|todos) )*${esList}`,
  `${esRemove} (?:(?:por favor|todos|todas|inmediatamente|ya) )*${esEntry}(?:${end}|\\b${gap(30)}\\b${esList}|,? y )`,
  `no (?:me|nos) (?:inclu|teng)\\w+ (?:mas )?en (?:(?:sus|futuros|los|proximos|mas|cuenta|la|las|su) )*(?:${esList}|${esMail})`,
  `no (?:\\w+ )?(?:quiero|quisiera|queremos|deseo|deseamos|autorizo|acepto|tolero|consiento) (?:(?:seguir|volver|a) )*(?:recib\\w+ (?:nada|mas)\\b|(?:recib\\w+ )?(?:(?:ningun\\w*|mas|sus|estos?|otr[oa]s?|nuevas?) )*${esMail}\\b)`,
  `(?:derecho|derechos) (?:de|a la|al) (?:\\w+ y )?(?:oposicion|supresion|cancelacion|olvido)|me opongo|(?:solicito|pido|exijo|requiero|ruego) (?:\\w+ ){0,3}(?:supresion|eliminacion|cancelacion|borrado|cese|baja)\\b|ces\\w+ (?:en )?(?:el |los |todo |cualquier )*envio`,
  `(?:ultimo|ultima) ${esMail} que (?:\\w+ ){0,2}(?:acept\\w*|toler\\w*|recib\\w*|quiero|admit\\w*|lee\\w*)`,
);

const frSend =
  "(?:ecri\\w*|envo\\w*|contact\\w*|sollicit\\w*|relanc\\w*|derang\\w*|demarch\\w*|harcel\\w*|import\\w*|adress\\w*|utilis\\w*)";
const frMail =
  "(?:e-?mails?|mails?|messages?|courriels?|courriers?|sollicitations?|relances?|pubs?|publicites?|demarchages?|demarches?|envois?|communications?|propositions?|newsletters?|contacts?|prospections?)";
const frRemove = "(?:retir|supprim|enlev|ray|effac|ot|sort|radi|exclu|vir|desinscri|desabonn)\\w*";
const frEntry =
  "(?:mon (?:\\w+ )?(?:nom|adresse|e-?mail|mail|contact|numero)|mes (?:\\w+ )?(?:coordonnees|donnees|informations|infos)|cette (?:adresse|boite)|ce (?:mail|contact|courriel)|notre (?:adresse|nom|mail)|nos (?:coordonnees|donnees|noms))";
const frList =
  "(?:listes?|listings?|fichiers?|bases?(?: de donnees)?|mailings?|diffusion|contacts|envois|carnet|repertoire|registres?|newsletters?|prospects)";
export const frenchPlainRequests = join(
  `(?:stop|basta|assez|cessez?|arretez?|stoppez?|finissez|fini|marre|halte|(?:d'|de )?(?:arreter|cesser)|arretes) (?:(?:de|d'|avec|tout|tous|toute|toutes|ces|ce|vos|les|le|l'|la|aux?|m'|me|nous|a|cette|merci) ?)*(?:${frSend}|${frMail})(?:${end}|\\b${gap(10)}(?:$|[.,!?]))`,
  `ne (?:plus|jamais) (?:rien |m'|me |nous |y |jamais |etre )*(?:ecrire|envoyer|contacte[er]s?|sollicite[er]s?|relance[er]s?|derange[er]s?|demarche[er]s?|harceler|importuner|adresser|utiliser)\\b|n'?(?:e )?(?:m'|me |nous )?(?:envoyez|ecrivez|adressez) (?:plus|rien)\\b`,
  `(?<!\\b(?:recois|recoit|recevons|ai|avons|avez|trouve|vois|lis) )(?:plus|pas|aucun\\w*) (?:de |d'|jamais de )(?:autres? |ces |vos |tels? |nouveaux? )?${frMail}${end}`,
  `${frRemove}[- ](?:moi|nous) ?(?:${end}|(?:(?:vite|tous|merci|svp) )*(?:de|des|du) (?:(?:vos|votre|tes|ta|cette|ces|la|le|les|toutes|tous) )*${frList})|(?:me|nous|m'|l'|la|le|les) ?${frRemove} (?:de|des|du) (?:(?:vos|votre|tes|ta|cette|ces|la|le|les|toutes|tous) )*${frList}`,
  `${frRemove} (?:(?:de suite|immediatement|svp|toutes?|tous|s'il vous plait|la|les|de) )*(?:${frEntry}|donnees me concernant|donnees personnelles)|(?:effacement|suppression|radiation|retrait) (?:immediate? )?(?:de|du) (?:mes|mon|nos|toutes|ces)`,
  `(?:ne |n')?(?:souhait\\w+|veux|voulons|desir\\w+|accept\\w+|toler\\w+) (?:plus|pas|aucun\\w*) (?:(?:recevoir|avoir|de|d'|vos|aucun\\w*|etre|lire|ce genre de|ces) )*(?:${frMail}|contacte\\w*|sollicite\\w*|demarche\\w*|relance\\w*)`,
  `(?:m'|nous )opposons?\\b|m'oppose|droit (?:a l'|d'|de |a la )(?:oubli|opposition|effacement|suppression)`,
  `derni(?:er|ere|ers) ${frMail} que (?:je|nous|j')\\b${gap(20)}\\b(?:toler\\w*|accept\\w*|recoi\\w*|recev\\w*|lis|lirai|veux|voulons)`,
);

const nlSend =
  "(?:mail\\w*|e-?mail\\w*|benader\\w*|schrijf\\w*|schrijv\\w*|stuur\\w*|stur\\w*|gestuurd|contact\\w*|lastig\\w*|bericht\\w*|komt|komen|ontvang\\w*|krijg\\w*)";
const nlMail =
  "(?:mails?|e-?mails?|mailtjes?|berichten|berichtjes?|bericht|post|reclame|spam|nieuwsbrie\\w*|aanbiedingen|herinneringen|contact|benadering\\w*|brieven)";
const nlEntry =
  "(?:mij|me|ons|hem|haar|(?:al )?(?:mijn|onze?|zijn|haar|dit|deze) (?:\\w+ )?(?:naam|namen|adres|e-?mail|e-?mailadres|mailadres|gegevens|persoonsgegevens|account|contactgegevens|data))";
const nlList =
  "(?:lijst|lijstje|lijsten|mailinglijst|maillijst|verzendlijst|bestand|bestanden|adressenbestand|klantenbestand|database|systeem|administratie|adresboek|contacten|nieuwsbrief)";
export const dutchPlainRequests = join(
  `(?:stop|stoppen|kap|kappen|hou|houd|houden|schei|ophouden) (?:(?:nou|nu|eens|aub|alsjeblieft|u|je|jullie|hier|daar|toch|direct) )*(?:(?:op|uit) )?(?:ermee|hiermee|met)?(?: (?:het|die|deze|al|uw|jullie|dit|mij|me|ons|te|zulke|dat))* ?(?:${nlSend}|${nlMail}|lastigvallen|ermee${end}|benaderen)`,
  `(?:geen|nooit|nul) (?:(?:meer|verdere|andere|enkele|zulke|dit soort|nieuwe|van deze|nog) )*${nlMail}(?: meer)?${end}`,
  `(?<!\\b(?:heb|hebben|had) (?:\\w+ ){0,3})(?:niet|nooit|niets|niks) (?:meer|langer|verder|weer)\\b${gap(20)}\\b(?:mailen|e-?mailen|schrijven|contacteren|benaderen|benaderd|sturen|gestuurd|stuurt|komt|komen|ontvang\\w*|lastigvallen|krijgen|krijg|opsturen|toesturen)(?: (?:graag|aub|alstublieft|naar dit adres|aan mij))?|(?:mail|stuur|schrijf|benader) (?:mij|me|ons)? ?(?:aub |alstublieft |graag )?(?:niets|niks|niet|nooit) (?:meer|weer)`,
  `(?:verwijder|haal|schrap|wis|gooi|streep)\\w*\\b (?:(?:u|je|aub|alstublieft|alsjeblieft|graag|direct|even) )*${nlEntry}\\b(?:${end}|${gap(30)}\\b(?:${nlList}|uit|af|conform|volgens|avg)\\b)`,
  `${nlEntry} (?:\\w+ )?(?:uit|van|af)?(?: (?:uw|jullie|je|de|het|dit|alle))*(?: ${nlList})? ?(?:te )?(?:verwijder\\w*|halen|haalt|schrappen|strepen|wissen|gewist|verwijderd|eruit halen|uithalen|weghalen|afhalen)|(?:uit|van) (?:uw|jullie|je|de|het) (?:\\w+ )?${nlList} (?:te )?(?:halen|verwijderen|schrappen|strepen|gehaald|verwijderd)`,
  `(?:stel|stellen|heb|hebben) (?:\\w+ )?geen (?:prijs op|behoefte (?:meer )?aan|belang bij|interesse in) (?:(?:meer|verdere|uw|deze|zulke|andere|nog) )*${nlMail}|(?:wil|wens|willen|wensen) (?:(?:ik|wij|we|echt) )*geen (?:(?:meer|verdere|uw|deze) )*${nlMail}`,
  `maak(?:t)? (?:hierbij )?bezwaar (?:tegen)?|recht op (?:verwijdering|vergetelheid|wissing|bezwaar)|verzoek u\\b${gap(20)}\\b(?:te wissen|te verwijderen|te schrappen)|trek\\w* (?:\\w+ )?toestemming`,
  `laatste ${nlMail} (?:dat|die) (?:ik|wij|we)\\b${gap(20)}\\b(?:ontvang\\w*|krijg\\w*|accepteer\\w*|wil\\w*|lees|lezen)`,
);

const itSend =
  "(?:scriv\\w*|invi\\w*|mand\\w*|contatt\\w*|disturb\\w*|sped\\w*|insist\\w*|importun\\w*|tempest\\w*|sollecit\\w*)";
const itMail =
  "(?:e-?mail|mail|messaggi[oe]?|comunicazion[ei]|proposte?|pubblicita|posta|invi|invio|newsletter|offerte|lettere?|solleciti?|contatti)";
const itRemove = "(?:togli|togliet|cancell|rimuov|elimin|depenn|leva|lev|escl|disiscriv|tolg|stralci)\\w*";
const itEntry =
  "(?:(?:il |i |la |le )?mi[oaei]i? (?:\\w+ )?(?:dati|nome|nominativo|indirizzo|e-?mail|mail|contatto|contatti|recapiti|recapito)|(?:il |i |la )?nostr[oi] (?:\\w+ )?(?:dati|nome|indirizzo|contatto|contatti)|quest[oa] (?:indirizzo|casella|e-?mail|mail|contatto))";
const itList =
  "(?:liste?|mailing list|elench[oi]|archivi[o]?|database|rubrica|contatti|banca dati|sistemi?|registri?|invii?|indirizzari[o]?|newsletter)";
export const italianPlainRequests = join(
  `(?:smett\\w+|piant\\w+|finit\\w+|finisc\\w+|basta|stop|cess\\w+|evit\\w+|finiamola) (?:(?:subito|ora|per favore|con|di|le|la|gli|i|queste|questi|vostre|tutte|a|ogni|ulteriori) )*(?:${itSend}|${itMail})(?:${end}|\\b${gap(15)}(?:$|[.,!?]))`,
  `non (?:(?:mi|ci|vi|si|voglio|vogliamo|desidero|intendo|dovete|deve|che|piu) )*(?:${itSend}) ?(?:piu|altro|niente|nulla|mai|altr[aei] ${itMail})\\b|non (?:mi|ci) ${itSend} piu`,
  `(?:nulla|niente|altro) (?:di )?(?:piu |altro )?a quest[oa] (?:indirizzo|casella|e-?mail|mail)`,
  `non (?:intend\\w+|vogli\\w+|desider\\w+|accett\\w+|gradis\\w+|toller\\w+)(?: (?:piu|ricevere|avere|essere|altre|altri|ulteriori|le|i|vostre|vostri|nessun\\w*|leggere))* (?:${itMail}|contattat\\w+|disturbat\\w+)`,
  `${itRemove}(?:mi|ci) (?:per favore )?(?:${end}|(?:da|dai|dal|dalla|dalle|dagli) ?(?:(?:tuoi|vostri|suoi|vostra|vostre|vostro|sua|sue|suo|tua|tue|tutte|tutti|le|la|l'|questa) ?)*${itList})|(?:mi|ci) (?:\\w+ )?${itRemove} (?:da|dai|dal|dalla|dalle|dagli) ?(?:(?:tuoi|vostri|suoi|vostra|vostre|vostro|sua|sue|suo|tua|le|la|questa) ?)*${itList}|(?:${itRemove}|depennar|eliminar|rimuover|cancellar|toglier)(?:la|lo|li) (?:da|dai|dal|dalla|dalle|dagli) (?:(?:tuoi|vostri|suoi|vostra|vostre|vostro|sua|suo|tua) )*${itList}`,
  `${itRemove} (?:(?:subito|per favore|tutti|immediatamente|anche) )*${itEntry}(?:${end}|\\b${gap(30)}\\b${itList})|(?:dati|nominativo|indirizzo|recapiti) (?:\\w+ ){0,3}(?:cancellat\\w|rimoss\\w|eliminat\\w)|(?:cancellazione|rimozione|eliminazione) (?:immediata )?(?:de[il] |dell'|dalla |dal |dai |dalle )(?:mi[eo]i? )?(?:dati|nominativo|indirizzo|${itList}|mi[eo]i?)`,
  `mi oppongo|diritto (?:di|all'|alla) ?(?:opposizione|cancellazione|oblio)|cessazione (?:di|del|dell') ?(?:ogni |qualsiasi )?(?:${itMail}|contatto)|revoco\\b${gap(25)}\\bconsenso|non (?:essere|venire) (?:piu )?(?:contattat|disturbat|sollecitat)\\w`,
  `ultim[oa] ${itMail} che (?:\\w+ )?(?:accett\\w*|toller\\w*|ricev\\w*|voglio|legg\\w*)`,
);

/**
 * Matches a courtesy around a request: "I'd be grateful if", "let me know when it's done". The
 * courtesy limits nothing, although words such as "if" limit a request in other phrases.
 */
export const requestCourtesies =
  /\b(?:(?:be|am|are|is|it) )?(?:obliged|grateful|glad|happy|pleased|nice|appreciate(?: it)?|thankful|kind|good|great|lovely|so kind|decent)(?: enough)?,? if\b|\bif (?:possible|you don't mind|you please|i may|at all possible|you'd be so kind)\b|\b(?:please )?(?:let me know|tell me|write|confirm(?: to me)?|notify me|advise|send me confirmation)(?: when| once| that| it| as soon as)? (?:it's|this is|it is|this has been|it has been|you have|i've been|i have been|i am|you've|that|it was|has been|when)\b.{0,25}|\bif (?:things|that|this|anything|we|circumstances|our minds?) (?:ever )?changes?\b.{0,60}|\bif (?:we|i) (?:ever )?change (?:our|my) minds?\b.{0,60}|\b(?:ware|wenn es) (?:\w+ )?(?:gut|nett|schon|lieb|moglich|geht),? ?(?:wenn)?\b|\bseien sie so (?:lieb|nett|freundlich|gut)\b|\bsi (?:es|son|fuera|seria) (?:tan )?(?:amables?|posible)\b|\bsi possible\b|\b(?:already|back|last|bereits|schon|ya|deja|al|gia)\b[^.!?]{0,20} (?:in|im|en|au|a|op) (?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|januari|februari|maart|mei|augustus|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)\b/g;

/** Matches the beginning of a polite request: "could you", "pourriez-vous". */
export const politeQuestions =
  /\b(?:could|would|can|will) (?:you|someone|somebody)\b|\b(?:konnten|konnen|wurden) (?:sie|ihr)\b|\b(?:pourriez|auriez|pouvez|pourrais|voulez)[- ](?:vous|tu)\b|\bla gentillesse de\b|\b(?:puede|pueden|podria|podrian|podeis|podriais)\b|\b(?:zou|zouden|wilt|wil|kunt|kun|willen|kunnen) (?:je|u|jullie)\b|\b(?:puo|potete|potreste|potrebbe|puoi)\b/g;
