import type { RecipientSource } from "../vocabulary.ts";

/** The Spanish name of each source in a sentence, such as "registros de sucesiones". */
export const spanishSourceNames: Readonly<Record<RecipientSource, string>> = {
  host: "contactos del CRM",
  agent: "contactos escritos por un agente",
  list: "listas compradas o importadas",
  countyRecords: "registros del condado",
  pastListing: "listados anteriores",
  referral: "recomendaciones",
  openHouse: "visitantes de un open house",
  website: "visitantes del sitio web",
  pastClient: "clientes anteriores",
  probate: "registros de sucesiones",
  preForeclosure: "registros de preejecución hipotecaria",
  other: "otras fuentes",
};
