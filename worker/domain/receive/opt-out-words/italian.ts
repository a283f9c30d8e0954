import { type OptOutWords, splitWordList } from "./opt-out-words.ts";
import { italianPlainRequests } from "./plain-requests.ts";
import { italianRoundaboutRequests } from "./roundabout.ts";
import { italianSilenceRequests } from "./silence.ts";

const me =
  "(?:il mio (?:nome|indirizzo|contatto|nominativo|indirizzo e-?mail|indirizzo mail)|la mia (?:e-?mail|mail)|i miei (?:dati|contatti|recapiti)|il nostro (?:indirizzo|nome)|quest[oa] (?:indirizzo|e-?mail|mail)|xaddress)";
const mail =
  "(?:e-?mails?|mail|messaggi|messaggio|comunicazion[ei]|newsletter|pubblicita|lista|mailing|posta|spam|offerte|contattat[oaie]|contattarmi|promozioni|nulla|notizie|niente)";

export const italianOptOutWords: OptOutWords = {
  requests: new RegExp(
    [
      "\\b(?:disiscri\\w+|disinscri\\w+|cancellarmi|cancellami|cancellatemi|cancellateci|cancellarci|mi cancelli|mi cancelliate|unsubscribe|disdire|disdico|disdetta)\\b",
      "\\b(?:rimuov|togli|toglie|elimin|cancell|escludet|depenn)\\w*(?:mi|ci|temi|teci|rmi)\\b|\\b(?:mi|ci) (?:rimuov|togl|tolg|elimin|cancell|esclud)\\w*\\b",
      `\\b(?:rimuov|togl|tolg|elimin|cancell|depenn)\\w*\\b.*\\b(?:${me}|list[ae]?|elenco|elenchi|database|rubrica|indirizzario|dati)\\b`,
      "\\b(?:cancellazione|rimozione|eliminazione|disiscrizione)\\b",
      "\\b(?:smett|smetta|smetti|finit|finisc|basta|cess|piant)\\w*(?:la|tela|etela)? (?:subito |immediatamente |per favore |di grazia )?(?:di |con |le |queste |con le |con queste )*(?:scriver\\w*|inviar\\w*|mandar\\w*|contattar\\w*|disturbar\\w*|spam\\w*|e-?mail|mail|messaggi|spedir\\w*|pubblicita|tormentar\\w*|assillar\\w*)",
      "\\bnon (?:mi |ci |voglio che mi |voglio |desidero |vogliamo )*(?:piu )?(?:scriv\\w+|invi\\w+|mand\\w+|contatt\\w+|disturb\\w+|spedit\\w*|spedisc\\w*|assillat\\w*)\\b",
      `\\bnon (?:\\w+ )?(?:voglio|vogliamo|desidero|desideriamo|vorrei|gradisco|intendo|sono interessat[oa] a|autorizzo|acconsento) (?:piu |a )?(?:ricev\\w+|essere|avere|altr[ei]|quest[ei]|le vostre|sentir\\w*|che mi)\\b.*`,
      "\\b(?:niente|nessun[ao]?|basta|non piu|stop|mai) (?:piu |altr[aei]? |con (?:le |queste )?|alle |a |ulterior[ei] )?(?:e-?mail|mail|messaggi|messaggio|comunicazioni|comunicazione|newsletter|pubblicita|spam)\\b",
      "\\b(?:lasciatemi|lasciami|lasciateci|mi lasci|mi lasciate) (?:in pace|stare|perdere)\\b",
      "\\b(?:annull\\w+|disattiv\\w+|revoc\\w+) (?:la mia |l'|la |il mio |il )?(?:iscrizione|abbonamento|consenso)\\b|\\bmi oppongo\\b",
      "\\bessere (?:rimoss|cancellat|eliminat|tolt|disiscritt)[oaie]\\b",
    ].join("|"),
  ),
  refusedRequests:
    /\bnon (?:mi |ci |voglio |desidero |vorrei )*(?:cancell\w+|rimuov\w+|elimin\w+|togl\w+|tolg\w+|disiscriv\w+|essere (?:rimoss|cancellat|eliminat|tolt)\w*|smett\w+)\b|\bperche\b/,
  stems:
    /^(?:l'|d'|dell'|dall'|all'|un')?(?:disiscri|disinscri|cancell|rimuov|rimoss|rimozion|togli|tolg|tolt|elimin|esclu|depenn|smett|finit|cess|scriv|scritt|invi|mand|contatt|disturb|spedi|assill|tormen|ricev|ricez|desider|chied|chiest|preg|richie|autorizz|consens|acconsent|oppon|revoc|annull|iscri|mail|e-?mail|messagg|comunicaz|pubblicit|promozion|tratt|dat[io]|list[ae]|elenc|indirizz|gradisc|gradir|spam)\w*$/,
  vocabulary: splitWordList(`
    gdpr sensi ai artt art articolo regolamento base legge
    a abbia abbiamo abbiate abbonamento acconsento adesso affatto agente agenzia agenzie agli ai al
    alcun alcuna alcuni alcuno alla alle altra altre altri altro anche ancora annullare annullate
    annunci appena archivio assillarmi automatica automatiche automatici autorizzo aver avere avete
    aveva avrei avvisi basta bene bisogno buona buonasera buongiorno cancellami cancellarci
    cancellare cancellarmi cancellata cancellateci cancellatemi cancellato cancellazione cancelli
    cancelliate casa case cessare cessate cessi che chi chiederei chiedervi chiediamo chiedo ci
    ciascuna cio circa coi come commerciale commerciali completamente comprensione comunicazione
    comunicazioni comunque con consenso contattando contattarci contattare contattarmi contattata
    contattate contattatemi contattati contattato contatti contattiate contatto continua continuare
    continuate contrario cortese cortesemente cortesia cosa cose cui d'invio d'ora da dagli dai dal
    dall dall'archivio dall'elenco dall'indirizzario dalla dalla/e dalle dallo data database dati
    definitivamente degli dei del dell dell'indirizzo dell'invio della delle dello depennatemi
    desideriamo desidero dev'essere deve devo di diritto disattivare disdetta disdire disinscrivere
    disinscrivermi disinscrivetemi disiscriva disiscrivere disiscrivermi disiscrivetemi disiscrivi
    disiscrivimi disiscrizione disturbare disturbarmi disturbate disturbatemi dove dovete due e
    e-mail ecco ed effettuare elenchi elenco elimina eliminami eliminare eliminarmi eliminata
    eliminate eliminateci eliminatemi eliminato eliminazione elimini eliminiate email entro ero
    escludetemi esigo essa esse essere esso evitare evitate eviti fa faccia fare fate fatto favore
    fine fini finirla finitela forma fra futura future futuro genere gent.mo gente gentile gentili
    gentilmente gia gli gradirei gradiremmo gradisco grata grato gratuitamente grazie ha hai hanno
    ho i il immediata immediatamente immediato immobile immobili immobiliare immobiliari importunare
    importunarmi in indesiderata indesiderate indesiderati indesiderato indirizzario indirizzi
    indirizzo inoltre inondare inserita inserito insistente insistere insistete intendo interessa
    interesse inviando inviarci inviare inviarmi inviate inviatemi invierete invii invio iscrizione
    l l'elenco l'email l'indirizzario l'indirizzo l'invio l'iscrizione l'ultima la lasciami
    lasciarmi lasciate lasciateci lasciatemi le lei li list lista liste lo loro lui mai mail mailing
    mailinglist mandando mandarci mandare mandarmi mandate mandatemi mandato manderete mandi maniera
    marketing massimo me medesimo meglio mese messa messaggi messaggio messe mettere mezzo mi mia
    mie miei mio miriade modo molesti molto momento n ne nei nel nell nella nemmeno neppure nessun
    nessuna nessuno newsletter niente no noi nome nominativo non nostra nostro notizie nulla numero
    o offerte oggi ogni oltre oppongo oppure ora ovvero pace parte per perdere permanente
    permanentemente persona personali personalmente pertanto piacere piu pochi poi possibile posso
    posta poter potete potrei potreste pregare pregarvi pregati pregato pregherei prego presente
    prima privacy procedere promozionali promozione promozioni proposte propria proprieta proprio
    prossimo provvedere provvedete pubblicita pubblicitari pubblicitaria pubblicitarie pure qualche
    qualcuno quale quali qualsiasi qualunque quanto quella quelle quelli quello questa queste questi
    questioni questo qui ragione rapidamente recapiti registro revocare revoco ricevere riceverle
    riceviamo ricevo ricevute ricevuto ricezione richiedo richiesta richieste richiesto riguardanti
    riguardo rimossa rimosse rimossi rimosso rimozione rimuova rimuovano rimuovere rimuovermi
    rimuovete rimuoveteci rimuovetemi rimuovi rimuoviate rimuovimi rispettare rubrica sarebbe sarei
    sarete scocciare scocciatura scriva scrivendo scriverci scrivere scrivermi scrivete scrivetemi
    scrivi scrivono se seccatura seconda sempre sentire senza si sia siamo siano siete sig sig.ra
    signora signore simili sistema smetta smettere smettete smettetela smetti smettiate smettila
    solo sono sottoscritto spam spammare spedire spedirmi spedite sta stanca stanco stare stata
    state stato sto stop stufa stufo sua subito sue sui sul sull sulla sulle suo suoi tale tali
    tanto te tempo ti tipo togliate togliere togliermi togliete toglieteci toglietemi toglimi tolga
    tolgo tolta tolto tormentare totale tra tramite trattamento troppa troppe troppi tua tue tuo
    tuoi tutte tutti tutto ulterior ulteriore ulteriori ulteriormente ultima ultimo umanamente un
    una unico uno unsubscribe usare uso utilizzare utilizzo ve vendere vendita veramente verso vi
    via vita vogliamo voglio voi volentieri volete volta volte vorrei vorremmo vostra vostre vostri
    vostro xaddress`),
  roundabout: italianRoundaboutRequests,
  plain: italianPlainRequests,
  silence: italianSilenceRequests,
  explicit: new RegExp(
    `\\b(?:mi|ci|mio|mia|miei|voglio|desidero|vorrei|${mail}|\\w+(?:rmi|temi|teci|ami|imi)|iscrizione|xaddress)\\b`,
  ),
  unmistakable:
    /\bnon (?:mi|ci) (?:scriv\w+|contatt\w+|mand\w+|invi\w+|disturb\w+) (?:piu|mai piu)\b|\bnon (?:\w+temi|\w+teci|scrivermi|contattarmi|inviarmi|mandarmi|disturbarmi) (?:piu|mai piu)\b|\b(?:rimuov|togli|tolg|cancell|elimin)\w*(?:mi|ci)? (?:\w+ ){0,4}(?:dalla|dalle|dal|dai|dagli|dall'\w+) (?:\w+ )?(?:lista|liste|elenco|elenchi|database|mailing|contatti|rubrica|archivi)\b|\bnon (?:voglio|vogliamo|desidero|desideriamo|vorrei) (?:piu |piu di )?(?:ricever\w*|essere (?:contattat|disturbat)\w+)\b|\bprefer\w+ non (?:ricever\w*|essere contattat\w+)\b|\b(?:chiesto|detto|richiesto)\b.*\b(?:di smettere|di non scriver\w*|di cancellar\w*|di essere (?:cancellat|rimoss)\w+)\b|\b(?:cancellazione|rimozione|eliminazione) (?:immediata )?(?:dei miei|dei nostri|del mio|del nostro) (?:dati|indirizzo|nominativo|contatt\w+)\b|\bmi oppongo\b/,
  emails:
    /\b(?:mi|ci|mio|mia|miei|\w+(?:mi|ci))\b.*\b(?:list[ae]?|e-?mail|mail|messaggi|comunicazioni|database|elenc\w+|newsletter|pubblicita|rubrica|contatti)\b/,
  asides:
    /^(?:come (?:si fa|faccio|devo fare|posso fare)|(?:ho|abbiamo|ve l'ho) (?:gia )?(?:detto|detto gia) (?:di )?no.{0,15}|se (?:un giorno|mai|un domani) .{0,50}|(?:buongiorno|buonasera|salve|ciao|gentil[ei]|egregi[oa]|spett|car[oa]|buona (?:giornata|sera|serata)|buon giorno)\b.{0,50}|(?:molte |tante |mille )?grazie\b.{0,50}|(?:cordiali |distinti |tanti |un )?salut[oi]\b.{0,30}|cordialmente|distintamente|no|no grazie|per favore|per cortesia|mi (?:spiace|dispiace).{0,20}|scusi.{0,20}|anticipatamente|in anticipo|e spam.{0,20}|arrivederci|adesso basta|basta(?: cosi)?|ora basta)$|\bnon (?:\w+ )?(?:interessat[oaie]|interessa|interesse|vend\w+|in vendita|intenzione di vendere|trasfer\w+)\b|\bnessun interesse\b|\b(?:come|dove) avete\b|\bnon (?:mi sono|ho) mai\b|\bmai (?:\w+ )?(?:iscritt|dat|richiest|autorizzat)\w*\b|\b(?:avvocat|legal|gdpr|garante|denunci|privacy|molesti)\w*\b|\b(?:vi|la) (?:contatt|chiam|ricontatt)\w*\b|\bconferm\w+\b|\b(?:persona|indirizzo) sbagliat[oa]\b|\b(?:come|dove) avete\b|\bchi vi ha\b|^(?:e chiaro|chiaro|intesi|capito|senza rancore.{0,20})$/,
  limits:
    /\b(?:tranne|eccetto|salvo|se|finche|fino|piuttosto|invece|pero|chiam\w+|telefon\w*|sostitu\w+|cambi\w+|aggiorn\w+|appuntamento|visita|si|usate|usi|mantenete|altro indirizzo|nuovo indirizzo|altra e-?mail|nuova e-?mail|inviatemi|mandatemi|mi mandi|mi invii|scrivetemi|mi scriva|contattatemi|mi contatti|ditemi|mi dica|fatemi sapere|quanto|quando|potete|potrebbe|per ora|per il momento|solo|soltanto)\b/,
  times:
    /\b(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|primavera|estate|autunno|inverno|inquilin\w+|moglie|marito)\b/,
  conjunction: / (?:e|ed|ma|perche|quindi|poiche|percio) /,
};
