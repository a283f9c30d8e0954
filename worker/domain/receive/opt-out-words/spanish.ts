import { type OptOutWords, splitWordList } from "./opt-out-words.ts";
import { spanishPlainRequests } from "./plain-requests.ts";
import { spanishRoundaboutRequests } from "./roundabout.ts";
import { spanishSilenceRequests } from "./silence.ts";

const me =
  "(?:mi (?:nombre|correo|e-?mail|direccion|direccion de correo|cuenta|informacion|contacto)|mis datos|este (?:correo|e-?mail)|esta direccion|nuestro (?:correo|nombre|e-?mail)|xaddress)";
const mail =
  "(?:correos?|e-?mails?|mails?|mensajes?|publicidad|comunicacion(?:es)?|informacion|boletin(?:es)?|newsletters?|spam|lista|listas|propaganda|contacten|contactarme|nada|ofertas)";

export const spanishOptOutWords: OptOutWords = {
  requests: new RegExp(
    [
      "\\b(?:dar(?:me|nos)?|de(?:n)?(?:me|nos)|da(?:me|nos)|doy|dado|dada|dados) de baja\\b|\\b(?:solicito|pido|quiero|deseo|requiero|ruego|necesito|tramiten|procesen) (?:\\w+ ){0,2}baja\\b|\\b(?:me|nos) (?:den|de|dan|da) de baja\\b",
      "\\b(?:cancelar|cancelen?|cancela|anular|anulen?|anula) (?:la |mi |esta |nuestra )?(?:suscripcion|subscripcion)\\b|\\b(?:desuscrib\\w+|desuscripcion|dessuscrib\\w+|desinscrib\\w+|desapunt\\w+)\\b",
      "\\b(?:elimin|borr|quit|saqu|sac|remuev|remov|retir|excluy|suprim|tach)\\w*(?:me|nos)\\b|\\b(?:me|nos) (?:elimin|borr|quit|saqu|sac|remuev|retir|excluy)\\w*\\b",
      `\\b(?:elimin|borr|quit|saqu|sac|remuev|retir|supri)\\w*\\b.*\\b(?:${me}|listas?|listados?|base de datos|datos|registros|archivos?|ficheros?)\\b`,
      "\\b(?:dejen?|deja|dejar|paren?|para|basta|cesen?|cese|eviten?) (?:ya )?(?:por favor )?de (?:escribir\\w*|enviar\\w*|mandar\\w*|contactar\\w*|molestar\\w*|mandarme|acosar\\w*|correos?|e-?mails?|mensajes?)",
      "\\bno (?:me |nos |le |quiero que me |quiero que |deseo que me |vuelvan? a |vuelvas a |volver a |sigan? |sigas |desean? )*(?:escrib\\w+|envi\\w+|mand\\w+|contact\\w+|molest\\w+)\\b",
      `\\bno (?:\\w+ )?(?:quiero|quisiera|queremos|deseo|deseamos|me interesa|me gustaria|autorizo|acepto) (?:seguir |volver a )?(?:recib\\w+|mas|que me (?:escrib|envi|mand|contact)\\w+|saber)\\b(?=.*\\b${mail}\\b|.*\\b(?:escrib|envi|mand|contact|uste)\\w+)`,
      `\\b(?:ni un|ningun|no mas|no|ni) (?:mas )?(?:correos?|e-?mails?|mensajes?|publicidad|spam)(?: mas)?\\b`,
      "\\b(?:dejen?me|dejame|dejennos) (?:en paz|tranquil[oa]s?)\\b|\\bno molest\\w+\\b",
    ].join("|"),
  ),
  refusedRequests:
    /\bno (?:me |nos |quiero |quiero que me |deseo |hace falta |es necesario )*(?:den? de baja|dar(?:me|nos) de baja|elimin|borr|quit(?:en|es|ar)|saqu|dejen? de|dejar de|cancel)|\bpor que\b|\bde donde\b|\bcomo (?:consig|obtuv|sac)/,
  stems:
    /^(?:elimin|borr|quit|saqu|sac|remov|remuev|remuev|retir|exclu|cancel|anul|desuscri|dessuscri|subscri|suscri|desapunt|envi|mand|escrib|contact|molest|recib|dej|solicit|pid|ped|agrade|rueg|rog|autoriz|correo|mensaj|comunicac|publicit|promocion|suprim|tach|exij|exig|acos|insist|par[ae]|ces[ae])\w*$/,
  vocabulary: splitWordList(`
    rgpd gdpr lopd articulo art conforme ley
    a absolutamente absoluto acepto acerca acosar acosarme ademas adios agencia agente agradecemos
    agradecere agradeceria agradezco ahora al algo algun alguna algunas alguno amablemente ante
    antes anula anular anulen anuncios aquel aqui asi atentamente aun automatica automaticos
    autorizada autorizado archivo archivos autorizo fichero ficheros baja base bases basta boletin boletines borra borrada borrado
    borrame borrar borrara borraran borrarme borre borreme borren borrenme borrenos buenas buenos
    cada cancela cancelar cancele cancelen cansada cansado carpeta casa casas caso cese cesen
    comercial comerciales como completamente comprension comunicacion comunicaciones con contactado
    contactando contactar contactarme contactarnos contactarse contacte contacten contactenme
    contacto contactos correitos correo correos cosas cual cuales cualquier cuanto cuenta da dada
    dado dados dame dan danos dar darme darnos datos de debe deben debo definitiva definitivamente
    deja dejame dejar dejara dejaran dejasen deje dejen dejenme dejennos del dele deme demen den
    denme denos desapuntar desapuntarme desapunteme desde desea deseado deseados deseamos desean
    deseo destinatarios desuscribame desuscribanme desuscribir desuscribirme desuscripcion dia dias
    dichos difusion digo direccion distribucion donde e e-mail e-mails el electronico electronicos
    elimina eliminacion eliminada eliminado eliminados eliminar eliminara eliminaran eliminarme
    eliminarnos elimine elimineme eliminen eliminenme eliminennos ella ello ellos email emailes
    emails empresa en enseguida entre enviado enviando enviar enviaran enviarme enviarnos envie
    envien envienme envies envio envios era eran es esa esas escriba escriban escribas escribe
    escribiendo escribir escribirle escribirme escribirnos ese eso esos esta estado estamos estar
    estas este esten esto estos estoy excluirme exclusion excluyanme exigimos exijo favor figurar
    fin fines forma fuera futuras futuro futuros gracias gustaria ha hace hacer haga hagan han harta
    harto haya he hemos hola hoy hubiera indeseada indeseados informacion inmediata inmediatamente
    inmediato inmobiliaria inmobiliarias inmobiliario inmobiliarios inmueble insistir interesa
    interesan invitaciones jamas junto la las le les lista listado listados listas llegan llegando
    llegar lleguen lo los luego mail mailing mails mandando mandar mandarme mandarnos mande manden
    mandenme mandes manera mas masivos me mediante medio mensaje mensajeria mensajes mi mia mias mio
    mios mis misma mismo molesta molestando molestar molestarme molestarnos moleste molesten
    molestes molesto momento muchas mucho muchos muy nada nadie necesito newsletter ni ningun
    ninguna ningunas ninguno ningunos no nombre nos nosotros nuestra nuestras nuestro nuestros
    nuevamente nuevo nunca o ofertas oficina otra otras otro otros para parar pare paren parte
    particular paz pedir pediria pediriamos pedirle pedirles perdon permanente permanentemente
    personales peticion pido poder podria podrian por porfa porfavor posible presente privacidad
    procedan proceder procesen promocion promocionales promociones pronto propaganda propiedad
    propiedades propio publicidad publicitaria publicitarias publicitarios puede pueden que quedar
    quedo queremos quien quiero quisiera quita quitar quitara quitaran quitarme quitarnos quite
    quiteme quiten quitenme quitennos rapido rd reciba recibiendo recibimos recibir recibirlos
    recibo registro registros remover remueva remuevame remuevan remuevanme requiero respeto retirar
    retirarme retiren retirenme retiro rogaria ruego saber saca sacar sacarme sacarnos saque saqueme
    saquen saquenme saquennos seguir segur senor senora senores ser sera seria serian sido siempre
    siendo sigan sigas sin sistema sobre sola solicitado solicitamos solicitar solicito soy spam sr
    sra su subscribir subscripcion suprimir sus suscripcion suya suyas suyo suyos tal tampoco tan
    tanta tanto tantos tardes tener tenga tengan tengo terminar tiempo tipo tipos toda todas todavia
    todo todos total tramiten tranquila tranquilo tu tus tuyo tuyos ultima un una unas uno unos
    urgente uso usted ustedes va veces vender vendiendo venga vengan venta ventas verdad vez via
    volver vosotros vuelva vuelvan vuelvas vuestra vuestras vuestro vuestros xaddress y ya yo`),
  roundabout: spanishRoundaboutRequests,
  plain: spanishPlainRequests,
  silence: spanishSilenceRequests,
  explicit: new RegExp(`\\b(?:me|nos|mi|mis|quiero|queremos|${mail}|\\w+(?:me|nos)|suscripcion|xaddress)\\b`),
  unmistakable:
    /\bno (?:me|nos) (?:vuelvan? a )?(?:escrib\w+|envi\w+|mand\w+|contact\w+) (?:mas|nunca|de nuevo|nunca mas)\b|\bno vuelva[ns]? a (?:escribir\w*|contactar\w*|enviar\w*|mandar\w*|molestar\w*)\b|\b(?:elimin|borr|quit|saqu|remuev|retir|excluy)\w*(?:me|nos)? (?:\w+ ){0,4}de (?:su|sus|esta|la|las|todas) (?:\w+ )?(?:listas?|base|bases|registros|archivos|correos)\b|\b(?:dejen?|deje|paren?|cesen?) de (?:escribir|enviar|mandar|contactar|molestar)(?:me|nos)\b|\bno (?:quiero|queremos|deseo|deseamos) (?:seguir )?(?:recib\w+|que me (?:escrib|envi|mand|contact)\w+)\b|\bprefer\w+ no (?:seguir )?recib\w+\b|\b(?:pedi|pedido|dicho|dije|solicite|solicitado)\b.*\b(?:paren|dejen|cesen|me borren|me quiten|me den de baja|baja)\b|\b(?:supresion|cancelacion|eliminacion|borrado) de (?:mis|nuestros) datos\b|\bdar(?:me|nos) de baja\b|\bden?(?:me|nos) de baja\b|\bme (?:oponemos|opongo)\b/,
  emails:
    /\b(?:me|nos|mi|mis|\w+(?:me|nos))\b.*\b(?:listas?|correos?|e-?mails?|mensajes?|base|publicidad|sistema|registros|boletin)\b/,
  asides:
    /^(?:como (?:lo hago|se hace|hago|lo hacemos|puedo hacerlo)|ya (?:les? |te )?(?:dije|he dicho|dijimos) que no.{0,15}|si (?:algun dia|alguna vez|un dia) .{0,50}|(?:hola|buen(?:os|as)? (?:dias?|tardes|noches)|estimad[oa]s?|querid[oa]s?|senor(?:a|es)?|apreciad[oa])\b.{0,50}|(?:muchas |mil )?gracias\b.{0,50}|(?:un |cordiales |atentos )?salud(?:os?|o cordial)\b.{0,30}|atentamente|atte|cordialmente|no|no gracias|por favor|de antemano|lo siento.{0,20}|disculpe.{0,20}|adios|que tenga .{2,25}|ya basta|basta(?: ya)?|feliz dia|buen dia|es (?:spam|acoso).{0,20})$|\bno (?:\w+ )?(?:interesad[oa]s?|interesa|interes|vend\w+|en venta|esta en venta|pienso vender|mudar\w*)\b|\bno (?:estoy|estamos) interesad|\b(?:como|donde) (?:consigui|obtuv|sac)\w+\b|\bnunca (?:me |les |he )?(?:\w+)\b|\bno me (?:he )?(?:suscri|registr|apunt)\w+\b|\b(?:denunci|abogad|legal|rgpd|proteccion de datos|acoso)\w*\b|\b(?:yo )?(?:los|les|le|te) (?:contact|llam|avis)\w+\b|\bconfirm\w+\b|\b(?:persona|direccion) equivocada\b|\bque parte\b.{0,30}\bno\b|\bquien (?:les|le|os) (?:dio|ha dado)\b|^(?:entendido|esta claro|queda claro|sin rencores.{0,20})$/,
  limits:
    /\b(?:pero si|excepto|salvo|sino|a menos|si|hasta|mejor|prefiero|llam\w+|telefono|whatsapp|agreg\w+|anad\w+|cambi\w+|actualic\w+|visit\w*|cita|use|usen|mantengan|solo|solamente|otra direccion|otro correo|nuevo correo|nueva direccion|envieme|envienme|mandeme|mandenme|escribame|escribanme|digame|diganme|contacteme|contactenme|cuanto|cuando|puede|pueden|por ahora|de momento|interesad[oa]|me interesa)\b/,
  times:
    /\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes|martes|miercoles|jueves|viernes|sabado|domingo|primavera|verano|otono|invierno|inquilin\w+|esposa|esposo|marido|antes de)\b/,
  conjunction: / (?:y|pero|porque|pues|asi que|que ya) /,
};
