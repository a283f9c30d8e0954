import type { Preset } from "../../preset.ts";
import { nearbySaleVariablePath } from "../../words/nearby-sale.ts";
import { buildPresetThread, buildSpanishPresetLetterHtml, spanishStreetAddressText } from "../letter.ts";

export const spanishJustSold: Preset = {
  id: "justSoldEs",
  language: "es",
  name: "Venta reciente cerca",
  description:
    "Cuenta a un propietario una venta cercana, según tu papel en ella, y ofrece las cifras: tres correos en un mes.",
  type: "sellerOutreach",
  steps: buildPresetThread(`Se vendió una casa cerca de ${spanishStreetAddressText}`, [
    {
      name: "La noticia",
      delayDays: 0,
      preheader: "Una venta tan cercana suele influir en lo que vale la suya.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `{{${nearbySaleVariablePath}}} No queda lejos de ${spanishStreetAddressText}, y una venta tan cercana suele influir en lo que vale la suya.{{#if property.livingArea}} La suya tiene {{property.livingArea}} pies cuadrados registrados, así que las dos se pueden comparar.{{/if}}`,
        "Puedo contarle en cuánto se vendió, cuánto tardó y en qué se fijaron los compradores, en unas líneas por correo.",
        "¿Le gustaría saberlo?",
      ),
    },
    {
      name: "Qué significa para la suya",
      delayDays: 3,
      preheader: "Una venta es solo un número. Así calcularía yo el de la suya.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "Una venta es solo un número. El tamaño, el estado y el terreno lo suben o lo bajan.",
        `Si me dice qué se ha cambiado en ${spanishStreetAddressText}, puedo calcular un rango justo y mandárselo por correo. Me toma alrededor de un día, y no hay nada que firmar.`,
        "¿Se le ha hecho alguna obra grande?",
      ),
    },
    {
      name: "Último mensaje",
      delayDays: 25,
      preheader: "Ya pasaron unas semanas desde esa venta, así que aquí lo dejo.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Ya pasaron unas semanas desde que le escribí sobre la venta cerca de ${spanishStreetAddressText}, así que este es mi último mensaje sobre ella.`,
        "Si algún día se pregunta qué significa una venta cercana para la suya, responda a este correo y me llegará directamente. Tengo a la mano las ventas cerradas, con precios y fechas.",
        "¿Hay algo de ellas que quiera saber ahora?",
      ),
    },
  ]),
};
