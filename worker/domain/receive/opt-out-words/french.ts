import { type OptOutWords, splitWordList } from "./opt-out-words.ts";
import { frenchPlainRequests } from "./plain-requests.ts";
import { frenchRoundaboutRequests } from "./roundabout.ts";
import { frenchSilenceRequests } from "./silence.ts";

const me =
  "(?:mon (?:nom|adresse|e-?mail|mail|adresse mail|adresse e-?mail|contact)|mes (?:coordonnees|donnees|informations)|cette adresse|notre (?:adresse|nom)|xaddress)";
const mail =
  "(?:e-?mails?|mails?|courriels?|messages?|courriers?|publicites?|pubs?|newsletters?|sollicitations?|communications?|spams?|listes?|offres?|nouvelles|rien|contacte[es]?|sollicite[es]?|propositions?|demarche[es]?|demarchages?)";

export const frenchOptOutWords: OptOutWords = {
  requests: new RegExp(
    [
      "\\b(?:cess\\w+|arret\\w+|stopp?\\w*) (?:tout|tous|toute|toutes) (?:vos |ces )?(?:envois?|contacts?|communications?|sollicitations?|mails?|messages?)\\b|\\bsuppression de (?:mes|mon|nos)\\b|\\bpas d'autres? (?:e-?mails?|mails?|messages?|courriels?)\\b|\\b(?:d'arreter|arreter|cesser) (?:de |d')(?:m'|me |nous )?\\w+|\\b(?:fichez|foutez|laissez|lachez)[- ](?:moi|nous)\\b(?: la paix)?|\\b(?:desabonn\\w+|desinscri\\w+|desinscrivez|unsubscribe)\\b",
      "\\b(?:retir|supprim|enlev|ray|efface|otez|sort|radi|exclu)\\w*[- ](?:moi|nous)\\b|\\b(?:me|nous|m'|m) ?(?:retir|supprim|enlev|ray|effac|oter|sortir|radi|exclu)\\w*\\b",
      `\\b(?:retir|supprim|enlev|ray|effac|otez|oter|radi)\\w*\\b.*\\b(?:${me}|listes?|fichiers?|base de donnees|bases de donnees|donnees)\\b`,
      "\\b(?:etre|sois|soyons) (?:retire|supprime|enleve|raye|desabonne|desinscrit|radie)\\w*\\b",
      "\\b(?:arretez?|cessez?|stoppez?|stop|arreter|cesser|finissez) (?:s'il vous plait |svp |immediatement |tout de suite )?(?:de |d'|avec |tous? |toutes? |ces |vos |les |l'|aux? )*(?:m'|me |nous |vos |ces |les )*(?:ecri\\w+|envo\\w+|contact\\w+|harcel\\w+|sollicit\\w+|mails?|e-?mails?|messages?|courriels?|spam\\w*|embet\\w+|demarch\\w+|derang\\w+|pub\\w*|import\\w+|ennuy\\w+|relanc\\w+)",
      "\\bne (?:(?:plus|pas|jamais|veuillez|voulez|surtout) )*(?:m'|me |nous |plus me |plus nous )+(?:plus |pas |jamais )?(?:ecri\\w+|envo\\w+|contact\\w+|sollicit\\w+|derang\\w+|adress\\w+|harcel\\w+|demarch\\w+|relanc\\w+|importun\\w+)(?: (?:plus|jamais))?\\b|\\bne (?:m'|me |nous )(?:ecrivez|contactez|envoyez|sollicitez|derangez|relancez|demarchez|importunez) (?:plus|jamais|pas|rien)\\b|\\bne (?:plus|pas|jamais) (?:etre |m'|me |nous )\\w+",
      `\\b(?:ne |n')(?:\\w+ )?(?:souhait\\w+|veux|voulons|desir\\w+|voudrais) (?:plus|pas|aucun\\w*|rien|en aucun cas|jamais)\\b.*\\b(?:${mail}|recev\\w+|entendre|contact\\w+)`,
      `\\b(?:ne )?(?:souhait\\w+|veux|voulons|voudrais|aimerais) (?:plus|ne plus)\\b.*\\b(?:recev\\w+|contact\\w+|sollicit\\w+|${mail})\\b`,
      `\\b(?:plus|pas) (?:de|d'|aucun) ?(?:ces |vos )?(?:e-?mails?|mails?|courriels?|messages?|pubs?|publicites?|spams?|sollicitations?|newsletters?)\\b(?: svp| s'il vous plait| merci)?`,
      "\\b(?:laissez|fichez|foutez)[- ](?:moi|nous) (?:tranquilles?|en paix|la paix)\\b",
      "\\b(?:annul\\w+|resili\\w+) (?:mon |l'|cet |notre )?(?:abonnement|inscription)\\b|\\bm'oppose\\b|\\bopposition\\b",
    ].join("|"),
  ),
  refusedRequests:
    /\bne (?:me |nous |m')?(?:desabonn\w+|desinscriv\w+|retir\w+|supprim\w+|enlev\w+) pas\b|\bne pas (?:me |nous |m')?(?:desabonn|desinscri|retir|supprim|enlev)|\bne (?:veux|souhaite) pas (?:me |etre )?(?:desabonn|desinscri|retir|supprim)|\bpourquoi\b|\bn'arretez pas\b/,
  stems:
    /^(?:m'|l'|d'|s'|n'|qu'|j'|t')?(?:desabonn|desinscri|retir|supprim|suppression|enlev|ray|effac|ot[eo]|sort|radi|exclu|arret|cess|stopp|ecri|envo|envoi|contact|harcel|sollicit|derang|relanc|importun|demarch|recev|recoi|recu|souhait|desir|demand|prie|pri|remerci|mail|e-?mail|courriel|messag|publicit|promotion|utilis|conserv|fich|lach|foutr?|oppos|donnees|inscri|abonn|refus|autoris|consent|spam)\w*(?:-(?:moi|nous|vous|les|la|le))?$/,
  vocabulary: splitWordList(`
    rgpd article art conformement loi cnil vertu
    a abonnement absolue absolument acharnement adresse adresser adresses adressez afin agence
    agences agent ai aimable aimablement aimerais aimerions ait aller alors annonces annuler annulez
    arret arrete arreter arreteriez arretez arretiez assez au aucun aucune aucuns aupres aurait
    auriez aussi autant automatique automatiques autre autres aux avais avec avez avoir base bases
    beaucoup bien bientot bon bonjour bonne bonsoir bref c'est ca car carnet ce cela celle celles
    ces cesse cesser cessez cessiez cet cette ceux chaque cher chere chez cible comme comment
    commercial commerciale commerciales commerciaux communication communications completement compte
    concernant constante contact contacte contactee contacter contacter-nous contactes contactez
    contactiez contacts coordonnees courriel courriels courrier courriers d d'adresses d'annonces
    d'aucun d'autres d'avance d'e-mail d'e-mails d'ecrire d'email d'emails d'envoi d'envoyer d'etre
    d'eviter d'ici d'informations d'inscription d'offres d'un d'une dans de definitivement deja
    demande demander demandons demarchage demarchages demarche demarcher demarchez depuis deranger
    derangez dernier derniere des desabonne desabonnee desabonnement desabonner desabonnes
    desabonnez desabonnez-moi desabonnez-nous desinscription desinscrire desinscrit desinscrite
    desinscrivez desinscrivez-moi desinscrivez-nous desire desirons desormais dessus deux diffusion
    diffusions directement dis distribution dit dites dits dois doit donc donnees dont dorenavant
    droit du durable e-mail e-mails ecrire ecris ecrivez effacer effacez effacez-moi effet
    electronique electroniques elle elles email emails embeter en encore enfin enlever enlevez
    enlevez-moi enlevez-nous entendre envoi envoie envois envoyer envoyez est et etait ete etes
    etions etre eux eviter exige exiger facon faire fait faites faut fichier fichiers fin fins fois
    font forme formellement freres futur futurs gens gentillesse grace gracieusement grand gre
    harcelement harceler harcelez honnetement ici il immediat immediatement immobilier immobiliere
    immobilieres immobiliers importuner importunez indesirable indesirables informations inscription
    insistez instamment interet inutile inutiles j j'aimerais j'exige jamais je jour jours jusque
    juste l l'abonnement l'adresse l'agence l'avenir l'ensemble l'envoi l'inscription l'objet
    l'usage l'utilisation la ladite laisser laissez laissez-moi laissez-nous lassitude le lequel les
    lesquels leur leurs liste listes lors lui m m'adresser m'adressez m'avez m'ecrire m'ecrivez
    m'ecriviez m'embeter m'en m'enlever m'ennuyer m'envoie m'envoyer m'envoyez m'envoyiez m'etre
    m'importuner m'ont m'oppose m. ma madame mail mailing mailings mails maintenant maison marketing
    marre me meme mentions merci mes message messages mettez mettre mieux mlle mme moi moment mon
    monde monsieur mr n n'ai n'ecrivez n'en n'envoyez n'est ne necessaire net newsletter newsletters
    nom nombreux non nos notamment notre nous nouvelles objet offres on ont opposition oter otez
    otez-moi ou paix par pareil pareils parler part partir parvenir pas personnel personnelle
    personnelles peut peux plait plus plusieurs possible pour pourrait pourriez pourriez-vous pouvez
    pouvez-vous prendre present preuve prevoir prie proceder prochain promotionnels promotions
    propositions propriete prospect prospecter prospection prospects pub publicitaire publicitaires
    publicite publicites pubs qu qu'elle qu'il qu'on quand que quelconque quelle quelles quelque
    quels qui quitter quoi radier radiez radiez-moi rapidement raye rayer rayez rayez-moi rayez-nous
    reception recevais recevoir recevons recois refuse refusons regulierement reiteree relancer
    relancez remercie rendre repertoire repeter resilier retire retiree retirer retirez retirez-moi
    retirez-nous rien s'il sa sais sans se sera serais serait seriez serions seront ses seul si sien
    simplement soient soit solicitation sollicitation sollicitations sollicite sollicitee solliciter
    sollicitez son sorte sortes sortez sortez-moi souhaite souhaiter souhaiterais souhaitons
    souscrit spam spammer spams stop stop-pub stopper stoppez stp suis suite sujet supprime
    supprimee supprimer supprimes supprimez supprimez-moi supprimez-nous sur surtout svp t'ecrire
    t'envoyer ta tas te tel telles tels tes ton totalement toujours tous tout toute toutes
    tranquille tranquilles tranquillite tres trop trouve tu type un une unsubscribe urgence urgent
    usage utilisation utiliser va vais venant vendre venir vente vers veuillez veux vite voici vos
    votre voudrais voulez vouloir voulons vous vraiment xaddress y`),
  roundabout: frenchRoundaboutRequests,
  plain: frenchPlainRequests,
  silence: frenchSilenceRequests,
  explicit: new RegExp(`\\b(?:me|moi|nous|mon|mes|je|m'\\w+|${mail}|xaddress|abonnement|inscription)\\b`),
  unmistakable:
    /\bne (?:plus|pas) (?:jamais )?(?:m'|me |nous )(?:ecri\w+|contact\w+|envoy\w+|sollicit\w+|adress\w+|derang\w+|relanc\w+)\b|\bne (?:m'|me |nous )(?:ecrivez|contactez|envoyez|sollicitez|derangez|relancez) (?:plus|jamais)\b|\b(?:retir|supprim|enlev|ray|effac|desinscri|radi)\w*(?:[- ](?:moi|nous))? (?:\w+ ){0,4}(?:de|des|du) (?:votre|vos|cette|ce|la|toutes) (?:\w+ )?(?:listes?|fichiers?|bases?|mailing|diffusion|contacts)\b|\b(?:arretez|cessez|arreter|cesser) de (?:m'|me |nous )(?:ecrire|contacter|envoyer|solliciter|harceler|relancer|demarcher|deranger)\b|\b(?:souhait\w+|veux|voulons|desir\w+) (?:plus|ne plus|pas) (?:\w+ )?(?:recevoir|etre (?:contact|sollicit|demarch)\w+|avoir de vos nouvelles)\b|\bprefer\w+ ne (?:plus|pas) (?:recevoir|etre (?:contact|sollicit)\w+)\b|\bdemand\w*\b.*\b(?:d'arreter|de cesser|d'etre (?:retire|desinscrit|supprime)\w*|la suppression|de me (?:retirer|desinscrire|supprimer))\b|\bm'oppose\b|\b(?:suppression|effacement) de (?:mes|nos) (?:donnees|coordonnees)\b/,
  emails:
    /\b(?:me|moi|nous|mon|mes|m'\w+|je)\b.*\b(?:listes?|e-?mails?|mails?|courriels?|messages?|fichiers?|base|donnees|publicites?|newsletters?)\b/,
  asides:
    /^(?:comment (?:faire|fait-on|je fais|dois-je faire|proceder|ca marche)|(?:j'ai |je vous ai )?(?:deja )dit non.{0,15}|si (?:un jour|jamais) (?:je|nous) (?:vend|change).{0,40}|(?:bonjour|bonsoir|cher|chere|salut|madame|monsieur|coucou)\b.{0,50}|(?:un grand |mille |tres )?merci\b.{0,50}|(?:bien |tres )?(?:cordialement|cdlt|bien a vous)\b.{0,30}|(?:sinceres |meilleures )?salutations\b.{0,40}|(?:veuillez|je vous prie) (?:agreer|recevoir|d'agreer)\b.{0,90}|non|non merci|svp|s'il vous plait|s'il te plait|bonne (?:journee|soiree|continuation)\b.{0,20}|desolee?.{0,20}|ca suffit.{0,20}|c'est (?:du spam|du harcelement|penible|trop).{0,20}|d'avance|par avance|pas merci)$|\b(?:pas|plus|aucun) (?:\w+ )?(?:interesse\w*|interet|a vendre|vend\w+|en vente)\b|\bne (?:souhait\w+|veux|voulons|compt\w+|desir\w+) (?:pas|plus) (?:vendre|demenager)\b|\b(?:comment|ou) (?:avez|vous)\b.*\b(?:obtenu|eu|trouve)\b|\bjamais (?:ete |donne |demande |souscrit |ete inscrit)|\bne me suis (?:jamais|pas)\b|\bn'ai (?:jamais|pas|rien) (?:demande|donne|souscrit|autorise|accepte)\b|\b(?:cnil|rgpd|avocat|plainte|juridique|harcelement|indesirable)\w*\b|\bje vous (?:contact|recontact|appel|ferai|rappel)\w*\b|\bconfirm\w+\b|\bmauvaise (?:personne|adresse)\b|\bqui vous a (?:donne|fourni)\b|\bd'ou (?:tenez|sortez|avez)\b|^(?:est-ce clair|c'est clair|compris|sans rancune.{0,20})$/,
  limits:
    /\b(?:sauf|excepte|a moins|si (?:vous|jamais|c'est|un|le|la)|jusqu|plutot|seulement|uniquement|appel\w+|telephon\w*|tel|remplac\w+|chang\w+|mettez a jour|rendez-vous|visit\w*|oui|utilisez|gardez|continuez|autre adresse|nouvelle adresse|autre e-?mail|nouvel\w* e-?mail|envoyez[- ]moi|ecrivez[- ](?:moi|lui|a)|dites[- ]moi|contactez[- ](?:moi|le|la|lui)|combien|quand|pouvez[- ]vous|pourriez[- ]vous|pour l'instant|pour le moment|interesse|interessee|par contre|cependant|toutefois)\b/,
  times:
    /\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|printemps|ete prochain|automne|hiver|avant|locataires?|mari|femme)\b/,
  conjunction: / (?:et|mais|car|parce que|donc|alors) /,
};
