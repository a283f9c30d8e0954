import type { RefusalWords } from "./refusal-words.ts";

const theirs =
  "(?:mon|ma|mes|notre|nos|cette|cet|ce) (?:\\w+ )?(?:adresse|e-?mail|mail|courriel|nom|noms|coordonnees|numero|donnees|informations?|contact)";

export const frenchRefusalWords: RefusalWords = {
  refusals: new RegExp(
    [
      "\\b(?:on|je|nous) (?:ne )?(?:bouge|bougeons|bougera|bougerons|bougerai|pars|partons|partirai|partirons|quitte|quittons) (?:pas|jamais)\\b|\\bpersonne ne (?:me|nous) (?:fera|delogera|sortira)\\b",
      "\\b(?:pas|plus|aucunement|nullement|guere|jamais) (?:\\w+ ){0,3}(?:interesse(?:e|s|es)?)\\b(?! par (?:la |une |l')?(?:location|louer|achat))|\\binteress\\w+ (?:pas|plus|aucunement|nullement)\\b|\\b(?:aucun|nul|sans|pas d'|pas le moindre) ?interet\\b",
      "\\b(?:pas|plus|jamais|aucunement|nullement) (?:\\w+ |l'|d'){0,6}(?:vendre|vend|vendons|vendrons|vendrai|vente|demenager|partir|bouger|ceder|separer)\\b|\\bvend\\w* (?:pas|plus|jamais)\\b|\\bdemenag\\w+ (?:pas|plus)\\b|\\baucune (?:envie|intention)\\b|\\bpas (?:a vendre|a la vente|en vente)\\b|\\bpas l'intention\\b",
      "\\b(?:nous restons|je reste|on reste|nous y restons|reste dans la famille|restera dans la famille|finir (?:mes|nos) jours|tres bien (?:ici|chez nous|ou nous sommes)|heureux (?:ici|chez nous|dans)|garder (?:la|notre|ma) maison|gardons (?:la|notre)|(?:laissez|foutez)(?:-| )(?:moi|nous) (?:\\w+ )?(?:tranquilles?|en paix|la paix)|arretez de (?:demander|insister|harceler|solliciter|deranger)|n'insistez|inutile d'insister|inutile de|ne (?:me|nous) (?:derangez|sollicitez|demandez|relancez)|harcelement|demarchage|sollicitations?|hors de question|jamais de la vie|en aucun cas|certainement pas|absolument pas|surtout pas|c'est non|reponse est non|deja dit|deja repondu|deja refuse|ne perdez pas|n'avons (?:pas|nul|aucun) besoin|n'ai (?:pas|nul|aucun) besoin|je decline|nous declinons|sans suite)\\b",
    ].join("|"),
  ),
  plainNoes:
    /^(?:non|non merci|merci non|non merci beaucoup|merci mais non|jamais|pas du tout|sans facon|non non|(?:encore|toujours|mille|et|cent) (?:fois )?non|que non|non et (?:encore )?non|non c'est non|surtout pas|non je vous remercie|pas interesse|laissez tomber|non desole)(?: (?:merci|madame|monsieur|beaucoup))?$/,
  reproaches: new RegExp(
    [
      `\\b(?:comment|ou|d'ou|qui|par qui|de qui) (?:\\w+[ -]){0,4}(?:eu|obtenu|trouve|recu|recupere|procure|donne|transmis|vendu|tenez|vient|viennent|avez|connaissez|fourni|communique)\\b(?:[ -]vous)?(?: \\w+){0,3}? (?:${theirs})\\b|\\bd'ou (?:tenez|sortez|connaissez)(?: |-)vous\\b|\\bcomment (?:m'avez|nous avez)(?: |-)vous (?:trouve|connu|contacte)\\w*`,
      "\\bpourquoi (?:m'|me |nous )(?:ecri|contact|envoy|sollicit|derang)\\w+|\\bpourquoi (?:m'ecrivez|me contactez)\\b|\\b(?:jamais|pas) (?:\\w+ )?(?:donne|autorise|demande|consenti|inscrit|sollicite)\\w*\\b",
    ].join("|"),
  ),
  lookalikes:
    /\bce n'est pas (?:\w+ ){1,4}qui\b|\bpas (?:que|seulement|sur[es]?|certaine?s?|contre|oppose\w*|presse\w*|de (?:probleme|souci)|encore|dit|exclu)\b|\b(?:etait|etais|etions|n'avais|n'avions) (?:\w+ )?pas\b|\b(?:voisins?|voisine|locataires?|acheteurs?|banque|amis?)\b.*\b(?:pas|jamais|plus)\b|\bpas (?:\w+ ){0,4}(?:a moins|en dessous|sans|avant|a un (?:promoteur|investisseur)|les meubles|la voiture|louer|location)\b/,
  openings:
    /\b(?:peut-etre|eventuellement|un jour|plus tard|pas encore|pour l'instant|pour le moment(?= (?:nous attendons|j'attends))|a moins que|sauf si|cela depend|ca depend|tout depend|jusqu'(?:a|au|en) (?!present|ma mort)|avant (?:le|la|l'|de|que|\d)|quand (?:les|nous|le|j')|si (?:le prix|vous (?:avez|pouvez|proposez|offrez|connaissez|trouvez)|on|quelqu'un)|appelez|rappelez|telephonez|recontactez|recrivez|reecrivez|ecrivez(?:-| )(?:moi|nous)|contactez(?:-| )(?:moi|nous)|envoyez(?:-| )(?:moi|nous)|dites(?:-| )(?:moi|nous)|tenez(?:-| )(?:moi|nous)|combien|quel (?:est|serait|prix)|quelle (?:est|serait|estimation)|que vaut|(?:cela|ca|ceci) m'interesse|m'interesserait|je suis interesse|nous sommes interesses|je voudrais|nous voudrions|j'aimerais|nous aimerions|je serais|nous serions|pourriez(?:-| )vous|pouvez(?:-| )vous|envisag\w+ (?:une|de|la)|reflechi\w*|bonne offre|bon prix|offre serieuse|l'annee prochaine|l'an prochain|le mois prochain|la semaine prochaine|au printemps|en (?:ete|automne|hiver|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)|dans (?:un|une|deux|trois|quatre|cinq|quelques|\d+) (?:ans?|annees?|mois|semaines?)|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|autre (?:maison|bien|appartement)|(?:peut|pouvons|pourrait|pourrions) (?:\w+ )?(?:parler|discuter|negocier)|negociable|trop bas|trop peu)\b/,
  courtesies:
    /^(?:(?:bonjour|bonsoir|cher|chere|madame|monsieur|salut)\b.{0,50}|(?:grand |mille |un grand )?merci\b.{0,60}|(?:bien |tres |meilleures |sinceres |cordiales )*(?:cordialement|salutations|a vous|sincerement)\b.{0,40}|bonne (?:journee|soiree|continuation|chance|fin).{0,30}|desole\w*.{0,20}|au revoir|respectueusement.{0,20}|veuillez (?:agreer|recevoir).{0,80}|je vous (?:remercie|souhaite).{0,60}|nous vous (?:remercions|souhaitons).{0,60})$|\bsi (?:\w+ ){0,4}chang\w+\b|\b(?:nous|je) (?:vous )?(?:contacterons|contacterai|recontacterons|recontacterai|appellerai|appellerons|ferons signe|ferai signe|reviendrons|reviendrai)\b|\bsi (?:un jour|jamais)\b/,
};
