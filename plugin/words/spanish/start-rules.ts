/** The Spanish texts of the office's start rules and of what they propose. */
export const startRuleTexts = {
  "Add a rule": "Agregar una regla",
  "a deleted sequence": "una secuencia eliminada",
  "at most {count} a day": "máximo {count} al día",
  "Change the rule for {status}": "Cambiar la regla para {status}",
  Dismiss: "Descartar",
  "Dismiss {address}": "Descartar {address}",
  "Dismissed {address}. You can undo this for another":
    "Se descartó {address}. Puedes deshacerlo durante otros",
  "Launch it right away": "Lanzarla de inmediato",
  "Launches are in your name. What exceeds the limit, or fails a check, waits in the home. People from probate or pre-foreclosure records wait for a team lead’s approval.":
    "Los lanzamientos van a tu nombre. Lo que pasa del límite o no supera una revisión espera en el inicio. Las personas de registros de sucesión o de preejecución esperan la aprobación de un líder de equipo.",
  "Most launches a day": "Máximo de lanzamientos al día",
  "No contact is known. Open the property to add one.":
    "No se conoce ningún contacto. Abre la propiedad para agregar uno.",
  "Now {status}": "Ahora: {status}",
  "Open {address}": "Abrir {address}",
  "Propose it in the home": "Proponerla en el inicio",
  "Ready to start": "Listas para empezar",
  "Remove the rule for {status}": "Quitar la regla para {status}",
  "Remove the rule for {status}?": "¿Quitar la regla para {status}?",
  Start: "Empezar",
  "Start at {address}": "Empezar en {address}",
  "Start rules": "Reglas de inicio",
  "What it has proposed disappears from the home. Its campaigns continue.":
    "Lo que propuso desaparece del inicio. Sus campañas continúan.",
  "What the rule does": "Qué hace la regla",
  "When a home becomes": "Cuando una vivienda pasa a",
  "When your CRM reports a home’s new status, a rule proposes or launches a sequence to its owners. Every check of a launch applies.":
    "Cuando tu CRM informa el nuevo estado de una vivienda, una regla propone o lanza una secuencia a sus propietarios. Valen todas las revisiones de un lanzamiento.",
} as const;
