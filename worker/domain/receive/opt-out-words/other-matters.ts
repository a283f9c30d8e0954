/*
 * Patterns for sentences that have the words of a request for no more emails, but ask for something
 * else. All words are folded: lower case, without accents. Each pattern is tried on a whole
 * sentence.
 */

const gap = (most: number) => `[^.!?]{0,${most}}`;
const either = (...patterns: string[]) =>
  new RegExp(patterns.map((pattern) => `\\b(?:${pattern})`).join("|"));

/** Matches a story about another agent or a neighbor: "the last agent wouldn't leave us alone". */
const stories = either(
  `(?:previous|former|prior|last|other|another|old|first|ex|his|her|their|that|our) (?:listing )?(?:agents?|realtors?|brokers?|agency|agencies|office|company|lady|guy|one)\\b${gap(25)}\\b(?:\\w+n't|kept|keeps|never|told|ghosted|bombarded|called|hounded|spammed|harassed|would)\\b`,
  `(?:neighbou?rs?|friends?|cousin)(?:'s)?\\b${gap(20)}\\b(?:told|asked|kept|begged|had to|said|couldn't|can't|unsubscribed)\\b`,
  `(?:letzte|vorige|andere|fruhere|alte)[rsn]? (?:makler\\w*|agentur|firma|buro)\\b${gap(30)}\\b(?:nicht|nie|standig|dauernd|immer)\\b`,
  `(?:otra|otro|anterior|ultima|ultimo) (?:inmobiliaria|agente|agencia|corredor)\\b${gap(25)}\\b(?:no|nunca|seguia\\w*|siguio)\\b|(?:la|el) (?:inmobiliaria|agente|agencia) (?:anterior|de antes)\\b`,
  `(?:autre|ancienne?|dernier|derniere|precedente?) (?:agent|agence|courtier|agente)\\b|agen(?:t|ce) (?:precedent|d'avant)\\w*\\b|on n'arrete pas\\b`,
  `(?:vorige|andere|laatste|oude) (?:makelaars?|makelaardij|kantoor)\\b`,
  `(?:altra|altro|precedente|ultima|vecchia) (?:agenzia|agente|mediatore|immobiliare)\\b|l'(?:altra|altro) (?:agenzia|agente)\\b`,
  // The emails of somebody else: "I unsubscribed from Zillow".
  `unsubscribed from (?!your|you|this|these|all|it\\b|them)|opt(?:ed|ing)? out of (?!all|any|every|further|future|your|these|this|the|e-?mails?|mailings?|it\\b|receiving|getting|being (?:contacted|e-?mailed))|hab\\w* mich (?:bei|von|vom) \\w+ (?:abgemeldet|ausgetragen)|me (?:di de baja|desuscribi|borre) (?:de|en) (?!su|esta|este|todo|la lista|vuestr)|(?:suis|etais) (?:desabonne|desinscrit)e?s? (?:de|du) (?!vos|votre|la liste|cette)|(?:heb|had) me (?:afgemeld|uitgeschreven) (?:bij|van) (?!u|jullie|uw|deze)|mi sono (?:cancellat|disiscritt|tolt)[ao] da(?:l|lla)? (?!vostr|quest)`,
  "(?:not|non|nicht|no) (?:as |als |come |como )?spam\\b",
);

