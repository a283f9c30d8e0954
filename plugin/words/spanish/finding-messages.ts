/**
 * The Spanish texts of the problems that the Worker finds in a letter, by the Worker's English
 * text.
 */
export const findingMessages = {
  '"{words}" offers help with a foreclosure, which makes the sender a regulated consultant in several states; leave it out':
    "“{words}” ofrece ayuda con una ejecución hipotecaria, lo que en varios estados exige una licencia de consultor; quítalo",
  '"{words}" offers to change a loan, which the federal rule on mortgage assistance covers; leave it out':
    "“{words}” ofrece cambiar un préstamo, y lo regula la norma federal de ayuda hipotecaria; quítalo",
  '"{words}" suggests a short sale to the owner, which several states regulate; leave it out':
    "“{words}” sugiere al propietario una venta corta, que varios estados regulan; quítalo",
  '"{words}" speaks of late payments, which the rules on foreclosure consultants cover; leave it out':
    "“{words}” habla de pagos atrasados, y lo regulan las normas sobre consultores hipotecarios; quítalo",
  '"{words}" tells an owner who lives or is moving in there, which is blockbusting; leave it out':
    "“{words}” le dice al propietario quién vive o llega ahí, y eso es incitación al pánico (“blockbusting”); quítalo",
  '"{words}" uses fear of the area\'s future to press an owner to sell, which is blockbusting; leave it out':
    "“{words}” usa el miedo al futuro de la zona para presionar a vender, y eso es “blockbusting”; quítalo",
  '"{words}" speaks of a death, which hurts when a stranger writes it; leave it out':
    "“{words}” habla de una muerte, y duele leerlo de un desconocido; quítalo",
  '"{words}" can read as code for who is welcome; describe what the place has (park, trail, views)':
    "“{words}” puede leerse como una clave de quién es bienvenido; describe lo que hay (parque, sendero, vistas)",
  '"{words}" refers to disability; name accessible features (ramp, single level) instead':
    "“{words}” se refiere a la discapacidad; nombra mejor lo accesible (rampa, una sola planta)",
  '"{words}" refers to race, color or national origin; leave it out':
    "“{words}” se refiere a la raza, el color o el origen nacional; quítalo",
  '"{words}" refuses a source of income, which many states forbid; leave it out':
    "“{words}” rechaza una fuente de ingresos, y muchos estados lo prohíben; quítalo",
  '"{words}" says who should live there; describe the home instead (bedrooms, yard, floor plan)':
    "“{words}” dice quién debería vivir ahí; describe mejor la casa (habitaciones, jardín, distribución)",
  '"{words}" shows a preference by age or familial status; leave it out (housing for older persons must qualify as such)':
    "“{words}” muestra una preferencia por edad o situación familiar; quítalo (la vivienda para mayores debe estar calificada como tal)",
  '"{words}" shows a preference by religion; leave it out, or name landmarks that are not places of worship':
    "“{words}” muestra una preferencia por religión; quítalo, o nombra lugares que no sean de culto",
  '"{words}" shows a preference by sex, orientation or marital status; leave it out':
    "“{words}” muestra una preferencia por sexo, orientación o estado civil; quítalo",
  '"{words}" steers by schools or safety; name the school district, or link to public data, and leave the judgment out':
    "“{words}” orienta por escuelas o seguridad; nombra el distrito escolar o enlaza datos públicos, sin juzgar",
  '"{words}" makes a promise that spam filters distrust; say what it really costs or leave it out':
    "“{words}” promete algo de lo que los filtros de spam desconfían; di cuánto cuesta de verdad o quítalo",
  '"{words}" sounds like a money scam; name the figure or the service':
    "“{words}” suena a estafa; nombra la cifra o el servicio",
  '"{words}" sounds like bulk mail; write as you would to one person':
    "“{words}” suena a correo masivo; escribe como a una sola persona",
  '"{words}" sounds pushy; say plainly what you offer and by when':
    "“{words}” suena insistente; di con sencillez qué ofreces y hasta cuándo",
  "is in capitals, which reads as shouting": "está en mayúsculas, y se lee como un grito",
  "has too many exclamation points; use one at most":
    "tiene demasiados signos de exclamación; usa uno como máximo",
  "is about {length} characters long; inboxes show about {most}":
    "tiene unos {length} caracteres; las bandejas de entrada muestran unos {most}",
  "is about {size} KB when it's sent; Gmail cuts an email off after {most} KB, and the unsubscribe link with it":
    "ocupa unos {size} KB al enviarse; Gmail corta un correo a los {most} KB, y con él el enlace para cancelar",
  "Every email's footer has a working unsubscribe link; a link of your own won't unsubscribe anyone. Leave it out.":
    "El pie de cada correo tiene un enlace para cancelar que funciona; uno propio no cancela nada. Quítalo.",
  "leads to another tool's unsubscribe page; the footer has a working link. Leave it out.":
    "lleva a la página de cancelación de otra herramienta; el pie tiene un enlace que funciona. Quítalo.",
  "Your office has no postal address, which the law requires in every email. An administrator can add it in Office settings.":
    "Tu oficina no tiene dirección postal, y la ley la exige en cada correo. Un administrador puede añadirla en los ajustes de la oficina.",
  'has no alt text for people who can\'t see pictures; use alt="" for a decorative one':
    'no tiene texto alternativo para quien no ve imágenes; usa alt="" si solo decora',
  "has no text to read": "no tiene texto que leer",
  "This email is only images: many people won't see them, and spam filters don't trust them. Write what they say as text.":
    "Este correo solo tiene imágenes: mucha gente no las verá, y los filtros de spam desconfían. Escribe como texto lo que dicen.",
  '"{mark}" suggests an earlier conversation. Remove it; it\'s added automatically once the person has written back':
    "“{mark}” sugiere una conversación anterior. Quítalo; se añade solo cuando la persona ha respondido",
  '"{name}" is not a variable; use one from the list, or one of your own under recipient. or property.':
    "“{name}” no es una variable; usa una de la lista, o una propia que empiece por recipient. o property.",
  '"{name}" is not on the list of variables; did you mean {variable}?':
    "“{name}” no está en la lista de variables; ¿querías decir {variable}?",
  '"{name}" is another tool\'s merge field and would be printed as is; use {variable}':
    "“{name}” es un campo de otra herramienta y saldría tal cual; usa {variable}",
  "\"{name}\" looks like another tool's merge field: every email's footer already says it; leave it out":
    "“{name}” parece un campo de otra herramienta: el pie de cada correo ya lo dice; quítalo",
  '"{name}" looks like another tool\'s merge field: it could mean more than one thing; say whose with {examples}':
    "“{name}” parece un campo de otra herramienta: puede significar varias cosas; di de quién con {examples}",
  '"{name}" looks like another tool\'s merge field: replace it with one of our variables':
    "“{name}” parece un campo de otra herramienta: cámbialo por una de nuestras variables",
  '"{words}" says that you have a buyer, which must be true. An administrator has to confirm it once for the office, in Office settings':
    "“{words}” dice que tienes un comprador, y debe ser cierto. Un administrador debe confirmarlo una vez para la oficina, en los ajustes de la oficina",
  '"{words}" says that you rank first, which must be provable. An administrator has to confirm it once for the office, in Office settings':
    "“{words}” dice que eres el primero, y debe poder probarse. Un administrador debe confirmarlo una vez para la oficina, en los ajustes de la oficina",
  '"{words}" offers something free, so it must be free without conditions. An administrator has to confirm it once for the office, in Office settings':
    "“{words}” ofrece algo gratis, así que debe ser gratis sin condiciones. Un administrador debe confirmarlo una vez para la oficina, en los ajustes de la oficina",
  "shows the agent's name at {agent} px; it must be smaller than the brokerage's name, {brokerage} px":
    "muestra el nombre del agente a {agent} px; debe ser menor que el de la inmobiliaria, {brokerage} px",
  "has nothing left that an email can contain": "no contiene nada que pueda ir en un correo",
  "is too long once its styles are inlined": "es demasiado largo cuando se incluyen sus estilos",
  "This link has no address": "Este enlace no tiene dirección",
  "This picture has no address": "Esta imagen no tiene dirección",
  'This {kind} leads to "#", which goes nowhere in an email':
    "Lleva a “#”, que en un correo no va a ninguna parte",
  "This {kind} must start with https://: an email has no page that a relative address could belong to":
    "La dirección debe empezar por https://: en un correo no hay página de la que parta una dirección relativa",
  "This link has no email address after mailto:":
    "Este enlace no tiene una dirección de correo después de mailto:",
  "This {kind} has a space in its address; use %20": "La dirección tiene un espacio; usa %20",
  "This {kind} must have // after its colon": "A la dirección le falta // después de los dos puntos",
  "This {kind} has no host after //": "La dirección no tiene servidor después de //",
  'This {kind} has a host that email apps can\'t reach: "{host}"':
    "La dirección tiene un servidor al que los programas de correo no llegan: “{host}”",
  "This {kind} has a {{ or }} without its other half": "La dirección tiene {{ o }} sin su otra mitad",
  "This {kind} has %7B%7B, a variable that was encoded; write it in braces: {{…}}":
    "La dirección tiene %7B%7B, una variable codificada; escríbela entre llaves: {{…}}",
  "The template ends before a block or a tag is closed":
    "El texto acaba antes de cerrar un bloque o una etiqueta",
  "Unexpected character in a tag": "Hay un carácter inesperado en una etiqueta",
  "The tag is closed too early": "La etiqueta se cierra demasiado pronto",
  "A closing tag without a block to close": "Una etiqueta de cierre sin un bloque que cerrar",
  "The template can’t be read from here on": "El texto no se puede leer a partir de aquí",
  "The template has too many tags": "El texto tiene demasiadas etiquetas",
  "The template is over {size} KB": "El texto ocupa más de {size} KB",
  "Blocks and subexpressions are nested more than {depth} deep":
    "Hay bloques dentro de bloques a más de {depth} niveles",
  "The tag is closed by }}} but not opened by {{{": "La etiqueta se cierra con }}} y no se abre con {{{",
  "{{else}} outside a block, or twice in one": "Hay un {{else}} fuera de un bloque, o dos en uno",
  "{{else}} outside a block, or after the last {{else}}":
    "Hay un {{else}} fuera de un bloque, o después del último {{else}}",
  "A ) without its (": "Hay un ) sin su (",
  "Unexpected = in a tag": "Hay un = inesperado en una etiqueta",
  "Partials ({{> …}}) are not supported: put their text into the template":
    "Las plantillas parciales ({{> …}}) no se admiten: escribe aquí su texto",
} as const;
