import type { Preset } from "../../preset.ts";
import {
  buildPresetThread,
  buildSpanishPresetLetterHtml,
  spanishCityText,
  spanishStreetAddressText,
} from "../letter.ts";

export const spanishAbsenteeOwner: Preset = {
  id: "absenteeOwnerEs",
  language: "es",
  name: "Propietario que vive en otro lugar",
  description:
    "Para un propietario que recibe su correo postal en otro lugar: tres correos en diez días sobre conservar o vender.",
  type: "sellerOutreach",
  steps: buildPresetThread(`Pregunta sobre ${spanishStreetAddressText}`, [
    {
      name: "¿Conservar o vender?",
      delayDays: 0,
      preheader: "Una pregunta para el propietario; un simple no también es buena respuesta.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Trabajo en ${spanishCityText} y le escribo por ser propietario de ${spanishStreetAddressText}.{{#if property.yearBuilt}} Se construyó en {{property.yearBuilt}}, si los registros son correctos.{{/if}}`,
        "A distancia puede ser difícil saber en cuánto se vendería hoy un lugar. Yo sigo las ventas a su alrededor y puedo decirle con claridad lo que veo.",
        "¿Piensa conservarla, o consideraría vender al precio adecuado?",
      ),
    },
    {
      name: "Rentar o vender",
      delayDays: 3,
      preheader: "Las dos opciones en una página: cuánto daría de renta y cuánto dejaría una venta.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "Pocas veces es evidente si todavía conviene conservar un lugar.",
        `Puedo poner las dos opciones en una página para ${spanishStreetAddressText}: cuánto podría dar de renta después de gastos y cuánto dejaría una venta ya pagado todo. La recibiría por correo, sin nada que firmar.`,
        "¿Le gustaría verla?",
      ),
    },
    {
      name: "Último mensaje",
      delayDays: 7,
      preheader: "Aquí me detengo para no llenarle el buzón.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Este es mi último mensaje sobre ${spanishStreetAddressText}. Aquí me detengo para no llenarle el buzón.`,
        "Si algún día piensa en vender, no tendría que viajar: las fotos, las reparaciones y las visitas se pueden organizar aquí, y casi todos los papeles se pueden firmar desde cualquier lugar.",
        "¿Le gustaría saber en cuánto se vendería hoy?",
      ),
    },
  ]),
};
