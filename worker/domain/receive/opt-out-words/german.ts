import { type OptOutWords, splitWordList } from "./opt-out-words.ts";
import { germanPlainRequests } from "./plain-requests.ts";
import { germanRoundaboutRequests } from "./roundabout.ts";
import { germanSilenceRequests } from "./silence.ts";

const me =
  "(?:mich|uns|mir|meinen namen|mein name|(?:meine|unsere|diese|die|meiner|dieser) (?:e-?mail ?-?)?(?:adresse|mail|e-?mail|mailadresse|e-?mailadresse|daten|kontaktdaten|anschrift)|xaddress)";
const list =
  "(?:liste|mailingliste|verteilerliste|adressliste|e-?mail-?liste|kontaktliste|verteiler|e-?mail-?verteiler|mailverteiler|newsletter|datenbank|kartei|adressbuch|system|kontakten|werbeliste)";
const mail =
  "(?:e-?mails?|mails?|nachrichten?|mailings?|newsletter|werbung|werbemails?|werbe-?e-?mails?|post|zuschriften|anschreiben|schreiben|angebote|spam|anfragen|kontakt|kontaktaufnahmen?|kontaktiert|angeschrieben)";

export const germanOptOutWords: OptOutWords = {
  requests: new RegExp(
    [
      "\\b(?:abmelden|abbestellen|austragen|abzumelden|abzubestellen|auszutragen|abmeldung|abbestellung|newsletterabmeldung|unsubscriben?)\\b",
      `\\b(?:melden?|tragen?) (?:sie |du )?${me}\\b.* (?:ab|aus)\\b|\\b(?:melden?|tragen?) (?:sie )?${me} (?:bitte )?(?:ab|aus)\\b|\\bbestellen? (?:sie )?(?:ich )?.*\\bab\\b`,
      `\\b(?:nehm|nimm|streich|losch|loesch|entfern|werf|schmeiss|nahm)\\w*\\b.*\\b${me}\\b`,
      `${me}\\b.*\\b(?:loschen|loeschen|entfernen|streichen|rausnehmen|herausnehmen|runternehmen|herunternehmen|zu loschen|zu entfernen|zu streichen|nehmen|geloscht|entfernt|gestrichen|herausgenommen|rausgenommen)\\b`,
      `\\b(?:aus|von|vom) (?:\\w+ )?${list}\\b.*\\b(?:nehmen|loschen|loeschen|entfernen|streichen|runter|raus|gestrichen|geloscht|entfernt|genommen)\\b`,
      `\\b(?:keinen?|keinerlei|nie wieder|nicht) (?:weiteren?|mehr|zukunftigen|solchen?|unerwunschten?|solche)*\\s?${mail}(?: mehr)?\\b`,
      `\\b(?:keinen?|keinerlei) (?:\\w+ )?${mail}\\b`,
      "\\b(?:kontaktieren?|schreiben?|schreib|mailen?|mail|belastigen?|anschreiben|behelligen) (?:sie |du )?(?:bitte )?(?:mich|mir|uns) (?:\\w+ )?(?:nicht|nie|keine)\\b",
      "\\b(?:nicht|nie|niemals) (?:mehr|wieder|weiter|langer|noch einmal|nochmal)?\\s?(?:kontaktieren|kontaktiert|anschreiben|angeschrieben|anzuschreiben|zu kontaktieren|zu schreiben|schreiben|belastigen|belastigt|behelligt|anmailen|zu belastigen)\\b",
      "\\b(?:horen?|hor) (?:sie )?(?:bitte |endlich |sofort )*(?:auf|damit auf)\\b|\\baufhoren\\b|\\bschluss mit\\b|\\bstoppen?\\b|\\bunterlassen\\b|\\bstellen sie\\b.*\\bein\\b",
      "(?<!\\b(?:habe|haben|hab|hatte) (?:\\w+ ){0,3})\\b(?:nichts?|nie) (?:mehr|wieder)\\b.*\\b(?:horen|erhalten|bekommen|empfangen|lesen|zuschicken|zusenden|schicken|senden)\\b",
      "\\blassen? (?:sie )?(?:mich|uns) (?:bitte |endlich |doch )*in (?:ruhe|frieden)\\b",
      "\\b(?:widerspreche|widerspruch|widerrufe)\\b|\\bloschung\\b|\\beinwilligung\\b.*\\bzuruck\\b",
    ].join("|"),
  ),
  refusedRequests:
    /\bin (?:den|die|ihren|ihre|das|eure|euren)\b.{0,25}\b(?:verteiler|liste|datenbank|kartei|newsletter)\b.{0,15}\b(?:auf|aufnehmen|eintragen|ein)\b|\bnicht (?:abmelden|abbestellen|austragen|loschen|entfernen|streichen|aufhoren|von der liste|aus dem verteiler|vom verteiler)\b|\b(?:loschen|entfernen|streichen|nehmen|melden|horen) (?:sie )?(?:mich |uns |meine \w+ )?(?:bitte )?nicht\b|\bwarum\b/,
  stems:
    /^(?:losch|loesch|geloscht|entfern|streich|gestrich|abmeld|abgemeld|abbestell|austrag|ausgetrag|abzumeld|kontaktier|anschreib|angeschrieb|schreib|geschrieb|mail|gemail|schick|geschick|send|gesend|gesand|zusend|zugesand|zuschick|widerspr|widerruf|einwillig|unterlass|unterlasst|belastig|kontaktaufnahm|erhalt|bekomm|empfang|bitt|bat|forder|aufforder|verlang|wunsch|mocht|verschon|nerv|daten|werb|zustimm|genehmig|speicher|nutz|verarbeit|einstell|aufhor|news?letter)\w*$/,
  vocabulary: splitWordList(`
    dsgvo art artikel abs gemass gemaess vierte erneut nett grund
    ab abbestellen abbestellung abmelden abmeldung abzubestellen abzumelden adress adressbuch
    adressdaten adresse adressen adressliste alle allen aller als an anbei anfragen angebote
    angeschrieben anmailen anschreiben anschrift ansonsten anzuschreiben art auch auf auffordern
    aufforderung aufgrund aufhoren aufzuhoren aus ausdrucklich ausschliesslich austragen auszutragen
    automatisch automatische automatischen beenden behelligen behelligt bei bekomme bekommen
    belastigen belastigt belastigung belastigungen bereits bestatige bestelle bestellen betreffend
    bezuglich bin bitte bitten bitter breitere bzw da damit dann daran darum das dass daten
    datenbank davon dazu dem den denn der derartige derartigen derartiger deren des die dies
    diesbezuglich diesbezugliche diese dieselbe diesem diesen dieser dieses direkt doch dringend du
    e-mail e-mail-adresse e-mail-liste e-mailadresse e-mails eben eigentlich ein einem einen einer
    eines einfach einige einmal einstellen einverstanden email email-adresse email-liste
    email-verteiler emailadresse emails empfangen endgultig endlich entferne entfernen entfernt
    entsprechend er erbitte erhalte erhalten erneut erwunscht es etwas euch euer eure eurem euren
    eurer ferner fins firma fortan fr frau freundlich freundlicherweise frieden fur ganz ganzlich
    gebe geben gelistet geloscht genommen gern gerne gesamt gesamten geschickt gesendet gespeichert
    gespeicherten gestrichen gewunscht gleich grunde grunden guten hab habe haben hallo hatte hatten
    haus hause hauses heraus herausgenommen herausnehmen herr herrn herunter hiermit hochst hoffe
    hoflich hor hore horen hr ich ihnen ihr ihre ihrem ihren ihrer ihrerseits ihres im immer
    immobilie immobilien in jede jedem jeden jeder jegliche jeglichem jeglichen jeglicher jemand
    jenes jetzt kartei kein keine keinen keinerlei komplett konnen konnte konnten kontakt
    kontaktaufnahme kontaktaufnahmen kontaktdaten kontakte kontakten kontaktiere kontaktieren
    kontaktiert kontaktliste kontaktversuch kontaktversuche kriege kundigen kunftig kunftige
    kunftigen langer lass lassen lastig leider lesen letzte letztes letztmalig liste listen loesche
    loeschen losche loschen mail mail-verteiler mailadresse mailen mailing mailingliste mailings
    mails mailverteiler mal man manche mehr mein meine meinem meinen meiner meinerseits meines melde
    melden mich mir mit mitteilungen mochte mochten moglich moglichst muss nachricht nachrichten
    name namen nehme nehmen nein nerven nervt newsletter newslettern newsletters nicht nichts nie
    niemals nimm noch nochmal nun nur nutzen nutzung oder ohne passende personenbezogenen
    personliche personlichen post privat raus rausnehmen ruhe runter runternehmen schicken schluss
    schmeissen schnellstmoglich schon schreib schreibe schreiben sehr sei seien sein seit seitens
    selbst senden serie sich sie so sofort sofortiger solche solchen solcher solches soll sollen
    sollten sonst sowie spam speichern speicherung standig stelle stellen stop stopp stoppe stoppen
    streich streiche streichen system tag trage tragen tun ubersenden um umgehend unangeforderte
    unaufgefordert unaufgeforderte unaufgeforderten unbedingt und und/oder unerwunscht unerwunschte
    unerwunschten uns unser unsere unsubscribe unterlassen unternehmen unverzuglich usw verarbeitung
    verkauf verkaufen verkaufs verlange vermarktung verschonen verschont verteiler verteilerliste
    verwendung verzichte verzichten viel viele vollstandig vom von wahr ware waren was weg wegen
    weiter weitere weiteren weiterer weiterhin welche werbe werbeliste werbemails werbezwecken
    werbliche werblichen werbung werde werden werfen widerrufe widerspreche widerspruch wieder will
    wir wird wirklich wirkung wollen wunsche wunschen wurde wurden xaddress zeit zu zudem zugesandt
    zugestimmt zukommen zukunft zukunftig zukunftige zukunftigen zum zur zuruck zusatzlich
    zuschicken zuschriften zusenden zusendung zusendungen`),
  roundabout: germanRoundaboutRequests,
  plain: germanPlainRequests,
  silence: germanSilenceRequests,
  explicit: new RegExp(
    `\\b(?:einwilligung|daten|mich|uns|mir|meine|meinen|ich|wir|${list}|${mail}|xaddress)\\b`,
  ),
  unmistakable:
    /\bwiderspr(?:eche|uch)\b.*\b(?:daten|werbung|werbezwecken|nutzung|verwendung|verarbeitung)\b|\b(?:schreiben|kontaktieren|mailen|belastigen) (?:sie )?(?:mir|mich|uns) (?:bitte )?(?:nicht|nie) (?:mehr|wieder|weiter)\b|\b(?:aus|von|vom) (?:ihrem|ihrer|dem|der|diesem|allen) (?:\w+ )?(?:verteiler|liste|mailingliste|verteilerliste|adressliste|newsletter|datenbank)\b.*\b(?:nehmen|loschen|streichen|entfernen|austragen|gestrichen|geloscht|entfernt|raus)\b|\b(?:nehmen|streichen|loschen|entfernen|tragen) sie (?:mich|uns|meine \S+)\b.*\b(?:verteiler|liste|mailingliste|datenbank|datei|newsletter|aus)\b|\bkeine (?:weiteren )?(?:e-?mails?|mails?|nachrichten|werbung|schreiben|zuschriften)(?: mehr)?(?: von ihnen)?(?: (?:erhalten|bekommen|zu erhalten|empfangen|haben))\b|\b(?:gebeten|gesagt|aufgefordert|geschrieben)\b.*\b(?:aufzuhoren|aufhoren|zu unterlassen|in ruhe zu lassen|abzumelden|zu loschen)\b|\bnicht mehr (?:von ihnen )?(?:angeschrieben|kontaktiert|belastigt|anzuschreiben|zu kontaktieren)\b|\bmeine (?:\w+ )?(?:daten|e-?mail-?adresse|adresse|mailadresse) (?:\w+ ){0,4}(?:zu )?(?:loschen|entfernen)\b/,
  emails: new RegExp(
    `\\b(?:mich|mir|uns|meine|meinen|ich|wir)\\b.*\\b(?:${list}|${mail})\\b|\\b(?:${list}|${mail})\\b.*\\b(?:mich|mir|uns|meine|meinen|ich|wir)\\b`,
  ),
  asides:
    /^(?:wie (?:geht|mache ich|funktioniert) (?:das|es)|(?:ich|wir) (?:habe |haben )?(?:schon |bereits )?(?:nein|es schon) gesagt.{0,15}|(?:wenn|falls|sollten) (?:ich |wir )?(?:jemals |mal |doch |je )+verkauf.{0,40}|(?:hallo|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[r]?|moin|servus|gruss gott|hi|hey)\b.{0,50}|(?:vielen |besten |herzlichen |schonen )?dank\b.{0,40}|danke\b.{0,40}|(?:mit |viele |beste |liebe |schone |freundlichen? |herzliche )*(?:freundlichen )?(?:grussen?|gruessen?)\b.{0,40}|(?:mfg|lg|vg)(?: .{0,30})?|gruss\b.{0,30}|hochachtungsvoll|nein|nein danke|bitte|tschuss|schonen tag(?: noch)?|alles gute.{0,20}|mehr nicht|das (?:ist|reicht).{0,30}|es reicht.{0,20}|tut mir leid.{0,20}|sorry)$|\b(?:kein|keinerlei|nicht) (?:\w+ )?(?:interesse|interessiert|verkaufen|verkauft|verkaufsabsicht(?:en)?|zum verkauf|zu verkaufen|umziehen)\b|\bwoher haben sie\b|\b(?:nie|nicht|niemals) (?:\w+ )?(?:angemeldet|zugestimmt|eingewilligt|bestellt|angefordert|gegeben|eingetragen)\b|\b(?:anwalt|rechtlich|dsgvo|abmahnung|verbraucherzentrale|spam|belastigung|anzeige|datenschutz)\w*\b|\bmelde (?:ich )?mich\b|\bich melde mich\b|\bbestatigen\b|\bfalsche (?:person|adresse)\b|\b(?:woher|wie) (?:haben|kommen|sind) sie\b|\bwer hat ihnen\b|\bwas (?:daran|davon|ist daran)\b|^(?:verstanden|ist das klar|alles klar|nichts fur ungut.{0,20}|nix fur ungut.{0,20})$/,
  limits:
    /\b(?:ausser|sondern|wenn|falls|bis|stattdessen|lieber|jedoch|rufen? (?:sie )?|anrufen|ruf|telefon\w*|tauschen|andern|aktualisieren|treffen|besuch|besichtigung|ja|nutzen|verwenden sie|behalten|nur noch|andere adresse|neue adresse|neue e-?mail|schicken sie|senden sie|sagen sie|schreiben sie (?:an|mir|meine)|interessiert|was kostet|wie viel|wieviel|konnen sie|konnten sie|gerne mehr|vorerst|momentan|meldet euch|melden sie sich)\b/,
  times:
    /\b(?:januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende|fruhjahr|sommer|herbst|winter|mieter|mann|frau)\b/,
  conjunction: / (?:und|aber|weil|da|denn|also) /,
};
