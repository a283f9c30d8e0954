/**
 * The Spanish texts of cards and forms that several views show: tasks, checks, consent, claims and
 * sending.
 */
export const cardTexts = {
  "{domain} has sent {count} emails today.": "{domain} ha enviado {count} correos hoy.",
  "A few people may get the same email twice.": "Algunas personas podrían recibir el mismo correo dos veces.",
  "A ranking confirmed by a named source, for a specific area and time period.":
    "Un puesto que confirma una fuente con nombre, para una zona y un periodo indicados.",
  "A real person who’s looking for a home like this right now.":
    "Una persona real que busca ahora una casa como esta.",
  "By phone: “Yes, email me what homes like mine sell for.”":
    "Por teléfono: “Sí, mándeme por correo en cuánto se venden casas como la mía”.",
  "Confirm it’s true": "Confirmar que es cierto",
  "Confirmed. Emails can say this now.": "Confirmado. Los correos ya pueden decirlo.",
  "Who the emails come from: your office or an agent": "Correos de quién: tu oficina o un agente",
  "Free, with no strings attached and nothing to sign.": "Gratis, sin condiciones y sin firmar nada.",
  "Hours, in the recipient’s time zone": "Horario, en la zona horaria del destinatario",
  "How they agreed, and in what words": "Cómo y con qué palabras",
  "I have checked: this home is not listed with any brokerage.":
    "Lo he revisado: esta casa no está listada con ninguna inmobiliaria.",
  "If we can’t tell whether an email went out": "Si no podemos saber si un correo salió",
  "It’s marked “Probably sent.” A few people may never get it.":
    "Se marca como “Probablemente enviado”. Algunas personas podrían no recibirlo nunca.",
  "It’s not listed": "No está listada",
  "Last email {sentAt}: “{subject}”": "Último correo, {sentAt}: “{subject}”",
  Later: "Más tarde",
  "Leave it and continue": "Dejarlo así y continuar",
  "No emails on US federal holidays or your office’s holidays":
    "Sin correos en días festivos federales de EE. UU. ni en los de tu oficina",
  "No, it’s listed": "No, está listada",
  "None of them are listed": "Ninguna está listada",
  Note: "Nota",
  "Note (saved when you choose a button above)": "Nota (se guarda al elegir un botón de arriba)",
  "Noted. The owners won’t get any more emails.": "Anotado. Los propietarios ya no recibirán correos.",
  "Noted. Their emails will continue.": "Anotado. Sus correos continuarán.",
  "Only their own clear yes counts. Being on a list or in public records isn’t consent.":
    "Solo cuenta su propio sí, claro. Estar en una lista o en registros públicos no es consentimiento.",
  Postpone: "Posponer",
  "Record consent": "Registrar consentimiento",
  "Release recorded. Their emails will continue.": "Liberación registrada. Sus correos continuarán.",
  "Released in writing": "Liberado por escrito",
  "Send it again": "Enviarlo de nuevo",
  Skip: "Omitir",
  "Something free": "Algo gratis",
  "Start date (optional)": "Fecha de inicio (opcional)",
  "Still not listed?": "¿Siguen sin estar listadas?",
  "Still {status}?": "¿El estatus sigue siendo “{status}”?",
  "The owner of {label} was released in writing": "El propietario de {label} fue liberado por escrito",
  "The owner was released in writing from the withdrawn listing.":
    "El propietario fue liberado por escrito del listado retirado.",
  "The sequence continues.": "La secuencia continúa.",
  "Their emails are on hold until someone confirms that the home isn’t listed with another broker.":
    "Sus correos están en espera hasta que alguien confirme que la casa no está listada con otra inmobiliaria.",
  "They replied on {receivedAt}: “{firstWords}”": "Respondió el {receivedAt}: “{firstWords}”",
  "This home is listed with another brokerage.": "Esta casa está listada con otra inmobiliaria.",
  "Use the office’s setting": "Usar el ajuste de la oficina",
  "What’s free, and who is it for?": "¿Qué es gratis y para quién?",
  When: "Cuándo",
  "Which buyer, and how does your office know about them?": "¿Qué comprador, y cómo lo sabe la oficina?",
  "What source, area, and time period?": "¿Qué fuente, zona y periodo?",
  "Who agreed": "Quién aceptó",
  "Your CRM has no phone number for this person.": "Tu CRM no tiene teléfono de esta persona.",
  "Your CRM says not to call this person.": "Tu CRM indica no llamar a esta persona.",
  paused: "en pausa",
  "{label} is listed": "{label} está listada",
  "{source}, read on {checkedOn}. Not legal advice.":
    "{source}; consultado el {checkedOn}. No es asesoría legal.",
  "{title}: Marked as done. {result}": "{title}: marcada como hecha. {result}",
  "{title}: Postponed until {postponedUntil}.": "{title}: pospuesta hasta el {postponedUntil}.",
  "{title}: Skipped. The sequence continues.": "{title}: omitida. La secuencia continúa.",
  "“#1” and other rankings": "“#1” y otros puestos",
  "“I have a buyer”": "“Tengo un comprador”",
} as const;
