import type { Preset } from "../../preset.ts";
import {
  buildPresetThread,
  buildSpanishPresetLetterHtml,
  spanishCityText,
  spanishStreetAddressText,
} from "../letter.ts";

export const spanishSellerOutreach: Preset = {
  id: "sellerOutreachEs",
  language: "es",
  name: "Contacto con propietarios",
  description:
    "Pregunta a un propietario si consideraría vender: tres correos en una semana. Se detiene cuando alguien responde.",
  type: "sellerOutreach",
  steps: buildPresetThread(`Pregunta sobre ${spanishStreetAddressText}`, [
    {
      name: "Primera pregunta",
      delayDays: 0,
      preheader: "Una pregunta breve; basta con que me conteste en una palabra.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Trabajo con propietarios en ${spanishCityText} y quise preguntarle directamente por ${spanishStreetAddressText}.{{#if property.bedroomsTotal}} Según los registros tiene {{property.bedroomsTotal}} recámaras; corríjame, por favor, si eso ya cambió.{{/if}}`,
        "¿Ha pensado en vender en el próximo año, más o menos?",
        "Con una palabra me basta. Si es un no, no le seguiré escribiendo. Si no es buen momento, dígame qué mes le conviene más y lo dejo hasta entonces.",
      ),
    },
    {
      name: "Rango de precio",
      delayDays: 3,
      preheader: "Una página con ventas recientes y dónde creo que quedaría la suya. Sin visita.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Puedo prepararle un rango de precio de una página para ${spanishStreetAddressText}: las ventas comparables más recientes, en cuánto cerró cada una y dónde creo que quedaría la suya.`,
        "No hace falta visita ni hay nada que firmar. Se lo mando por correo, y lo que haga con él es decisión suya.",
        "¿Le sería útil?",
      ),
    },
    {
      name: "Último mensaje",
      delayDays: 4,
      preheader: "No le seguiré escribiendo. Si algo cambia, su respuesta me llega directo.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `No he tenido noticias suyas sobre ${spanishStreetAddressText}, así que entiendo que ahora no es el momento. Este es mi último mensaje sobre el tema.`,
        "Si eso cambia, este mes o dentro de tres años, responda a este correo y me llegará directamente.",
        "¿Hay alguna época del año en que una venta le convendría más?",
      ),
    },
  ]),
};