/** Matches a request about papers, pictures or visits, and about other people. */
const otherObjects = either(
  `(?:do not|don'?t|dont|stop|quit|never|please not|cease)\\b${gap(18)}\\b(?:send|sending|post|posting|mail|mailing|e-?mail|e-?mailing|use|using|writ\\w+|put\\w*)\\b(?! (?:me|us) (?:any|more|e-?mails?|letters))${gap(12)}\\b(?:it|documents?|contracts?|brochures?|photos?|pictures?|pdfs?|docusign|attachments?|files?|keys?|estimate|invoice|bill|paperwork|deed|appraisal|flowers|house|comps?|sign|signs)\\b(?! off)`,
  `(?:do not|don'?t|dont|stop|quit|never|please not)\\b${gap(12)}\\b(?:contact|contacting|e-?mail|e-?mailing|write|writing|call|calling|bother|bothering|message) (?:to )?(?:the|my|our|his|her) (?:\\w+ )?(?:sellers?|buyers?|tenants?|renters?|neighbou?rs?|owners?|lawyer|attorney|bank|lender|contractor|kids?|boss|employer|office|landlord|agent|realtor|inspector)\\b`,
  // "Do not contact my husband about this, contact me" asks for other emails, not for none.
  `(?:do not|don'?t|dont|stop|quit|never|please not|no need to)\\b${gap(12)}\\b(?:contact\\w*|e-?mail\\w*|writ\\w+|call\\w*|bother\\w*|messag\\w+) (?!me\\b|us\\b)${gap(60)}[,;:-](?: please| just| only| but| and)* (?:contact|e-?mail|write|call|text|ask|deal|talk|speak|work|go|come)(?: only| just| directly| straight| instead)?(?: to| with| through)? (?:only )?(?:me|us)\\b`,
  `(?:nicht|nie|keine)\\b${gap(20)}\\b(?:unterlagen|dokumente|vertrag\\w*|fotos?|bilder|anhang\\w*|dateien|pdf|expose|schlussel|rechnung\\w*|besichtigungen?|mieter\\w*|nachbar\\w*|besucher|makler)\\b`,
  `no (?:me |nos )?${gap(20)}\\b(?:documentos?|contratos?|fotos?|archivos?|adjuntos?|planos?|llaves|facturas?|visitas?|inquilin\\w+|vecin\\w+)\\b`,
  `ne\\b${gap(20)}\\b(?:documents?|contrats?|photos?|fichiers?|pieces? jointes?|plans?|cles|factures?|visites?|locataires?|voisins?|word|pdf)\\b`,
  `(?:geen|niet)\\b${gap(20)}\\b(?:documenten?|contract\\w*|foto'?s?|bestanden|bijlagen?|sleutels?|facturen?|bezichtiging\\w*|huurders?|buren|open huis)\\b|\\b(?:documenten?|contract\\w*|foto'?s?|bijlagen?|sleutels?|facturen?|huurders?|buren)\\b${gap(20)}\\bniet\\b`,
  `non\\b${gap(20)}\\b(?:documenti?|contratt[oi]|foto|allegati?|planimetri\\w+|chiavi|fattur\\w+|visit[ae]|inquilin\\w+|vicin[oi])\\b`,
  `(?:do not|don'?t|dont|never|nicht|no|ne|niet|non|not)\\b${gap(40)}\\b(?:after|before|past|nach|vor|despues de las|antes de las|apres|avant|na|voor|dopo le|prima delle) \\d`,
);

/** Matches a question about unsubscribing at a later time: "can I get off the list later?" */
const laterExits =
  /\b(?:if i (?:say|sign|join|agree|subscribe|do|get|order|accept)|later|any ?time|whenever|at some point|after \d|once i|spater|jederzeit|falls ich|wenn ich|wieder ab|cuando (?:quiera|yo quiera)|mas adelante|en cualquier momento|si (?:me apunto|acepto|digo)|a tout moment|plus tard|par la suite|quand je (?:veux|voudrai)|als ik|altijd|nadien|quando voglio|in qualsiasi momento|in seguito|se (?:accetto|mi iscrivo|dico)|poi)\b/;
const exits =
  /\b(?:unsub\w*|opt out|off|cancel\w*|stop|abmeld\w*|abbestell\w*|austrag\w*|baja|desuscrib\w*|borrar\w*|desinscri\w*|desabon\w*|afmeld\w*|uitschrijv\w*|cancell\w*|disiscriv\w*)\b/;

/** Tells whether a folded sentence has the words of a request, but asks for something else. */
export function isOtherMatter(sentence: string, isQuestion: boolean): boolean {
  if (stories.test(sentence) || otherObjects.test(sentence)) return true;
  return isQuestion && laterExits.test(sentence) && exits.test(sentence);
}
