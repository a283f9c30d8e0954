import { foldText } from "./fold-text.ts";

/*
 * Patterns of notices that a program sends to everybody who writes. The patterns are for folded
 * text (lower case, without accents). A notice says, for example, that nobody reads the mailbox.
 */

const either = (...patterns: string[]) => new RegExp(patterns.join("|"));

/** Matches a statement that stands in a notice and hardly ever in a person's answer. */
const sureSigns = either(
  // A mailbox that nobody reads
  "\\b(?:this|the) (?:is an? )?(?:mailbox|inbox|e-?mail(?: address| account)?|address|account)\\b.{0,40}\\b(?:not (?:being )?(?:read|monitored|checked)|unattended|unmonitored|(?:now |been )?(?:disabled|deactivated|decommissioned)|gets? wiped|checked (?:only|during|once))|\\b(?:nobody|no one|no-one) (?:is )?(?:checking|reading|monitoring|checks|reads) this\\b|\\byou(?:'ve| have) reached the (?:\\w+ ){0,3}(?:inbox|mailbox|e-?mail|account|voicemail|office of|desk of)|\\b(?:unattended|unmonitored|no-?reply|send-only|automated) (?:mailbox|inbox|address|account)\\b|\\breplies (?:are|will be) (?:discarded|deleted|ignored|not read)|\\b(?:isn't|is not|not) accepting (?:new )?(?:messages|mail|e-?mail)|\\bquota exceeded|\\bmessages sent to this (?:address|account|mailbox) (?:are|will)\\b",
  "\\b(?:dieses|das) postfach\\b.{0,30}\\b(?:nicht|geschlossen)|\\b(?:e-?)?mails?\\b.{0,30}\\b(?:nicht|weder) (?:gelesen|bearbeitet|weitergeleitet|abgerufen)|\\bla direccion (?:a la que|de correo)\\b.{0,40}\\b(?:dejado|ya no|no esta)|\\beste buzon\\b.{0,30}\\bno\\b|\\bvos (?:messages|courriels|mails?)\\b.{0,30}\\bne (?:lui )?(?:seront|sont) pas\\b|\\bcette (?:boite|adresse|messagerie)\\b.{0,30}\\bn'est (?:pas|plus)\\b|\\bdit e-?mail-?adres\\b.{0,20}\\bniet (?:langer|meer)|\\bdeze mailbox\\b.{0,20}\\bniet\\b|\\b(?:la|questa) casella\\b.{0,40}\\b(?:disattivata|non (?:e|viene)|dismessa|chiusa)",
  // Somebody who has left, or died
  "\\b(?:[a-z.]+ ){1,3}(?:is no longer (?:with|at|employed|working|an? employee)|no longer works (?:here|at|for)|has left (?:the )?(?:company|firm|organi[sz]ation|business|practice|team|us))\\b.{0,160}\\b(?:please|contact|direct|forward|inbox|account|correspondence|deactivated)\\b|\\b(?:person|user|employee|recipient) you are trying to (?:reach|contact)\\b|\\bbelongs to a former\\b|\\b(?:nicht mehr (?:in|bei|fur) (?:unserem|unserer|uns|der|dem)\\b.{0,30}\\b(?:tatig|beschaftigt|angestellt|unternehmen)|hat (?:das unternehmen|unsere firma|die firma) verlassen|neuer ansprechpartner)|\\bya no (?:trabaja|forma parte)\\b|\\ba quitte (?:la societe|l'entreprise|notre|le cabinet|ses fonctions)|(?<!\\bje )\\bne travaille plus (?:chez|dans|pour|au sein|a|avec)\\b|\\b(?:werkt niet (?:langer|meer) (?:bij|voor)|is niet (?:langer|meer) werkzaam|heeft (?:ons bedrijf|de organisatie) verlaten)|\\bnon (?:lavora|collabora|fa) piu (?:con|per|parte|presso)|\\b(?:sadness|regret|passed away|died)\\b.{0,160}\\b(?:notice is|everyone who|all who|this (?:account|mailbox) (?:is|will))",
  // A receipt of an email
  "\\b(?:your|the) (?:e-?mail|message|enquiry|inquiry|request|correspondence|submission)\\b (?:has been|was|is) (?:automatically |safely )?(?:received by (?!my|me\\b|us)|forwarded(?! (?:to|by) (?:me|us|my|our)\\b)|quarantined|logged|queued|placed in|being processed)|\\b(?:your|the) (?:enquiry|inquiry|request) (?:matters|is important) to us|\\b(?:replies|responses) (?:will|may) be (?:delayed|slow)|\\b(?:phones?|e-?mail|systems?) (?:and \\w+ )?(?:will be|are) (?:down|offline|unavailable)|(?<!\\b(?:that|the|my|an|your|this|no|not) )\\bauto-? ?reply\\b|\\bconfirmation of receipt\\b|\\bnumber \\d+ in (?:the|our) queue|\\breference(?: number| no\\.?)?:? [a-z]{1,4}-?\\d{3,}|\\bhas received your (?:correspondence|message|e-?mail|inquiry|enquiry|request)|\\bthis (?:acknowledge?ment|auto-?reply|auto ?response|reply was sent auto)|\\b(?:a member of|someone from|one of) (?:the|our) (?:\\w+ ){0,2}(?:team|staff|agents|representatives)\\b.{0,20}\\b(?:will|shall)|\\b(?:generated|sent) by (?:our system|my robot|a bot|an auto)|\\bautomatic (?:notice|message|confirmation|acknowledge?ment)\\b.{0,30}\\b(?:is|was|sent|being)|\\bsent (?:to you )?automatically\\b|\\bdo not send duplicates",
  "\\b(?:ihre|deine) (?:anfrage|nachricht|e-?mail|mail) (?:ist|wurde|wird)\\b(?!.{0,20}\\b(?:an (?:mich|uns)|mir|meine\\w*)\\b).{0,30}\\b(?:eingegangen|bearbeitet|weitergeleitet|erfasst|beantwortet)|\\b(?:su|tu) (?:mensaje|solicitud|consulta|correo) (?:ha sido|fue|sera)\\b.{0,20}\\b(?:recibid|registrad|atendid|enviad)|\\bvotre (?:message|demande|courriel|mail) (?:a (?:bien )?ete|sera)\\b.{0,20}\\b(?:recu|enregistre|traite|transmis)|\\buw (?:bericht|vraag|mail|e-?mail|aanvraag) (?:is|wordt)\\b.{0,40}\\b(?:ontvangen|gelezen|behandeld|verwerkt|beantwoord|doorgestuurd)|\\b(?:la sua|il suo|la vostra|il vostro) (?:richiesta|messaggio|e-?mail|mail) (?:e stat[ao]|sara|verra)\\b.{0,20}\\b(?:ricevut|pres[ao]|registrat|evas|inoltrat|gestit)|\\bmessaggio automatico\\b|\\bmensaje automatico\\b|\\bmessage automatique\\b|\\bautomatisch (?:bericht|antwoord)\\b|\\bautomatische (?:antwort|nachricht)\\b",
  // A challenge: the sender must prove to be a person
  "\\bsender (?:verification|authentication|confirmation)\\b|\\bunconfirmed (?:messages|e-?mails?|mail)\\b|\\bprove (?:that )?you(?:'re| are) (?:a )?human|\\bhas (?:quarantined|held|blocked|intercepted) your (?:e-?mail|message)|\\b(?:allow|white)-?list(?:ed)? (?:senders?|contacts)\\b",
);

