import { personWords } from "./automatic-phrases.ts";
import { isReplySubject } from "./automatic-subjects.ts";
import { foldText } from "./fold-text.ts";

/*
 * The phrases of notices that say that a mailbox is no longer used. A mail rule sends such a notice
 * to everybody who writes. The phrases are folded: lower case, without accents.
 */

/** Matches a statement that the mailbox is no longer used. */
const outOfUse =
  /\b(?:this|my(?: old)?)(?: e-?mail)? (?:address|mailbox|account|inbox|e-?mail)\b.{0,40}\b(?:will (?:stop|be (?:closed|shut|deactivated|retired|deleted|discontinued|gone)|no longer|expire)|no longer|is (?:closed|retired|inactive|dead|being (?:closed|retired|shut))|has (?:been (?:closed|retired|deactivated|discontinued|changed|replaced)|changed|expired|moved)|expires)|\b(?:no longer|don'?t|do not|not) (?:\w+ )?(?:use|using|check|checking|read|reading|monitor) (?:this|that|my old) (?:\w+ )?(?:address|mailbox|account|e-?mail|inbox)|\b(?:i|we)(?:'ve| have) (?:changed|moved to a new|switched)(?: my| our)? e-?mail|\b(?:dieses|diese|dieser|mein|meine)(?: alte[rs]?)? (?:postfach|e-?mail-?adresse|mail-?adresse|adresse|konto|e-?mail-?konto|mailkonto|account)\b.{0,40}\b(?:nicht mehr|wird (?:\w+ )?(?:geschlossen|abgeschaltet|geloscht|eingestellt)|ist (?:\w+ )?(?:geschlossen|inaktiv|ungultig|abgeschaltet)|hat sich geandert)|\b(?:est[ae]|mi) (?:\w+ )?(?:cuenta|correo|direccion|buzon|e-?mail)\b.{0,40}\b(?:ya no|dejara de|ha dejado de|no esta (?:activ|vigente)|(?:sera|fue|ha sido) (?:cerrad|desactivad|dad)\w*|ha cambiado|cambio)|\bya no (?:uso|utilizo|reviso|leo) (?:est[ae]|mi)\b|\b(?:cette|ce|mon|ma) (?:\w+ )?(?:adresse|boite|compte|messagerie|e-?mail|mail|courriel)\b.{0,40}\b(?:n'est plus|ne sera plus|va etre (?:ferme|supprime)\w*|(?:est|sera|a ete) (?:\w+ )?(?:ferme|desactive|supprime|abandonne)\w*|a change)|\bn'utilise plus (?:cette|ce|mon)\b|\bne (?:consulte|lis|releve) plus (?:cette|ce)\b|\b(?:dit|deze|mijn) (?:\w+ )?(?:adres|mailadres|e-?mailadres|mailbox|postbus|account|e-?mail)\b.{0,40}\b(?:vervalt|niet meer|niet langer|wordt (?:\w+ )?(?:opgeheven|afgesloten|gesloten|verwijderd)|is (?:\w+ )?(?:opgeheven|gesloten|gewijzigd|veranderd|vervallen))|\bgebruik (?:ik )?(?:dit|deze)\b.{0,20}\bniet meer|\b(?:quest[oa]|il mio|la mia) (?:\w+ )?(?:indirizzo|casella|account|e-?mail|mail)\b.{0,40}\b(?:non\b.{0,15}\bpiu|(?:verra|sara|e stat[oa]) (?:\w+ )?(?:chius|dismess|disattivat|cancellat)\w*|e cambiat\w+)|\bnon (?:uso|utilizzo|leggo|controllo) piu (?:quest|la mia|il mio)/;

/** Matches the new address, or the request to note the new address. */
const newAddress =
  /[^\s@<>]{1,64}@[^\s@<>]{1,253}\.[a-z]{2,63}|\b(?:address book|adressbuch|libreta|carnet d'adresses|adresboek|rubrica|new (?:e-?mail )?address|neue (?:e-?mail-?)?adresse)\b/;

const maxNoticeLength = 600;

/**
 * Tells whether the email is nothing but a notice that the writer's mailbox is no longer used. A
 * person would answer under our own subject, or say more.
 */
export function isMovedAddressNotice(subject: string, words: string): boolean {
  if (words.length > maxNoticeLength || isReplySubject(subject)) return false;
  const text = foldText(words).replace(/\s+/g, " ");
  return outOfUse.test(text) && newAddress.test(text) && !personWords.test(text);
}
