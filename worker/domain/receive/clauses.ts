import { foldText } from "./fold-text.ts";

/**
 * A part of a sentence, between two punctuation marks.
 * - `text` is folded: lower case, without accents. Addresses, links and telephone numbers are
 *   replaced by xaddress, xlink and xphone.
 * - `isNameLike`: the clause has at most six words, and each of them begins with a capital letter
 *   or a digit. Particles such as "van" may be in lower case.
 * - `isContrast`: the clause began with "but", in any of the languages. `text` leaves that word
 *   out.
 */
export type Clause = {
  text: string;
  words: readonly string[];
  isNameLike: boolean;
  isQuestion: boolean;
  isContrast: boolean;
  /** The whole sentence, folded. All clauses of a sentence share this object. */
  sentence: { text: string };
};

const gatewayBanner =
  /originat\w+ (?:from )?(?:an? )?(?:outside|external)|(?:outside|external) (?:of )?(?:the |your |our )?(?:organi[sz]ation|company|sender|e-?mail|network|source)|do not click|don't click|click (?:on )?(?:any )?links|open(?:ing)? attachments|unless you (?:recogni[sz]e|know|trust|are expecting)|know the content is safe|(?:verify|check) (?:the )?(?:sender|source)|before (?:responding|replying|clicking)|be (?:careful|cautious|vigilant)\b|don't often get e-?mail|learn why this is important|(?:exercise|use) caution|this (?:e-?mail|message) (?:was sent|came|comes|is) from (?:an )?(?:outside|external)|erhalten nicht (?:oft|haufig) e-?mails|externe[rn]? (?:e-?mail|absender|mail)|ausserhalb (?:der|des|ihrer|unserer) (?:organisation|unternehmens|firma)|offnen sie keine|klicken sie (?:nicht|keine)|no suele recibir correo|correo (?:externo|electronico externo)|fuera de (?:la|su|nuestra) organizacion|no haga clic|remitente externo|ne recevez pas souvent|(?:courriel|e-?mail|message|expediteur) externe|exterieur de (?:l'|votre |notre )|ne cliquez pas|ontvangt niet vaak|externe (?:e-?mail|afzender)|buiten (?:de|uw|onze) organisatie|klik niet op|non ricevi spesso|(?:mittente|e-?mail|messaggio) estern[oa]|esterno (?:alla|all')|non (?:fare clic|cliccare)|decouvrez pourquoi|weitere informationen uber|por que esto es importante|perche e importante|waarom dit belangrijk is/;
const banner = new RegExp(gatewayBanner, "u");
const bannerTag =
  /^[\s>*]*(?:\[\s*(?:ext|external|extern\w*|caution|warning|achtung|vorsicht|attention|atencion|attenzione|let op|esterno|externo|exterieur|outside|spam\??|bulk|suspicious)[^\]\n]{0,40}\]|\*{2,}\s*(?:external|caution|extern\w*)[^*\n]{0,40}\*{2,}|(?:caution|warning|external(?: e-?mail| sender| message)?|achtung|vorsicht|attention|atencion|precaucion|attenzione|let op|waarschuwing|avertissement|externe e-?mail|e-?mail externe|correo externo)\s*[:!])\s*/i;
const legalNotice =
  /^\s*(?:\*+\s*)?(?:confidential(?:ity)?\b|disclaimer|legal notice|privileged|this (?:e-?mail|message|communication|transmission)(?:,| and| is| may| contains| was)|the information (?:contained )?in this|the contents of this|vertraulich|diese (?:e-?mail|nachricht) (?:enthalt|ist|kann)|este (?:correo|mensaje) (?:y|es|contiene|electronico|puede)|aviso (?:legal|de confidencialidad)|ce (?:message|courriel|mail) (?:et|est|peut|contient)|dit (?:bericht|e-?mail\w*) (?:is|kan|en|bevat)|deze e-?mail (?:is|en|bevat|kan)|questo messaggio (?:e|contiene|puo)|questa e-?mail (?:e|contiene|puo)|le informazioni contenute|avvertenz[ae]|think before you print|please consider the environment|virus-free|virenfrei|sin virus|sans virus|sent (?:from|via|with|using) |get outlook|von meinem|gesendet (?:von|mit)|envoye (?:de|depuis)|enviado (?:desde|de)|inviato da|verzonden (?:vanaf|met|vanuit)|verstuurd vanaf)/i;

