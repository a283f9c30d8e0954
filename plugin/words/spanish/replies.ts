/** The Spanish texts of the agent's home page and of reply outcomes. */
export const homeAndReplyTexts = {
  "Already listed": "Ya está listada",
  "Answer anyway?": "¿Responder de todos modos?",
  "Answer sent.": "Respuesta enviada.",
  "Answered on {sentAt}": "Respondido el {sentAt}",
  "Back from “not now”": "Vuelve de “ahora no”",
  "Resume the emails then": "Seguir con los correos entonces",
  "Held up": "Detenido",
  "There are more after these.": "Hay más después de estos.",
  "{addresses} bounced. Add new addresses to continue the emails.":
    "{addresses} sin entrega. Con una dirección nueva, los correos siguen.",
  "{name}’s address bounced. Add a new one to continue the emails.":
    "La dirección de {name} rebotó. Con una nueva, los correos siguen.",
  "{name}’s next email is missing a detail.": "Al próximo correo de {name} le falta un dato.",
  "{name}’s next email can’t be sent until you change it.":
    "El próximo correo de {name} no se puede enviar hasta que lo cambies.",
  "{people} waiting for you to change their next email.":
    "{people} a la espera de que cambies su próximo correo.",
  "{people} waiting on a missing detail in their next email.":
    "{people} a la espera de un dato para su próximo correo.",
  Interested: "Interesado",
  "Marked as interested. The sequence won’t send anything else.":
    "Marcado como interesado. La secuencia no envía nada más.",
  "Marked as not now.": "Marcado como ahora no.",
  "May be a no": "Podría ser un no",
  "More replies are waiting.": "Hay más respuestas después de estas.",
  "No finished campaigns": "Ninguna campaña ha terminado",
  "No paused campaigns": "Ninguna campaña está en pausa",
  "No running campaigns": "Ninguna campaña está en curso",
  "No stopped campaigns": "Ninguna campaña se detuvo",
  "No drafts": "No hay borradores",
  "No more emails": "No más correos",
  "Not now": "Ahora no",
  "Not selling": "No vende",
  "Noted as listed. Nobody here will be asked to list it.":
    "Anotada como listada. No se le pedirá a nadie de aquí que la liste.",
  "Noted. This address won’t be emailed about this property.":
    "Anotado. No se escribirá a esta dirección sobre esta propiedad.",
  "Open a property to start outreach to its owners.":
    "Abre una propiedad para empezar a escribir a sus dueños.",
  "Open and answer": "Abrir y responder",
  Outreach: "Contactos",
  "Email me what waits for me": "Enviarme por correo lo que me espera",
  "Every day at 7 AM": "Cada día a las 7 a. m.",
  "Every Monday at 7 AM": "Cada lunes a las 7 a. m.",
  Never: "Nunca",
  Mine: "El mío",
  "Whose work": "El trabajo de quién",
  "The whole office": "Toda la oficina",
  "It goes to {email}, and only if something waits.": "Va a {email}, y solo si algo espera.",
  "Paused~many": "En pausa",
  "Remind me then": "Recordármelo entonces",
  "There are more matches. Keep typing to narrow the list.":
    "Hay más coincidencias. Escribe más para acotar la lista.",
  "Nothing matches “{words}”": "Nada coincide con “{words}”",
  People: "Personas",
  Properties: "Propiedades",
  "Search people, addresses and campaigns": "Buscar personas, direcciones y campañas",
  "Try the beginning of a name, an email address or a street.":
    "Prueba con el comienzo de un nombre, un correo o una calle.",
  Replies: "Respuestas",
  "Send answer": "Enviar respuesta",
  "Show campaigns that are": "Mostrar las campañas",
  "Stopped~many": "Detenidas",
  "Undone.": "Deshecho.",
  Until: "Hasta",
  "What did {name} say?": "¿Qué dijo {name}?",
  "Write back": "Responder",
  "Your answer": "Tu respuesta",
  "Your answer wasn’t sent.": "Tu respuesta no se envió.",
  "Your name, your office’s details and their email are added below.":
    "Debajo se añaden tu nombre, los datos de tu oficina y el correo de la persona.",
  "back on {comesBackAt}": "vuelve el {comesBackAt}",
  "{name}: {said} You can undo this for another": "{name}: {said} Puedes deshacerlo durante",
  "{sentBy} answered on {sentAt}": "{sentBy} respondió el {sentAt}",
  "{said} You can undo this for another": "{said} Puedes deshacerlo durante",
} as const;
