import { foldText } from "./fold-text.ts";

/*
 * Patterns of the subjects that programs write: absences, receipts, tickets and challenges. The
 * phrases may have accents, because phrases and subjects are both folded before they are compared.
 */

/**
 * Matches the text after a phrase such as "on vacation" in a program's subject: the end, a
 * punctuation mark, or a word such as "until". Does not match in a person's subject such as "On
 * vacation homes near Elm Road".
 */
const alone =
  "(?=\\s*(?:$|[:;,.!()\\[\\]|-]|(?:until|till|til|from|through|thru|back|returning|reply|response|responder|notice|notification|message|autoreply|auto|bis|vom|ab|ab dem|seit|hasta|desde|del|jusqu|du|au|tot|van|t/m|dal|fino|al|ate|till och med|fran|fra|til|do|od)\\b))";

/** Patterns for the start of a subject that a program wrote. */
const beginnings = [
  // English
  "auto(?:matic|mated|matically)?[ _-]{0,2}(?:reply|replied|response|respond(?:er)?|answer|generated|acknowledge?ment|confirmation|notification|message|e-?mail)\\b",
  "auto\\s*:",
  "out[ -]of[ -](?:the[ -])?office\\b(?! (?:space|spaces|park|parks|building|buildings|suite|suites|market|lease|tower|rent|condo|use))",
  "o\\.?o\\.?o\\.?\\b",
  `(?:i am |i'm |currently |away )?(?:on|taking) (?:a |my |our )?(?:annual |summer |parental |maternity |paternity |medical |sick |family |bereavement |extended |short |paid )*(?:vacation|holidays?|leave|sabbatical|pto|break|travel)${alone}`,
  `(?:annual leave|vacation|holiday|maternity leave|parental leave|absence|absent|away|pto)${alone}`,
  "(?:i am|i'm|i will be|we are|i'll be|currently|temporarily) (?:currently |now |temporarily )?(?:out of (?:the |my )?(?:office|town|country)|away|absent|unavailable|not in|travell?ing|on (?:leave|vacation|holidays?|pto)|off (?:work|until|sick))\\b",
  "away from (?:my |the )?(?:office|desk|e-?mail|mail|computer|keyboard)\\b|not (?:in|at) (?:the|my) office\\b|limited access to e-?mail\\b",
  "thank(?:s| you) for (?:contacting|getting in touch with) \\w+|(?:on|annual|parental|sick|maternity) leave\\s*[:|-]?\\s*re\\s*:",
  "(?:our |the )?office (?:is )?closed\\b|closed for the holidays?\\b",
  "(?:your |we(?: have|'ve)? received your |receipt of your )(?:message|e-?mail|mail|inquiry|enquiry|request|submission)(?: (?:has been|was|is) (?:received|accepted|being processed|on hold|held|pending|awaiting|quarantined|waiting|blocked)\\b)|we(?: have|'ve)? (?:got|received) your (?:message|e-?mail|mail|inquiry|enquiry|request)\\b|(?:message|e-?mail|request|inquiry) received\\b",
  "\\[?(?:support )?(?:ticket|case|incident|service request|request|conversation)\\s?(?:id|no\\.?|number|received|created|opened|#)?[\\s:#-]{0,3}[a-z]{0,4}-?\\d{3,}",
  "(?:new )?(?:support )?(?:ticket|case|request) (?:received|created|opened|logged|submitted)\\b",
  "\\[?##?\\d{3,}",
  // Receipts, in the languages of common mail programs
  "(?:read|not read|opened|deleted|displayed|delivered|relayed|gelesen|ungelesen|nicht gelesen|geloscht|zugestellt|lu|non lu|leido|no leido|letto|non letto|gelezen|niet gelezen|lida|lido|nao lida|olast|laest|ikke laest|lest|ikke lest|luettu|przeczytano|precteno|прочитано|已读|已讀|開封済み)(?: at [^ ]+)?\\s*[:：]",
  "(?:return|read|delivery) receipt\\b|disposition notification\\b|lesebestätigung|empfangsbestätigung|eingangsbestätigung|übermittlungsbestätigung|confirmation de (?:lecture|réception)|accusé de (?:lecture|réception)|conferma di (?:lettura|ricezione)|ricevuta di (?:ritorno|lettura)|confirmación de (?:lectura|entrega|recepción)|acuse de (?:recibo|lectura)|leesbevestiging|ontvangstbevestiging|leveringsbevestiging|confirmação de leitura|läskvitto|läsbekräftelse|kvittering for|lukukuittaus|potwierdzenie (?:przeczytania|odbioru)|potvrzení o přečtení|уведомление о прочтении|開封確認|已读回执",
  // Challenges
  "(?:please |action required: |important: )*(?:confirm|verify|authenticate|validate|authorize) (?:that )?(?:your|you|this) (?:e-?mail|message|mail|address|identity|sender|are|delivery|e-?mail address)\\b",
  "(?:e-?mail|sender|message|mail) (?:verification|authentication|confirmation|authorization|validation) (?:required|request|needed|pending)\\b|verification (?:required|request|needed)\\b|(?:your )?(?:e-?mail|message) requires (?:verification|confirmation|approval)\\b",
  "(?:challenge|whitelist|allow-?list) (?:request|response|message)\\b|\\[?(?:boxtrapper|spam ?arrest|spamarrest|mailinblack|tmda)\\b|(?:message|mail|e-?mail) (?:awaiting|held for|pending) (?:approval|moderation|verification|authorization)\\b",
  "(?:bitte )?bestätigen sie ihre (?:e-?mail|nachricht)|confirmez votre (?:message|e-?mail|envoi)|confirme su (?:correo|mensaje)|conferma(?:re)? (?:il tuo|la tua|il suo) (?:messaggio|e-?mail|mail)|bevestig uw (?:e-?mail|bericht)",
  // German
  "autom(?:\\.|atische|atisch|atisierte)? ?(?:antwort\\w*|rückantwort|abwesen\\w*|e-?mail|mail|benachrichtigung|nachricht|eingangs\\w*|generierte?|rückmeldung|mitteilung)",
  "abwesen\\w*|nicht im (?:büro|hause?|dienst|amt)\\b|ausser haus\\b|außer haus\\b|im (?:urlaub|mutterschutz|krankenstand)\\b|in (?:elternzeit|karenz|kur)\\b|auf (?:dienstreise|geschäftsreise)\\b|betriebsferien|betriebsurlaub|urlaubs(?:notiz|abwesenheit|meldung|vertretung|info|benachrichtigung|zeit)",
  `(?:urlaub|ferien|elternzeit|krank)${alone}`,
  "(?:ich )?bin (?:derzeit |zurzeit |zur zeit |aktuell |momentan |bis |vom |im |in |nicht |heute |ab )",
  "ihre (?:nachricht|e-?mail|anfrage) (?:ist|wurde|haben wir)\\b",
  // Spanish, Portuguese
  "(?:respuesta|contestación|mensaje|correo|aviso|notificación|auto)[ -]?(?:automátic[ao]|respuesta|de ausencia)|autorespuesta|autorrespuesta|contestador automático|fuera de (?:la |mi )?oficina|fuera del despacho|estoy (?:fuera|de vacaciones|ausente|de baja|de viaje)|(?:me encuentro|estaré) (?:fuera|de vacaciones|ausente)|de vacaciones\\b|de baja (?:por |médica|maternal)",
  `(?:ausencia|ausente|vacaciones)${alone}|aviso de ausencia|hemos recibido su (?:mensaje|correo|solicitud|consulta)`,
  "resposta automática|ausência (?:temporária|do escritório|prolongada|programada)|mensagem automática|fora do escritório|(?:estou )?de férias\\b|em férias\\b|aviso de férias|estou (?:ausente|fora)|recebemos (?:a )?sua mensagem",
  // French
  "(?:réponse|message|courriel|mail|notification|e-?mail|accusé) (?:automatique|automatisée?|d'absence|de réception)|absence (?:du bureau|du|au|jusqu|temporaire|prolongée)|(?:je suis |actuellement |nous sommes )?absente?s? (?:du|jusqu|au|pour|actuellement|ce|cette|en|temporairement)|hors (?:du )?bureau|(?:je suis |actuellement )?en (?:congés?|vacances|déplacement|arrêt|congé maternité)\\b|congés? (?:du|jusqu|annuels?|d'été|maternité|parental)|répondeur|indisponible jusqu|fermeture (?:annuelle|estivale|exceptionnelle)|nous avons bien reçu votre",
  `(?:absence|absente?|congés?|vacances)${alone}`,
  // Dutch
  "automatisch(?:e)? (?:antwoord|bericht|reactie|beantwoording|beantwoorder|mail|e-?mail|afwezigheid\\w*|ontvangst\\w*)|auto-?antwoord|afwezig(?:heids?\\w*)?\\b|niet (?:aanwezig|op kantoor|bereikbaar)|buiten kantoor|uit kantoor|(?:ik ben |wij zijn )?(?:met|op) (?:vakantie|verlof|zwangerschapsverlof)\\b|wegens vakantie|gesloten wegens|wij hebben uw (?:bericht|e-?mail|aanvraag) ontvangen",
  `(?:vakantie|verlof)${alone}`,
  // Italian
  "(?:risposta|messaggio|e-?mail|mail|avviso|notifica) (?:automatic[ao]|di assenza)|autorisposta|autoresponder|risponditore|fuori (?:sede|ufficio|dall'ufficio|dall ufficio)\\b|(?:sono |siamo )?assente?i?\\b(?: dal| fino|$|:)|assenza (?:dall|dal|fino)|(?:sono |siamo )?in (?:ferie|vacanza|maternità|trasferta|malattia)\\b|chiusura (?:estiva|natalizia|uffici)|abbiamo ricevuto (?:la sua|il suo|la tua|il tuo)",
  `(?:ferie|assenza|assente|vacanza)${alone}`,
  // Nordic languages
  "auto(?:matiskt?|maattinen)?[ -]?(?:svar|vastaus|meddelelse|meddelande|besked)|auto-?svar|frånvaro\\w*|frånvarande|fravær\\w*|ikke på kontoret|inte på kontoret|ej på kontoret|ute av kontoret|ude af kontoret|på (?:ferie|semester)\\b|poissa(?:olo\\w*| toimistosta|)\\b|lomalla\\b|olen (?:lomalla|poissa)",
  `(?:semester|ferie|loma)${alone}`,
  // Slavic, Hungarian, Romanian, Baltic, Turkish, Greek
  "odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|autoresponder|nieobecność\\w*|poza biurem|jestem na urlopie|na urlopie|automatická odpov[eě]ď?\\w*|mimo kancelář\\w*|nepřítomnost\\w*|dovolená|neprítomnosť|mimo kancelári\\w*|samodejni odgovor|automatski odgovor|odsutnost|automatikus válasz|házon kívül|szabadságon|răspuns automat|în afara biroului|în concediu|automaatvastus|automātiska atbilde|automatinis atsakymas|otomatik (?:yanıt|cevap)|ofis dışında\\w*|izindeyim|автоответ\\w*|автоматический ответ|автоматична відповідь|автоматичен отговор|вне офиса|нет на месте|в отпуске|у відпустці|отпуск|αυτόματη απάντηση|εκτός γραφείου",
  // Asian and Semitic languages
  "自動応答|自動返信|不在|休暇|自动回复|自動回覆|自動回復|自动答复|外出|休假|不在办公室|자동 ?(?:회신|응답|답장)|부재 ?중|휴가|מענה אוטומטי|תשובה אוטומטית|מחוץ למשרד|رد تلقائي|الرد التلقائي|خارج المكتب|trả lời tự động|ตอบกลับอัตโนมัติ|balasan otomatis",
];

