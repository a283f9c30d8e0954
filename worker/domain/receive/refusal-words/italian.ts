import type { RefusalWords } from "./refusal-words.ts";

const theirs =
  "(?:il mio|la mia|i miei|il nostro|la nostra|i nostri|questo|questa|mio|mia|miei) (?:\\w+ )?(?:indirizzo|e-?mail|mail|nome|dati|numero|recapito|recapiti|contatto|contatti|posta)";

export const italianRefusalWords: RefusalWords = {
  refusals: new RegExp(
    [
      "\\b(?:non (?:e|sara) (?:sul mercato|cedibile)|non (?:siamo|sono) venditor\\w+|per nulla al mondo|nemmeno per (?:un milione|tutto l'oro)|neanche per (?:un milione|tutto l'oro)|neanche morto|a nessun costo|resta (?:di|in) famiglia|(?:e|sara) per (?:i miei|i nostri) (?:figli|nipoti)|casa di famiglia|(?:resteremo|restero|rimarremo|rimarro|intendiamo restare|vogliamo restare|invecchieremo|moriremo|moriro) (?:\\w+ )?(?:qui)?|proposta rifiutata|rifiut(?:o|iamo)|declin(?:o|iamo)|invadent\\w+|sfacciat\\w+|inopportun\\w+|mancanza di rispetto|che insistenza)\\b",
      "\\b(?:di|da) qui non (?:mi|ci)\\b|\\bnon (?:mi|ci) (?:muovo|muoviamo|sposto|spostiamo|muove|smuove)\\b",
      "\\bnon (?:\\w+ ){0,3}(?:interessat[oaie]|interessa|interessano|interessiamo)\\b(?! (?:affitt\\w*|l'affitto|comprar\\w*|acquist\\w*))|\\b(?:nessun|alcun|zero|senza) (?:\\w+ )?interesse\\b",
      "\\b(?:non|mai|nemmeno|neanche) (?:\\w+ ){0,5}(?:vender\\w*|vendo|vendiamo|vende|venderemo|vendita|traslocare|trasferir\\w*|andarcene|andar via|cedere|muover\\w*)\\b|\\b(?:nessuna|alcuna) intenzione\\b|\\bnon (?:e|sono) (?:\\w+ )?(?:in|messa in) vendita\\b|\\binvendibile\\b",
      "\\b(?:restiamo (?:qui|dove)|rimaniamo (?:qui|dove)|resto (?:qui|dove)|rimane in famiglia|resta in famiglia|stiamo bene (?:qui|dove)|teniamo la casa|casa per sempre|nemmeno per sogno|neanche per sogno|nemmeno morto|mai e poi mai|assolutamente (?:no|non)|non se ne parla|fuori discussione|per nessun motivo|a nessun prezzo|la risposta e no|gia detto|gia risposto|lasci(?:a|ate)?(?:mi|ci) (?:in pace|stare)|mi lasci in pace|ci lasci in pace|smett\\w+ di|non (?:insist\\w+|disturb\\w+|chied\\w+|perd\\w+ tempo|ho bisogno|abbiamo bisogno)|molestie|non (?:voglio|vogliamo|desidero|desideriamo) (?:\\w+ )?(?:agente|agenzia|agenzie|offerte|proposte|niente|nulla))\\b",
    ].join("|"),
  ),
  plainNoes:
    /^(?:no|no grazie|grazie no|grazie ma no|no la ringrazio|mai|assolutamente no|per niente|no no|no e (?:poi |ancora )?no|(?:ancora|sempre|di nuovo|certo che|e) no|non mi interessa|non ci interessa|passo|meglio di no|no mi dispiace)(?: (?:grazie|signora|signore|mille))?$/,
  reproaches: new RegExp(
    [
      `\\b(?:come|dove|da dove|chi|da chi) (?:\\w+ ){0,3}(?:ha|hai|avete|avuto|trovato|preso|ottenuto|dato|fornito|fa|avete avuto|conosce)\\b(?: \\w+){0,3}? (?:${theirs})\\b|\\bcome (?:mi|ci) (?:ha|avete|hai) trovat\\w+\\b`,
      "\\bperche (?:mi|ci) (?:scriv\\w+|contatt\\w+|mand\\w+|disturb\\w+)\\b|\\b(?:mai|non ho|non abbiamo) (?:\\w+ )?(?:autorizzat\\w+|chiest\\w+|richiest\\w+|dato il|iscritt\\w+|acconsentit\\w+)\\b",
    ].join("|"),
  ),
  lookalikes:
    /\bnon e (?:\w+ ){1,4}(?:che|a) vend\w*\b|\bnon (?:e che|solo|sono sicur[oa]|siamo sicuri|c'e (?:problema|fretta)|dico che|escludo|escludiamo|sono contrari[oa]|siamo contrari|ho detto|abbiamo fretta|ancora)\b|\bnon (?:ero|eravamo|mi interessava)\b|\b(?:vicin[oaie]|inquilin[oaie]|acquirent\w+|banca|amic[oaie]|amici)\b.*\bnon\b|\bnon (?:\w+ ){0,5}(?:per meno|sotto|a un (?:investitore|costruttore)|senza|prima|i mobili|l'auto|affitt\w*)\b/,
  openings:
    /\b(?:forse|magari|puo darsi|eventualmente|un giorno|piu avanti|piu tardi|in futuro(?= (?:si|potremmo|forse))|non ancora|per ora|a meno che|salvo che|dipende|fino (?:a|al|alla|in) (?!oggi|adesso|ora)|prima (?:di|del|della|che)|quando (?:avremo|avro|finiremo|troveremo|il|la)|se (?:il prezzo|(?:mi|ci) (?:offr\w+|da\w*)|trov\w+|lei (?:ha|puo)|avete|qualcuno)|(?:mi|ci) (?:chiami|chiamate|telefoni|scriva|riscriva|ricontatti|contatti|mandi|invii|dica|faccia sapere)|chiam(?:ami|ateci|atemi)|risentiamoci|sentiamoci|quanto|che prezzo|qual e|(?<!non )(?:mi|ci) interessa(?:no|rebbe)?|(?<!non (?:\w+ )?)(?:sono|siamo|sarei|saremmo) (?:\w+ )?interessat[oaie]|vorrei|vorremmo|mi piacerebbe|ci piacerebbe|potrebbe(?:ro)?|potremmo|puo (?:dirmi|mandarmi|chiamarmi|inviarmi)|consider(?:erei|eremmo|iamo|o)|buona offerta|buon prezzo|prezzo giusto|l'anno prossimo|il (?:prossimo|mese prossimo)|la (?:prossima|settimana prossima)|in (?:primavera|estate|autunno|inverno)|(?:a|in|dopo) (?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)|(?:tra|fra) (?:un|uno|due|tre|quattro|cinque|qualche|\d+) (?:anno|anni|mese|mesi|settimana|settimane)|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|altra (?:casa|proprieta)|(?:puo|potrebbe|possiamo|potremmo) (?:\w+ )?(?:parlar\w*|discuter\w*|trattar\w*)|trattabile|troppo basso|troppo poco)\b/,
  courtesies:
    /^(?:(?:ciao|salve|buon(?:giorno|asera|pomeriggio)|gentile|gentilissim[oaie]|egregio|cara|caro|spett\w*)\b.{0,50}|(?:mille |tante |molte )?grazie\b.{0,60}|(?:cordiali |distinti |cari )?saluti\b.{0,40}|cordialmente.{0,30}|buona (?:giornata|serata|fortuna).{0,30}|mi (?:dispiace|spiace).{0,20}|scusi.{0,20}|arrivederci|in bocca al lupo.{0,20}|la ringrazio.{0,60}|vi ringrazi\w+.{0,60})$|\b(?:se|qualora) (?:\w+ ){0,4}(?:cambi\w+|mai|un giorno)\b|\b(?:la|vi|ti) (?:contatter\w+|chiamer\w+|ricontatter\w+|faremo sapere|faro sapere|terremo|terro)\b|\b(?:cambi\w+|cambiare) idea\b/,
};