/** Matches an absence, a closure or a delay, in the words of notices and of people. */
const absences = either(
  "\\b(?:out of (?:the )?office|on (?:\\w+ ){0,2}leave|on (?:vacation|holiday|sabbatical|pto)|sabbatical!?|away (?:until|till|from)|is away|(?:office|shop|store|workshop|studio|clinic|practice|school|company|business|cafe|restaurant)(?:'s)? (?:is |will be |are )?(?:open|closed|shut)|jury duty|deployed|retired as of|attending a conference|traveling for|travelling for|observing|offline until|study leave|leave of absence|closed (?:for|until|till|between|from)|moving offices|intermittent connectivity|high volume|amount of correspondence|receive more e-?mail|harvest season|has (?:moved|changed) from|new e-?mail address|check(?:ing)? e-?mail)\\b",
  "\\b(?:elternzeit|urlaub|mutterschutz|krank(?:heit|geschrieben|enstand)?|abwesend|nicht (?:im buro|erreichbar|im haus)|geschlossen|betriebsferien|auf dienstreise)\\b|\\b(?:de baja|de vacaciones|fuera de la oficina|ausente|cerrad[oa]s?|de viaje)\\b|\\b(?:en conges?|en vacances|absente?|ferme(?:e|s|es)?|en arret|en deplacement|hors du bureau)\\b|\\b(?:afwezig|met verlof|met vakantie|op vakantie|gesloten|ziek(?:te)?|werk niet op|niet op kantoor)\\b|\\b(?:in ferie|chius[oaie]|non sono in (?:sede|ufficio)|fuori (?:sede|ufficio)|assente|in malattia|in maternita)\\b",
);