/** Patterns that mark a program's subject at any position in the subject. */
const anywhere = [
  "\\b(?:is|am|are|'m|'re|be|being) (?:currently |now |temporarily )?(?:out of (?:the |my )?office|on (?:vacation|annual leave|leave|holiday|parental leave|maternity leave|pto)|away (?:until|till|from (?:the|my))|no longer (?:with|at|employed|working))\\b",
  "\\bno longer (?:with|employed (?:at|by)|works? (?:at|for|here))\\b",
  "\\bist (?:derzeit |zurzeit |zur zeit |aktuell |bis .{1,20})?(?:abwesend|im urlaub|nicht im büro|außer haus)\\b",
  "\\best (?:actuellement )?(?:absente?|en congés?|en vacances)\\b|\\bestá (?:fuera de la oficina|de vacaciones|ausente)\\b|\\bè (?:attualmente )?(?:fuori (?:sede|ufficio)|in ferie|assente)\\b|\\bis (?:momenteel )?(?:afwezig|met vakantie|op vakantie|niet aanwezig)\\b",
  "[\\[({<]\\s*(?:auto[ -]?(?:reply|response|matic reply|matic response|mated reply|mated response|responder|generated)?|out of (?:the )?office|ooo|oof|vacation|abwesen\\w*|automatische antwort|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|away)\\s*[\\])}>]",
  "(?:^|\\s)[-–—|:/]{1,2}\\s*(?:auto[ -]?(?:reply|response)|automatic (?:reply|response)|automated (?:reply|response)|out of (?:the )?office(?: reply| message| notice)?|ooo|vacation (?:reply|notice|message)|abwesenheit\\w*|automatische antwort|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|automatisch antwoord|afwezigheid\\w*)\\s*[.!]?$",
  "\\[\\s*(?:incident|ticket|case|request|support|inquiry)\\s?(?:id|no\\.?|number)?\\s*[:#]\\s*#?[a-z]{0,4}-?\\d{3,}",
  "\\bverify#|\\bconfirm#|\\bboxtrapper\\b|\\bspam ?arrest\\b|\\bmailinblack\\b",
];

