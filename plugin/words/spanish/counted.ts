/**
 * Returns the Spanish forms of a counted noun. The form `many` is for numbers such as "un millón",
 * after which Spanish puts "de" before the noun.
 */
const count = (one: string, other: string) => ({ one, many: `de ${other}`, other });

/** The Spanish forms of every noun that the tab counts, by the noun's English singular. */
export const countedNouns = {
  "business day": count("día hábil", "días hábiles"),
  day: count("día", "días"),
  email: count("correo", "correos"),
  "email is": count("correo está", "correos están"),
  hour: count("hora", "horas"),
  line: count("línea", "líneas"),
  more: count("más", "más"),
  "more person": count("persona más", "personas más"),
  property: count("propiedad", "propiedades"),
  owner: count("propietario", "propietarios"),
  person: count("persona", "personas"),
  "person whose email is": count("persona cuyo correo lleva", "personas cuyos correos llevan"),
  recipient: count("destinatario", "destinatarios"),
  "recipient has": count("destinatario no tiene", "destinatarios no tienen"),
  address: count("dirección", "direcciones"),
  "person is": count("persona está", "personas están"),
  campaign: count("campaña", "campañas"),
  reply: count("respuesta", "respuestas"),
  result: count("resultado", "resultados"),
  "reply needs your answer": count("respuesta necesita tu decisión", "respuestas necesitan tu decisión"),
  row: count("fila", "filas"),
  second: count("segundo", "segundos"),
  step: count("paso", "pasos"),
  task: count("tarea", "tareas"),
  thing: count("cosa", "cosas"),
  "thing to finish": count("cosa por terminar", "cosas por terminar"),
  time: count("vez", "veces"),
} as const;
