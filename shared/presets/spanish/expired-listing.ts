import type { Preset } from "../../preset.ts";
import { buildPresetThread, buildSpanishPresetLetterHtml, spanishStreetAddressText } from "../letter.ts";

export const spanishExpiredListing: Preset = {
  id: "expiredListingEs",
  language: "es",
  name: "Listado vencido",
  description: "Para un propietario cuyo listado terminó sin venderse: tres correos en diez días.",
  type: "sellerOutreach",
  steps: buildPresetThread(`El listado de ${spanishStreetAddressText}`, [
    {
      name: "¿Todavía quiere vender?",
      delayDays: 0,
      preheader: "Sé cuánto trabajo cuesta llegar hasta ahí.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Vi que el listado de ${spanishStreetAddressText} terminó sin venderse. Sé cuánto trabajo cuesta llegar hasta ahí.{{#if property.bedroomsTotal}} Los registros indican {{property.bedroomsTotal}} recámaras; dígame si al listado le faltó algo.{{/if}}`,
        "No le pido una cita, y no voy a ponerme a adivinar la razón sin haberlo revisado bien.",
        "¿Todavía espera vender, o ya hizo otros planes?",
      ),
    },
    {
      name: "Por qué no se vendió",
      delayDays: 3,
      preheader: "Suele ser una de tres cosas, y le diría sin rodeos cuál creo que fue.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "Cuando una casa no se vende, suele ser por una de tres cosas: el precio frente a las otras opciones de los compradores, cómo se veía en internet o qué tan fácil era visitarla.",
        `Con gusto reviso el listado anterior de ${spanishStreetAddressText} y le digo sin rodeos cuál creo que fue. Es una página de notas, y es suya, liste con quien liste.`,
        "¿Se la mando?",
      ),
    },
    {
      name: "Último mensaje",
      delayDays: 7,
      preheader: "Si decide intentarlo de nuevo, le mando las ventas como estén entonces.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `No he tenido noticias suyas, así que este es mi último mensaje sobre ${spanishStreetAddressText}.`,
        "Si decide intentarlo de nuevo, yo cambiaría las dos primeras semanas: fotos nuevas, un precio fijado según las casas que sí se vendieron y visitas planeadas para el primer fin de semana. Con responder aquí basta, y le mando las ventas como estén entonces.",
        "¿Tiene en mente alguna temporada?",
      ),
    },
  ]),
};
