/** The Spanish of the home and of what came of replies. */
export const replies = {
  "Already listed": "Ya está listada",
  "Back from “not now”": "Vuelve de “ahora no”",
  "Continue the emails then": "Seguir con los correos entonces",
  Interested: "Interesado",
  "Marked as interested. The sequence sends nothing more.":
    "Marcado como interesado. La secuencia no envía nada más.",
  "Marked as not now.": "Marcado como ahora no.",
  "May be a no": "Podría ser un no",
  "More replies wait behind these.": "Hay más respuestas después de estas.",
  "No campaign has finished": "Ninguna campaña ha terminado",
  "No campaign is paused": "Ninguna campaña está en pausa",
  "No campaign is running": "Ninguna campaña está en curso",
  "No campaign was stopped": "Ninguna campaña se detuvo",
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
  "Paused~many": "En pausa",
  "Remind me then": "Recordármelo entonces",
  Replies: "Respuestas",
  "Show campaigns that are": "Mostrar las campañas",
  "Stopped~many": "Detenidas",
  "Undone.": "Deshecho.",
  Until: "Hasta",
  "What did {name} say?": "¿Qué dijo {name}?",
  "back on {comesBackAt}": "vuelve el {comesBackAt}",
  "{name}: {said} You can undo this for another": "{name}: {said} Puedes deshacerlo durante",
  "{said} You can undo this for another": "{said} Puedes deshacerlo durante",
} as const;