const automatic = new RegExp(foldText(`^["'*\\s]*(?:${beginnings.join("|")})|${anywhere.join("|")}`), "u");

/** Matches the tag that a mail gateway puts before a subject, such as "[EXTERNAL]". */
const gatewayTag =
  /^\s*(?:[[({*<]+\s*(?:ext|external|extern\w*|externo|externe|esterno|outside|caution|warning|achtung|attention|spam|bulk|suspicious|suspected spam|marketing|unverified|newsletter|sicher|secure|encrypted)\b[^\])}*>]{0,40}[\])}*>]+|(?:external|extern|externe?|caution|warning|spam|bulk)(?: e-?mail| sender| message)?\s*[:|*]|\*{2,}\s*(?:external|spam|extern)\s*\*{2,})\s*[:-]?\s*/;

/**
 * Matches the prefix that a mail program adds to the subject when a person answers or forwards an
 * email.
 */
const replyPrefix =
  /^(?:re|aw|antw|antwort|sv|vs|ref|rif|odp|ynt|bls|res|enc|fw|fwd|wg|tr|rv|vb|doorst|r|i|re\[\d+\]|re\^\d+|回复|回覆|答复|返信|转发)\s?(?:\[\d+\]|\(\d+\))?\s?[:：]/;

/**
 * Matches a person's own question: "Auto reply?". A question with a colon is not matched, because a
 * program puts a colon before our subject, which may be a question.
 */
const bareQuestion = /^[^:：]{1,60}\?$/u;

/**
 * Tells whether the subject was written by a program. Returns false for "Re: …", because that
 * subject is our own.
 */
export function isAutomaticSubject(subject: string): boolean {
  const rest = foldWithoutTags(subject);
  return !replyPrefix.test(rest) && !bareQuestion.test(rest) && automatic.test(rest);
}

/** Tells whether the subject, without the tags of mail gateways, begins with an answer's prefix. */
export function isReplySubject(subject: string): boolean {
  return replyPrefix.test(foldWithoutTags(subject));
}

function foldWithoutTags(subject: string): string {
  let rest = foldText(subject).replace(/\s+/g, " ").trim();
  for (let tags = 0; tags < 4 && gatewayTag.test(rest); tags += 1) rest = rest.replace(gatewayTag, "");
  return rest;
}