/** Returns the clauses of a text, without a gateway's banner and without legal notices. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  for (const paragraph of joinWrappedLines(text)) {
    if (legalNotice.test(foldText(paragraph))) {
      // A legal notice stands under the signature, so the writer's words end above the notice.
      if (clauses.length > 0) break;
      continue;
    }
    const line = replaceContacts(withoutBannerTag(paragraph));
    for (const sentence of line.split(/(?<=[.!?…]["')]*)\s+|[;\n]/u)) {
      if (banner.test(foldText(sentence))) continue;
      clauses.push(...splitSentence(sentence));
    }
  }
  return clauses;
}

function withoutBannerTag(line: string): string {
  const folded = foldText(line);
  const tag = bannerTag.exec(folded)?.[0] ?? "";
  // If folding has changed the length of the line, the tag can't be cut off by its length and stays
  // in the line. `banner` may still find the tag there.
  return tag !== "" && folded.length === line.length ? line.slice(tag.length) : line;
}

/** Returns the lines that are not blank. A line that a mail program has wrapped is joined again. */
function joinWrappedLines(text: string): string[] {
  const lines: string[] = [];
  let isWrapped = false;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const last = lines.length - 1;
    if (isWrapped && /^[\p{Ll}\d(]/u.test(line)) lines[last] = `${lines[last]} ${line}`;
    else lines.push(line);
    isWrapped = line.length >= 45 && !/[.!?:]$/.test(line);
  }
  return lines.filter(Boolean);
}

function replaceContacts(line: string): string {
  return line
    .replace(/<?\bhttps?:\/\/\S+|\bwww\.\S+/giu, " xlink ")
    .replace(
      /<?(?:mailto:)?[^\s<>()[\]:;,"@]{1,64}@[^\s<>()[\]:;,"@]{1,253}\.[a-z]{2,63}\b>?/giu,
      " xaddress ",
    )
    .replace(/\+?\(?\d[\d\s().\-/]{5,}\d/gu, " xphone ")
    .replace(/\ba\.\s?s\.\s?a\.\s?p\b\.?/giu, "asap")
    .replace(/\ba\.\s?u\.\s?b\b\.?/giu, "aub")
    .replace(/\bs\.\s?v\.\s?p\b\.?/giu, "svp")
    .replace(/\b(?:mr|mrs|ms|dr|fr|hr|sr|sra|dhr|mevr|sig)\.(?=\s)/giu, (title) => title.slice(0, -1));
}

function splitSentence(sentence: string): Clause[] {
  const isQuestion = /\?["')\s]*$/.test(sentence);
  const whole = { text: spellOut(foldText(sentence).trim()) };
  return sentence
    .split(/[.!?:,()"…|•*~]+(?=\s|$)|(?:^|\s)[-–—]+(?=\s)|[—–]|--+|[()"“”„«»|•*~…¡¿]|[!?,:]+/u)
    .map((part) => toClause(part, isQuestion, whole))
    .filter(({ text }) => text !== "");
}

/** The full words for hasty spellings. */
const shortForms = new Map([
  ["nn", "non"],
  ["qste", "queste"],
  ["qsta", "questa"],
  ["qsti", "questi"],
  ["qsto", "questo"],
  ["dont", "don't"],
  ["agian", "again"],
  ["plz", "please"],
  ["pls", "please"],
  ["ur", "your"],
  ["frm", "from"],
  ["ty", "thanks"],
  ["adress", "address"],
  ["addres", "address"],
  ["emial", "email"],
  ["eamil", "email"],
  ["emal", "email"],
  ["remov", "remove"],
  ["remvoe", "remove"],
  ["reomve", "remove"],
  ["delet", "delete"],
  ["recieve", "receive"],
  ["recive", "receive"],
  ["pleas", "please"],
  ["plese", "please"],
  ["lsit", "list"],
  ["contct", "contact"],
]);
const shortForm = new RegExp(`\\b(?:nn|qst[aeio]|${[...shortForms.keys()].join("|")})\\b`, "g");

/** English verbs that people write without their last letter: "not goin anywhere". */
const clippedVerb =
  /\b(ask|bother|call|com|contact|do|email|go|leav|list|look|mail|mov|plann|sell|send|stay|stopp|think|try|writ)in\b/g;

const spellOut = (text: string) =>
  text.replace(shortForm, (word) => shortForms.get(word) ?? word).replace(clippedVerb, "$1ing");

function toClause(part: string, isQuestion: boolean, sentence: Clause["sentence"]): Clause {
  const folded = foldText(part).replace(/^[\s'.\-_/]+|[\s'.\-_/]+$/gu, "");
  const text = spellOut(folded.replace(/^(?:and|but|so|und|aber|pero|y|et|mais|maar|ma|also) (?=\S)/, ""));
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'/-]*/gu) ?? [];
  const typed = part.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu) ?? [];
  const isNameLike =
    typed.length <= 6 &&
    typed.every((word) =>
      /^(?:[\p{Lu}\d]|x(?:address|link|phone)$|(?:de|van|von|der|den|la|del|di|da|du|le)$)/u.test(word),
    );
  const isContrast = /^(?:but|aber|pero|mais|maar|ma) (?=\S)/.test(folded);
  return { text: words.length === 0 ? "" : text, words, isNameLike, isQuestion, isContrast, sentence };
}