/**
 * Patterns of phrases that are usual in notices. A text that matches `absences` is a notice if the
 * text also matches two of these patterns, or one of them and `thirdPersonStatement`.
 */
const habits: readonly RegExp[] = [
  // Statements about all emails, and about the time of their answers
  /\b(?:all (?:e-?mails|messages)|replies|e-?mails?|messages?|inbox|correspondence|everything)\b.{0,40}\b(?:will be (?:delayed|answered|read|deleted|slow)|(?:are|is) (?:not )?(?:read|forwarded|checked|monitored|answered)|gets? wiped)|\b(?:your|this) (?:e-?mail|message) (?:has|will|was|is)\b|\b(?:will (?:answer|reply|respond|get back)|expect (?:a )?delays?|delays? in (?:replying|responding|answering)|slow to (?:respond|reply|answer)|(?:take|be) longer than usual|please (?:resend|allow)|will be read when)\b|\bif you (?:do not|don't|haven't) hear\b|\b(?:gelesen|beantwortet|weitergeleitet|bearbeitet|antworten wir|melden wir uns)\b|\b(?:responderemos|contestaremos|responderé|sera atendid\w+|seran atendid\w+)\b|\b(?:seront (?:traite|lu|transmis)\w*|repondrons|repondrai|sera traite)\b|\b(?:gelezen|beantwoord|behandeld)\b|\b(?:risponderemo|rispondero|leggero|saranno (?:lett|evas)\w*)\b/,
  // Somebody else to turn to
  /\b(?:contact|call|ring|reach out to|direct|e-?mail|write to|ask|see)\b.{0,40}\b(?:hr|front desk|reception|main line|colleague|assistant|office|dr|mr|ms|mrs|[a-z.]+@|x?\d{3}[-.\d]+)|\b(?:for (?:immediate|urgent)|if (?:it's|it is|your matter is|this is|you need (?:something|immediate))|urgent (?:items|matters|requests|inquiries))\b|\b(?:is looking after|is covering|(?:maternity|parental) cover)\b|\b(?:vertretung|vertritt|wenden sie sich|ansprechpartner\w*|in dringenden)\b|\b(?:contacte con|dirijase a|mi companer[oa]|para cualquier (?:gestion|urgencia)|en mi ausencia)\b|\b(?:veuillez (?:contacter|vous adresser)|en cas d'urgence|mon collegue|ma collegue)\b|\b(?:neemt waar|collega|neem contact op|bij spoed)\b|\b(?:contattare|rivolgersi|collega|per urgenze|in caso di urgenz\w*)\b/,
  // The day of a return
  /\b(?:back (?:on|in|to|after|at)|return(?:ing|s)?|until|till|to 4|from \d|next opens|reopen\w*|between)\b|\b(?:bis|ab dem|vom|zuruck|wieder)\b|\b(?:hasta|vuelvo|regreso|vuelta)\b|\b(?:jusqu|retour|du \d)\w*|\b(?:tot|terug|vanaf|eerstvolgende)\b|\b(?:fino|rientro|riapertura|dal \d)\b/,
  // Thanks at the start, and good wishes to everybody
  /^.{0,40}\b(?:thanks? (?:you )?for (?:your|contacting|reaching|writing|getting)|i appreciate your message|greetings)|\b(?:frohe (?:feiertage|weihnachten)|happy holidays|felices fiestas|joyeuses fetes|fijne feestdagen|buone feste)\b|^.{0,20}\b(?:danke|vielen dank|gracias por|merci (?:de|pour)|bedankt voor|dank voor|grazie per)\b/,
  // The set phrases of an absence, and its reason
  /\b(?:currently|presently|at present|at this time|due to|derzeit|zurzeit|zur zeit|aktuell|momentan|aufgrund|wegen|befinde mich|me encuentro|actualmente|en este momento|por motivos|debido a|actuellement|en ce moment|en raison|suite a|momenteel|op dit moment|wegens|vanwege|attualmente|in questo momento|al momento|per motivi|a causa)\b/,
  // No access to emails
  /\b(?:limited|no|intermittent|sporadic\w*|infrequent\w*) (?:access|connectivity|checking)|\bcheck(?:ing)? e-?mail (?:sporadically|infrequently|twice|once|only)|\b(?:isn't|not|won't be) (?:reading|checking|answering|able to (?:read|answer))|\btime difference\b|\bin dieser zeit\b|\bposta con ritardo\b|\bwith delay\b|\bfaq\b/,
];

/** Matches words with which only a person answers our question. */
const personalWords =
  /\?|:\)|\b(?:haha|lol|but yes|yes|yeah|yep|sure|ok|okay|nope|interested|selling|sell|sold|price|offer|our house|my house|the house|your (?:letter|question|number|offer|estimate|report|note about)|come by|stop by|just kidding|(?:contact|write to|e-?mail|call|text) me (?!if)|i'm (?:his|her) (?:son|daughter|wife|widow|husband|brother|sister)|let's|talk|we'd|i'd|meet|visit|appraisal|valuation|grandkids|my (?:wife|husband|brother|sister|mother|father|dad|mom|kids|daughter|son|attorney|knees)|interesse|verkaufen|haus|melde mich|rufen sie|si nos|nos interesa|casa|vender|mi marido|mi mujer|maison|vendre|interess\w*|voir|huis|verkopen|langskomen|afspraak|mijn (?:man|vrouw)|vendere|mia moglie|mio marito|ne parliamo|chiami)\b/;

/** Matches a statement about another person with a title, such as "Dr. Lee is away". */
const thirdPersonStatement =
  /\b(?:dr|mr|mrs|ms|prof|professor|sgt|capt|rev|cllr|councillor|herr|frau|monsieur|mme|madame|senor|senora|sig|signora?|dott\w*|dhr|mevr)\.? (?:[a-z'-]+ ){1,3}(?:is|isn't|will|ist|hat|est|esta|e|heeft)\b/;

const maxLength = 1500;

/** Tells whether a text is a notice that a program sends to everybody who writes. */
export function isAutomaticNotice(words: string): boolean {
  if (words.length > maxLength) return false;
  const text = foldText(words).replace(/\s+/g, " ").trim();
  if (personalWords.test(text)) return false;
  if (sureSigns.test(text)) return true;
  return (
    absences.test(text) && [thirdPersonStatement, ...habits].filter((habit) => habit.test(text)).length >= 2
  );
}
