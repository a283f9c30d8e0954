import type { RefusalWords } from "./refusal-words.ts";

const theirs =
  "(?:mi|mis|nuestro|nuestra|nuestros|este|esta) (?:\\w+ )?(?:correo|e-?mail|mail|direccion|nombre|datos|numero|telefono|informacion|contacto)";

export const spanishRefusalWords: RefusalWords = {
  refusals: new RegExp(
    [
      "\\b(?:no (?:esta|estara|estan|saldra) (?:en|al|a la) (?:mercado|venta)|no (?:somos|soy) vendedor\\w*|ni (?:hablar|pensarlo|en broma|lo suene|de broma|regalad[oa])|por nada del mundo|a ningun precio|ni por (?:todo )?el oro|ni un millon|casa (?:de la )?familia(?:r)?|(?:es|sera) para (?:mis|nuestros) (?:hijos|nietos)|de aqui (?:al|me sacan|nos sacan)|morir(?:me|emos|nos)? (?:aqui|en esta)|rechaz\\w+|declino|declinamos|nos quedaremos|me quedare|se queda como esta|no hay venta)\\b|\\b(?:invasiv\\w+|intrusiv\\w+|descarad\\w+|falta de respeto)\\b",
      "\\bno (?:\\w+ ){0,3}(?:interesad[oa]s?|interesa|interesan|interesaria|interese)\\b(?! (?:alquil\\w*|rentar\\w*|arrend\\w*|comprar\\w*))|\\b(?:ningun|sin|cero|poco|no (?:tengo|tenemos|hay)(?: ningun)?) (?:\\w+ )?interes\\b",
      "\\b(?:no|nunca|jamas|tampoco) (?:\\w+ ){0,5}(?:vender\\w*|vendo|vendemos|vendera|venderemos|venta|mudar\\w*|mudamos|muevo|movemos|irnos|marcharnos|deshacer\\w*|desprender\\w*)\\b|\\b(?:sin|ninguna) intencion(?:es)? de vender\\b",
      "\\bno (?:me|nos) (?:mueve|mueven|muevo|movemos|saca|sacan|echa|echan|voy|vamos|marcho|marchamos|ire|iremos|mudo|va a (?:mover|sacar|echar)) (?:\\w+ )?(?:nadie|ni|ningun\\w*|nunca|jamas|de aqui)\\b|\\bde aqui (?:ya )?no (?:me|nos)\\b",
      "\\bno (?:se vende|esta (?:en|a la) venta|estan en venta|es de venta)\\b|\\bno (?:necesit\\w+|quier\\w+|dese\\w+) (?:\\w+ )?(?:agente|agentes|inmobiliaria|ofertas?|su ayuda|sus servicios|nada|ayuda)\\b",
      "\\b(?:nos quedamos|me quedo|vamos a quedarnos|pensamos quedarnos|quedarnos aqui|se queda en la familia|hogar para siempre|estamos (?:muy )?(?:felices|contentos|a gusto) (?:aqui|en|con)|ni (?:loco|loca|muert[oa]|por todo)|ni en suenos|por encima de mi cadaver|de ninguna manera|en absoluto|jamas|ya (?:le|les|te|se lo|os) (?:dije|dijimos|he dicho|respondi|conteste)|la respuesta es no|rotundamente|dej\\w+ de (?:insistir|preguntar|molestar)|no (?:insist\\w+|molest\\w+|pregunt\\w+)|dej\\w*(?:me|nos) en paz|acoso|no pierda\\w* (?:su|el) tiempo|no solicit\\w+)\\b",
    ].join("|"),
  ),
  plainNoes:
    /^(?:(?:ya (?:le|te|os|les) digo )?que no|(?:pues|claro que|por supuesto que|otra vez|de nuevo|no y|no es) no|no|no gracias|gracias pero no|no muchas gracias|muchas gracias pero no|nunca|jamas|para nada|no por favor|no senor|no senora|paso|no me interesa|no nos interesa|mejor no)(?: (?:gracias|por favor|senor|senora|senorita|hombre|mujer))*$/,
  reproaches: new RegExp(
    [
      "\\bquien (?:le|les|te|os) (?:\\w+ )?(?:paso|dio|facilito|vendio) (?:mi|mis|nuestr\\w+)\\b",
      `\\b(?:de donde|como|quien|donde) (?:\\w+ ){0,3}(?:sac\\w*|consig\\w*|consegu\\w*|obtuv\\w*|obten\\w*|tien\\w*|dio|dieron|encontr\\w*|facilit\\w*|llego|sabe\\w*)\\b(?: \\w+){0,3}? ?(?:${theirs}|me encontr\\w*|de mi|donde vivo)`,
      "\\bpor que (?:me|nos) (?:escrib\\w+|contact\\w+|manda\\w*|envi\\w+|molest\\w+)\\b|\\b(?:nunca|no) (?:\\w+ )?(?:di mi|autorice|solicite|pedi|me suscribi|he dado|he autorizado|he pedido)\\b",
    ].join("|"),
  ),
  lookalikes:
    /\bno es (?:\w+ ){1,4}(?:quien|el que|la que)\b|\bno (?:es que|solo|estoy segur[oa]|estamos segur[oa]s|hay (?:problema|prisa)|digo que|me opongo|descart\w+|se preocupe|sabemos|se si)\b|\bno (?:estaba|estabamos|estuve|me interesaba)\b|\b(?:vecin\w+|inquilin\w+|comprador\w*|amig\w+|banco)\b.*\bno\b|\bno (?:\w+ ){0,5}(?:por menos|por debajo|a (?:un|una|inversor\w*|cualquier)|sin|antes|los muebles|el coche|alquil\w*|rentar\w*)\b|\bno tenemos prisa\b/,
  openings:
    /\b(?:quiza|quizas|tal vez|a lo mejor|puede que|posiblemente|algun dia|mas adelante|mas tarde|luego|todavia no|aun no|por ahora|de momento|a menos que|salvo que|depende|hasta (?!luego|pronto|manana|nunca|que (?:me )?muera)|antes de|cuando (?:termin\w+|encontr\w+|llegue|acabe|sea)|si (?:el precio|me (?:ofrec\w+|da\w*|pag\w+)|usted(?:es)? (?:tien\w+|pued\w+)|encontr\w+|hay)|llam(?:e|a|en)\w*|llamar\w*|escriba(?:me|nos)|escribame|contacte(?:me|nos)|envie(?:me|nos)|mande(?:me|nos)|diga(?:me|nos)|digame|vuelva a (?:escribir\w*|contactar\w*|llamar\w*) (?:en|el|cuando|dentro)|cuanto|que (?:precio|valor|ofrec\w+|comision)|(?<!no )me interesa(?:ria)?|(?<!no (?:\w+ )?)(?:estoy|estamos|estaria) interesad[oa]s?|me gustaria|nos gustaria|quisiera|quisieramos|podria(?:mos|n)?|puede(?:n)? (?:decir|enviar|mandar|llamar)\w*|consideraria(?:mos)?|buena oferta|buen precio|precio justo|el (?:proximo|siguiente) (?:ano|mes)|la (?:proxima|siguiente) (?:semana|primavera)|el ano que viene|en (?:la )?(?:primavera|verano|otono|invierno|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|(?:en|dentro de) (?:un|unos|dos|tres|cuatro|cinco|\d+) (?:ano|anos|mes|meses|semana|semanas)|lunes|martes|miercoles|jueves|viernes|sabado|domingo|otra (?:casa|propiedad)|(?:se puede|podemos|podriamos|podria) (?:\w+ )?(?:hablar|negociar|discutir)|hablamos de|negociable|muy poco|demasiado bajo)\b/,
  courtesies:
    /^(?:(?:hola|buen(?:os|as)? (?:dias?|tardes|noches)|estimad[oa]s?|querid[oa]s?|apreciad[oa])\b.{0,50}|(?:muchas |mil )?gracias\b.{0,60}|(?:un |cordiales |atentos )?salud(?:os?|o cordial)\b.{0,40}|atentamente.{0,30}|atte|cordialmente.{0,30}|de antemano|lo siento.{0,20}|disculpe.{0,20}|adios|hombre|mujer|senor(?:a|ita)?|que tenga .{2,25}|feliz dia|buen dia|suerte.{0,30}|agradezco.{0,60}|le agradezco.{0,60})$|\bsi (?:\w+ ){0,3}(?:cambi\w+|algun dia|alguna vez)\b|\b(?:yo )?(?:los|les|le|te|lo) (?:contact\w+|llam(?:o|amos|are|aremos)|avis\w+|busc\w+|tendre\w*)\b|\bcambi\w+ de (?:opinion|idea|parecer)\b/,
};
