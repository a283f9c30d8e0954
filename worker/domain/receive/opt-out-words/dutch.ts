import { type OptOutWords, splitWordList } from "./opt-out-words.ts";
import { dutchPlainRequests } from "./plain-requests.ts";
import { dutchRoundaboutRequests } from "./roundabout.ts";
import { dutchSilenceRequests } from "./silence.ts";

const me =
  "(?:mij|me|ons|mijn (?:naam|adres|e-?mail|e-?mailadres|mailadres|gegevens|account)|dit (?:adres|e-?mailadres|mailadres)|onze (?:gegevens|naam)|xaddress)";
const mail =
  "(?:e-?mails?|e-?mailtjes|mails?|mailtjes|mailings?|berichten|berichtjes|nieuwsbrief|nieuwsbrieven|reclame|post|spam|aanbiedingen|lijst|contact|benaderd|gemaild|contacteren|horen|informatie)";

export const dutchOptOutWords: OptOutWords = {
  requests: new RegExp(
    [
      "\\b(?:uitschrijven|afmelden|uit te schrijven|af te melden|uitgeschreven|afgemeld|uitschrijving|afmelding|unsubscribe|uitschijven)\\b",
      `\\b(?:schrijf|meld|schrijven|melden|schrijft|meldt)\\b.*\\b(?:mij|me|ons)\\b.*\\b(?:uit|af)\\b`,
      `\\b(?:verwijder|haal|hal|schrap|wis|gooi)\\w*\\b.*\\b(?:${me}|lijst|lijsten|mailinglijst|maillijst|bestand|uw bestand|adressenbestand|database|klantenbestand)\\b`,
      `${me}\\b.*\\b(?:verwijderen|verwijderd|te verwijderen|halen|te halen|schrappen|afhalen|weghalen|wissen|verwijder|gehaald|geschrapt|af)\\b`,
      "\\b(?:stop|stoppen|hou|houd|hou op|houd op|houdt|kap|ophouden|stopt) (?:u |je |jullie |alsjeblieft |aub |nu |eens |onmiddellijk |direct )*(?:met|op met|op|nou met)? ?(?:het )?(?:e-?mailen|mailen|sturen|schrijven|spammen|contacteren|lastigvallen|contact|benaderen|mij|me|ons|deze|die|dit|al|uw|jullie|versturen)\\b",
      "\\b(?:mail|e-?mail|schrijf|contacteer|benader|stuur|bericht|mailt|stuurt|spam|neem|val) (?:u |je |jullie |alstublieft |aub |alsjeblieft )*(?:mij |me |ons |contact met mij |met mij )+(?:alstublieft |aub |alsjeblieft |alsjeblief |a\\.?u\\.?b\\.? |svp |meer )*(?:niet|nooit|geen|niks|niets)\\b",
      `\\b(?:geen|nooit|niet) (?:meer |verdere |nog meer |enkele |andere |dit soort |zulke |van deze |verder )*(?:e-?mails?|e-?mailtjes|mails?|mailtjes|mailings?|berichten|berichtjes|nieuwsbrieven|reclame|spam|post|contact)(?: meer)?\\b`,
      `\\b(?:niet|nooit|niets|niks) (?:meer|langer|verder|weer|opnieuw)\\b.*\\b(?:mailen|e-?mailen|schrijven|contacteren|benaderen|benaderd|gemaild|horen|ontvangen|sturen|contact|lastigvallen|lastiggevallen|krijgen|gecontacteerd|aanschrijven|aangeschreven|te benaderen|te mailen)\\b`,
      "\\b(?:wil|willen|wens|wensen|hoef|zou) (?:ik |wij |we )?(?:\\w+ )?(?:geen|niet langer|niet meer|niets meer|nooit meer)\\b.*\\b(?:ontvangen|krijgen|horen|hebben|e-?mails?|mails?|contact|berichten|benaderd|gemaild)\\b",
      "\\blaat (?:mij|me|ons) (?:\\w+ )?met rust\\b|\\bval (?:mij|me|ons) niet\\b",
      "\\bvan (?:deze|die|de|uw|jullie) (?:mailing|mail|e-?mail|adres|verzend)?-?lijst(?:en)? af\\b|\\b(?:bezwaar|toestemming in|abonnement op|zeg .* op)\\b",
    ].join("|"),
  ),
  refusedRequests:
    /\b(?:niet|nooit) (?:uitschrijven|afmelden|verwijderen|uit te schrijven|van de lijst|te verwijderen|stoppen|schrappen)\b|\b(?:verwijder|haal|schrijf|meld|schrap) (?:mij|me|ons) (?:\w+ )?niet (?:uit|af|van)\b|\bwaarom\b/,
  stems:
    /^(?:verwijder|uitschrij|uitgeschrev|inschrij|afmeld|afgemeld|schrap|geschrapt|wis|gewist|haal|halen|gehaald|stop|mail|gemail|e-?mail|contact|gecontact|benader|stur|stuur|verstur|gestuur|schrijv|schreef|lastig|ontvang|krijg|verzoek|wens|gebruik|verwerk|gegeven|toestemming|intrek|bezwaar|reclame|aanbied|nieuwsbrie|bericht|spam|geliev|berust)\w*$/,
  vocabulary: splitWordList(`
    avg grond basis artikel op gdpr maar
    a.u.b aan aanbiedingen aandringen aangeschreven aanhoudende aanmelding aanschrijft aanschrijven
    aanvragen abonnement absoluut account achter adres adresbestand adreslijst advertenties af
    afgemeld afhalen afmelden afmelding afmeldlink al alle allemaal alles alsjeblief alsjeblieft
    alstublieft altijd alvast ander anders aub automatisch automatische bedankt bedrijf beeindigen
    behoefte beide ben benader benaderd benaderen benaderingen benadert bent bericht berichten
    berichtjes bestand beste bezwaar bij binnen blijf blijft blijven bovenstaand bovenstaande
    commerciele contact contacteer contacten contacteren contactlijst daar daarbij daarom daaruit
    dan dank dat databank database de deed deel definitief dergelijke derhalve deur deze dhr die
    direct direkt distributielijst dit doe doen doet door doorsturen dringend dus e-mail e-mailadres
    e-mailbestand e-maillijst e-mails e-mailtjes echt een eens eerder eerste eigen eindelijk eis
    elkaar elke email emailadres emaillijst emails en enig enige er eraf ermee eruit ervan even ga
    gaan gaarne gaat gauw geachte gebruiken gecontacteerd gedaan gedoe geef geeft geen gegevens
    gegevensbestand gehaald geinformeerd gek gelijk gemaild geregeld geschrapt gestuurd geval
    gevallen gewenst gewoon gezonden goed goedendag gooi graag haal haalt had halen hallo heb hebben
    heeft heel heet hele helemaal hem hen het hier hierbij hiermee hieruit hiervoor hoe hoef hoeft
    hoi hoor horen hou houd houdt huis huizen hun i ieder iedere iemand iets ik in inclusief ineens
    informatie inmiddels inschreven inschrijving irritant irritante is je jij jou jouw jouwe jullie
    kan kantoor kap keer keren klant klanten klantenbestand kom komen komt krijg krijgen krijgt kun
    kunnen kunt laat laatste langer last lastig lastiggevallen lastigvallen lastigvalt laten lijkt
    lijst lijsten maak mag mail mailadres mailbestand mailbox mailcontact mailen mailing
    mailinglijst mailinglist mailings maillijst mails mailt mailtjes mailverkeer makelaar
    makelaardij makelaars maken manier marketing me mee meer meld melden meneer met meteen mevr
    mevrouw mezelf mij mijn mijne mijnheer moet moeten mogelijk mogelijke mogen naam naar
    nadrukkelijk namelijk neem nemen niemand niet niets nieuwe nieuwsbrief nieuwsbrieven niks nodig
    nog nogmaals nooit nota nou nu of om onderhand onderwerp ongevraagd ongevraagde ongewenst
    ongewenste onmiddellijk onnodig onnodige onroerend ons ontvang ontvangen onze ooit op ophoepelen
    ophouden opnemen opnieuw opt-out over pand per persoonlijk persoonlijke persoonsgegevens post
    prijs prijsstellen privacy reclame reclamemails reclames reeds registratie rust rustig s.v.p
    salesmails schrap schrappen schrijf schrijft schrijven serieus sinds slechts snel sommige soort
    sowieso spam spammen spoed spoedig steeds stel stellen stop stoppen stopt stopzetten straks
    sturen stuur stuurt svp systeem te tegen telkens tijd toch toe toegestuurd toegezonden toekomst
    toekomstige toestaan toesturen toestuurt toezenden tot tweede u uit uiteraard uitgeschreven
    uitschijven uitschrijf uitschrijven uitschrijving unsubscribe uw uwerzijds val van vanaf vandaag
    vastgoed veel vele verder verdere verkoop verkopen vermelden versturen verstuurt verteld
    vervelend vervelende verwijder verwijderd verwijderen verwijdering verwijdert verzenden
    verzending verzoek verzoeken verzoekt via volgende volledig voor voorgoed voortaan voorzien vorm
    vraag vragen vriendelijk vriendelijke waar waarin waarop waren was wat we weer weg weghalen
    welke wens wensen werd werkelijk weten wie wij wil wilde willen wilt wis wissen woning woningen
    word worden wordt xaddress zal zeg zelf zich zij zijn zo zoals zodat zonder zou zouden zowel zsm
    zulke zullen zult`),
  roundabout: dutchRoundaboutRequests,
  plain: dutchPlainRequests,
  silence: dutchSilenceRequests,
  explicit: new RegExp(
    `\\b(?:bestand|mij|me|ons|mijn|ik|wij|we|${mail}|mailinglijst|mailinglist|maillijst|e-?maillijst|xaddress)\\b`,
  ),
  unmistakable:
    /\b(?:mij|me|ons) (?:\w+ ){0,2}(?:niet|nooit) meer (?:te )?(?:mailen|e-?mailen|schrijven|contacteren|benaderen|sturen|aan te schrijven)\b|\b(?:stuur|mail|schrijf|contacteer|benader) (?:mij|me|ons)\b.*\b(?:niet|geen|nooit)\b.*\bmeer\b|\b(?:verwijder|haal|schrap|schrijf) (?:mij|me|ons|mijn \w+)\b.*\b(?:lijst|mailinglijst|bestand|database|mailinglist|systeem)\b|\b(?:mij|me|ons|mijn \w+)\b.*\b(?:van|uit) (?:uw|deze|jullie|de|je) (?:\w+ )?(?:lijst|mailinglijst|bestand|database|mailinglist|systeem)\b.*\b(?:halen|verwijderen|schrappen|af)\b|\b(?:geen|niet langer|niets) (?:\w+ ){0,3}(?:meer )?(?:te )?(?:ontvangen|krijgen)\b|\b(?:gevraagd|verzocht|gezegd)\b.*\b(?:te stoppen|op te houden|uit te schrijven|te verwijderen|met rust te laten)\b|\bmijn (?:\w+ )?(?:gegevens|e-?mailadres|mailadres) (?:\w+ ){0,4}(?:te )?(?:wissen|verwijderen)\b|\bbezwaar tegen\b/,
  emails:
    /\b(?:mij|me|ons|mijn|onze|ik|wij)\b.*\b(?:lijst|lijsten|mailinglijst|e-?mails?|mails?|berichten|bestand|database|nieuwsbrief|reclame)\b|\b(?:lijst|e-?mails?|mails?|berichten)\b.*\b(?:mij|me|ons)\b/,
  asides:
    /^(?:hoe (?:doe ik dat|werkt dat|gaat dat|moet dat)|(?:ik|we|wij) (?:heb|hebben|zei) (?:al |toch )?nee (?:gezegd)?.{0,15}|(?:als|mocht\w*) (?:ik|we|wij) (?:ooit|toch) .{0,50}|(?:hallo|hoi|beste|geachte|goede(?:n|n)?(?:dag|morgen|middag|avond)|goede (?:morgen|middag|avond)|dag|lieve)\b.{0,50}|(?:hartelijk |heel erg |alvast |vriendelijk )?(?:bedankt|dank|dank u|dank je|dankjewel|dankuwel)\b.{0,40}|(?:met )?(?:vriendelijke |hartelijke |beste )?groet(?:en|jes)?\b.{0,30}|mvg|gr|hoogachtend|nee|nee bedankt|nee dank (?:je|u)(?: wel)?|alstublieft|aub|alsjeblieft|svp|a|u|b|fijne (?:dag|avond).{0,15}|prettige dag.{0,15}|sorry.{0,20}|dit is (?:spam|ongewenst|de \w+ keer).{0,20}|genoeg.{0,15}|alvast)$|\b(?:geen|niet) (?:\w+ )?(?:interesse|geinteresseerd|belangstelling|verkopen|te koop|verhuizen|van plan te verkopen)\b|\bhoe kom(?:t|en) (?:u|je|jullie) aan\b|\b(?:nooit|niet) (?:\w+ )?(?:aangemeld|toestemming|ingeschreven|gevraagd|gegeven|opgegeven)\b|\b(?:advocaat|juridisch|avg|aangifte|klacht|autoriteit|spam|stalking)\w*\b|\bik neem (?:zelf )?(?:wel )?contact\b|\b(?:bevestig\w*)\b|\bverkeerde (?:persoon|adres)\b|\b(?:hoe|waar) (?:komt|komen|heeft|heb|hebben) (?:u|je|jullie) (?:aan|mijn)\b|\bwie heeft (?:u|jullie|je)\b|^(?:begrepen|is dat duidelijk|duidelijk|niets persoonlijks.{0,20})$/,
  limits:
    /\b(?:behalve|tenzij|maar wel|als|indien|totdat|liever|in plaats|echter|bel|bellen|telefo\w+|wijzig\w*|vervang\w*|afspraak|bezichtiging|ja|gebruik|houd mij op|alleen|ander adres|nieuw adres|andere e-?mail|nieuwe e-?mail|stuur (?:mij|me|het|de)|zeg|laat (?:het )?(?:mij|me) weten|mail (?:mij|me|hem|haar|naar)|hoeveel|wanneer|kunt u|kun je|voorlopig|op dit moment|wel geinteresseerd)\b/,
  times:
    /\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|voorjaar|zomer|najaar|herfst|huurders?|man|vrouw)\b/,
  conjunction: / (?:en|maar|want|omdat|dus) /,
};
