/*
 * The words with which receiving servers explain the refusal of an email. Each pattern is tested on
 * text without addresses, URLs and host names, because a name may contain any word.
 */

const flags = "iu";
const anyOf = (...parts: readonly RegExp[]) => new RegExp(parts.map(({ source }) => source).join("|"), flags);

/**
 * Returns the text without email addresses, URLs and host names. A curly apostrophe becomes a
 * straight one.
 */
export function stripAddressesAndHosts(text: string): string {
  return text
    .slice(0, 2_000)
    .replaceAll("’", "'")
    .replace(/\bhttps?:\/\/[^\s>)\]]{1,500}/gi, " ")
    .replace(/[^\s<>()"',;:[\]]{1,64}@[^\s<>()"',;:[\]]{1,253}/g, " ")
    .replace(/\b(?:host|server|mta|mx|remote host) [\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b/gi, " ")
    .replace(/\s+/g, " ");
}

/**
 * Matches a refusal that is about the sender: a block list, a rate, or the domain's authentication.
 */
export const senderRefusedWords = anyOf(
  /(?<!\b(?:user|recipient|mailbox|account|inbox) (?:is |has been |was )?)\bblocked\b|black[ -]?list|block[ -]?list|deny[ -]?list/u,
  /(?<!\bnot )\blisted (?:at|in|by|on|with)\b|spamhaus|spamcop|barracudacentral|sorbs|dnsbl|\brbl\b|uceprotect|abuseat/u,
  /reputation|\b(?:SPF|DKIM|DMARC|PTR|rDNS|HELO|EHLO)\b|reverse (?:dns|lookup|host|map)/u,
  /unauthenticated|authentication (?:level|required|check|result|fail|information)|not authenticated|fails? authentication/u,
  /\bsender(?:'s)? (?:e-?mail |ip |id )?(?:address|domain|host|verif|denied|rejected|refused|unknown|blocked|is not|not|has no|policy)/u,
  /\b(?:invalid|unknown|bad|unverified|forged) sender|\benvelope sender|\b(?:from|sending) (?:domain|host|server|mta|ip)\b|\bdomain of sender/u,
  /\byour (?:ip|host|server|network|domain|mail ?server|e-?mail domain)\b(?!'?s? ?(?:administrator|admin|support|manager|owner))/u,
  /rate[ -]?limit|rate control|too many (?:messages|e-?mails|mails|connections|recipients|sessions|errors|bad|invalid|requests|concurrent|unknown|failed|attempts)/u,
  /throttl|(?:message|mail|sending|recipient|daily|hourly) (?:rate|limit) (?:has been |was )?(?:exceeded|reached)|exceed\w* (?:the |your )?(?:rate|sending|daily|hourly)/u,
  /invalid dns mx|expéditeur (?:refus|rejet)|absender(?:adresse)? (?:abgelehnt|zurückgewiesen|gesperrt)|remitente (?:rechazad|bloquead)|mittente (?:rifiutat|respint|bloccat)|afzender (?:geweigerd|geblokkeerd)/u,
  /\bbanned\b|unsolicited|relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited)|unable to relay|we do not relay/u,
  /connection refused by policy|after initial connection|bad outbound|poor sender|user complaints|gesperrt wegen/u,
);

/** Matches a refusal that is about the message's size or content. */
export const messageFaultWords =
  /(?:message|mail)(?: size)? (?:is )?too (?:large|big|long)|(?:message|mail|maximum|fixed|max)[ a-z]{0,20}size (?:limit|exceed)|size (?:limit|exceeds)|attachments? (?:is |are |was |were |of |type|not |reject|block|prohib|size|too )|(?:prohibited|forbidden|blocked|illegal|dangerous|executable) attachment|content (?:is )?(?:rejected|not accepted|denied)|content filter|virus|malware|phishing/iu;

/** Matches a refusal because the mailbox exists and is full. */
export const mailboxFullWords =
  /(?:over|out of|exceed\w*|beyond|above|reached) ?(?:the |its |his |their |allowed |maximum |storage |disk |mailbox |mail |user )*(?:quota|storage|space allotted|mailbox limit)|overquota|quota (?:is |has been |was )?(?:exceeded|full|reached|violation)|(?:mailbox|inbox|account|mail ?box|user(?:'s)? (?:mailbox|account))(?: is| has become)? (?:full|over|exceeded)|insufficient (?:system )?(?:storage|disk)|not enough (?:storage|space|disk)|no space left|mailbox size limit|postfach (?:ist )?voll|bo[iî]te (?:aux lettres )?pleine|buz[oó]n lleno|casella (?:di posta )?piena|caixa (?:postal )?cheia/iu;

/**
 * Matches a temporary fault. A permanent refusal with these words does not prove that the address
 * is dead.
 */
export const temporaryFaultWords =
  /\btemporar(?:y|ily)\b|\b(?:host|domain|name|dns|mx|lookup)\b[^;]{0,80}\btry again|(?:please )?try (?:again )?later|\bservfail\b|(?:connection|connect|operation|lookup|query|conversation)[a-z ]{0,20} timed out|retry time(?:out)? exceeded|connection (?:refused|reset|lost)(?! by policy)|no route to host|network (?:is )?unreachable|too long in (?:the )?queue|message expired|delivery time ?out/iu;

export const greylistedWords = /gr[ae]y-?list|try again later/iu;

const person =
  "(?:users?|recipient|mailbox|mail box|account|address(?:ee)?|inbox|alias|e-?mail|customer|person)";

/**
 * Matches a refusal because the address does not exist or no longer exists, or because its domain
 * takes no email.
 */
export const deadAddressWords = new RegExp(
  [
    `\\b${person}\\b[^.;]{0,60}\\b(?:unknown|not known|not found|(?:could|can|was|were)(?: ?not|n't) (?:be )?found|no longer (?:exists?|available|valid|active|in use|here|on|with|works?|employed|accepts?|in service)|(?:is|are|was) invalid|(?:is|was|has been|have been) (?:permanently )?(?:closed|deactivated|deleted|removed|terminated|cancell?ed|discontinued))`,
    `\\b(?:no such|unknown|invalid|non-?existent|nonexisting|undeliverable) (?:\\w+ ){0,1}(?:${person}|person|name|local.?part)\\b`,
    `\\b(?:mailbox|account|address) (?:closed|deactivated|deleted|terminated)|this mailbox is disabled|mailbox is disabled \\(554|mailbox (?:has been )?disabled permanently`,
    "\\bdo(?:es)? ?n(?:o|')t exist|\\bdo(?:es)? not have an? (?:\\S+ ){0,3}?(?:account|mailbox)|\\bdo(?:es)?n't have an? (?:\\S+ ){0,3}?(?:account|mailbox)|\\bdo(?:es)?n't exist",
    "\\bis ?n(?:o|')t an? (?:\\w+ ){0,3}(?:user|recipient|mailbox|address|account|customer)|not a (?:valid|known|local) (?:user|recipient|mailbox|address)|\\bnot our customer",
    "\\bnot listed in (?:public|domino|the directory|directory)|no (?:mailbox|account|user|one)(?: here)? (?:by|with) (?:that|this) name|no (?:mailbox|account) (?:here|for)|recipnotfound|recipientnotfound|resolver\\.adr|no valid recipient",
    "\\bno longer (?:with|works? (?:at|for|here)|employed)|left (?:the|our|this) (?:company|firm|organi[sz]ation)",
    "\\b(?:domain|host)(?: name)?(?: (?:is|was))? (?:does not exist|not found|unknown|not known)|no such (?:domain|host)|unrout(?:e)?able (?:mail )?(?:address|domain)|nxdomain|no mail hosts? for|no mx (?:record|host)|name or service not known|unknown (?:host|domain)|(?:host|domain)[^.;]{0,80} (?:does|do) not accept (?:any )?(?:e-?)?mail|\\bnull mx|accepts? no mail|never accepts",
    "existiert nicht|unbekannte[rs]? (?:benutzer|empfänger|adresse)|(?:benutzer|empfänger|adresse|postfach)[^.;]{0,30} (?:ist )?(?:unbekannt|nicht gefunden|nicht vorhanden)|(?:utilisateur|destinataire|adresse)[^.;]{0,30} (?:inconnue?|introuvable)|n'existe (?:pas|plus)|(?:usuario|destinatario|buz[oó]n|direcci[oó]n)[^.;]{0,30} (?:desconocid[oa]|no existe|no encontrad[oa])|(?:utente|destinatario|casella|indirizzo)[^.;]{0,30} (?:sconosciut[oa]|inesistente|non esiste|non trovat[oa])|(?:usuário|destinatário|endereço)[^.;]{0,30} (?:desconhecid[oa]|não existe|não encontrad[oa])|bestaat niet|onbekende (?:gebruiker|ontvanger)|(?:finns|findes|finnes) (?:inte|ikke)|nie istnieje|nieznany (?:użytkownik|odbiorca)|宛先不明|存在しません|存在しない|不存在|не существует|пользователь не найден|нет такого",
  ].join("|"),
  flags,
);

/**
 * Matches a refusal of the address without a reason. A status code and `policyWords` take
 * precedence over these words.
 */
export const addressRefusedWords =
  /(?:user|recipient|mailbox|account|address)\b[^.;]{0,60}\b(?:rejected|invalid|unavailable|not available|undeliverable|refused)|\bmailbox unavailable|\bunknown\b[^.;]{0,10}$|\baddress (?:error|rejected)/iu;

/**
 * Matches a refusal that cites a rule of the receiving server and does not say what the rule is
 * about.
 */
export const policyWords =
  /\bspam|\bpolicy|\bpolicies\b|\bUBE\b|not authorized|administrative(?:ly)? prohib|prohibited|suspicious|considered (?:junk|bulk)|\bjunk\b|security (?:reasons|restrictions?)|local (?:rule|restriction)/iu;

export const accessDeniedWords =
  /access denied|not (?:allowed|permitted)|permission denied|message (?:refused|rejected)/iu;

/** Matches a refusal because the mailbox exists, but takes no email at this time. */
export const inactiveMailboxWords = /disabled|inactive|suspended|\bblocked\b/iu;
