import type { Preset } from "../../preset.ts";
import { buildPresetThread, buildSpanishPresetLetterHtml, spanishStreetAddressText } from "../letter.ts";

export const spanishFsbo: Preset = {
  id: "fsboEs",
  language: "es",
  name: "Venta directa del propietario",
  description: "Ofrece ayuda a un propietario que vende sin agente: tres correos en diez días.",
  type: "sellerOutreach",
  steps: buildPresetThread(`La venta de ${spanishStreetAddressText}`, [
    {
      name: "¿Cómo va la venta?",
      delayDays: 0,
      preheader: "Soy agente, y no le escribo para convencerle de lo contrario.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Vi que ${spanishStreetAddressText} se vende sin intermediarios.{{#if property.bedroomsTotal}} Los registros indican {{property.bedroomsTotal}} recámaras, por si su anuncio dice otra cosa.{{/if}} Muchos propietarios lo hacen bien.`,
        "Soy agente, y no le escribo para convencerle de lo contrario. Si en el camino le surge una duda sobre un formulario, una oferta o una fecha, con gusto se la contesto por correo.",
        "¿Qué respuesta ha tenido hasta ahora?",
      ),
    },
    {
      name: "Los papeles",
      delayDays: 3,
      preheader: "Una lista sencilla de lo que se necesita y cuándo. No le compromete a nada.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "Lo que suele atorar una venta sin agente son los papeles después de la oferta: las declaraciones que pide el estado, el depósito y las fechas de la inspección y del cierre.",
        `Puedo mandarle una lista sencilla para ${spanishStreetAddressText}, con lo que se necesita y cuándo. No le compromete a nada.`,
        "¿Le gustaría recibirla?",
      ),
    },
    {
      name: "Último mensaje",
      delayDays: 7,
      preheader: "Si ya tiene comprador, felicidades. Si ha ido lento, una última idea.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `No he tenido noticias suyas sobre ${spanishStreetAddressText}, así que este es mi último mensaje. Si ya tiene comprador, felicidades.`,
        "Si ha ido más lento de lo que esperaba, puedo ponerle por escrito qué haría un agente a partir de aquí y cuánto costaría, para que compare las dos opciones lado a lado.",
        "¿Le serviría?",
      ),
    },
  ]),
};
