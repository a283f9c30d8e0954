import type { Preset } from "../../preset.ts";
import { buildPresetEmailStep, buildSpanishPresetLetterHtml, spanishCityText } from "../letter.ts";

export const spanishBuyerNurture: Preset = {
  id: "buyerNurtureEs",
  language: "es",
  name: "Seguimiento a compradores",
  description: "Para alguien que preguntó por una casa: seis correos útiles en treinta días.",
  type: "buyerNurture",
  steps: [
    buildPresetEmailStep({
      name: "Hola",
      delayDays: 0,
      subject: `Su búsqueda de casa en ${spanishCityText}`,
      preheader: "Gracias por escribir. Una pregunta, para mandarle solo lo que valga la pena.",
      bodyHtml: buildSpanishPresetLetterHtml(
        'Gracias por preguntar por {{default property.streetAddress "una casa"}}. Con gusto le ayudo, compre el mes que entra o el año que entra.',
        "Prefiero mandarle tres casas que le queden bien que treinta que no. Para enviarle solo lo que valga su tiempo: ¿cuáles son las dos o tres cosas que su próxima casa tiene que tener?",
      ),
    }),
    buildPresetEmailStep({
      name: "Antes de la primera visita",
      delayDays: 3,
      subject: "Tres cosas que conviene saber antes de visitar",
      preheader: "El techo y la calefacción, el costo de cada mes y si el precio se ha movido.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "Antes de ver una casa en persona vale la pena averiguar tres cosas: qué edad tienen el techo y la calefacción, cuánto suman cada mes los impuestos, el seguro y las cuotas de la asociación, y si el precio se ha movido desde que se listó.",
        "Puedo averiguar las tres para cualquier casa que le guste. ¿Hay alguna con la que quiera que empiece?",
      ),
    }),
    buildPresetEmailStep({
      name: "Financiamiento",
      delayDays: 4,
      subject: "Cuánto puede gastar, antes de enamorarse",
      preheader: "Primero una preaprobación por escrito, y por qué compararía dos.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "A los compradores que mejor les va, un prestamista les da una preaprobación por escrito antes de visitar casas. Le dice el pago mensual, no solo el precio, y los vendedores toman más en serio una oferta que la trae.",
        "Compare al menos dos prestamistas; las tasas y las comisiones varían más de lo que uno cree.",
        "¿Ya habló con un prestamista, o le ayudaría tener unos nombres para comparar?",
      ),
    }),
    buildPresetEmailStep({
      name: "Lo que ha visto hasta ahora",
      delayDays: 7,
      subject: "¿Ha visto algo que le guste?",
      preheader: "Cuál casa se le acercó más, y qué le habría cambiado.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "A estas alturas, casi todos han visto al menos una casa que casi era la buena, en persona o en internet, y saben exactamente qué le faltaba.",
        "Cuéntemelo en una o dos líneas; me ayuda más que cualquier filtro de búsqueda, y buscaré las siguientes con eso en mente. ¿Cuál se acercó más, y qué le habría cambiado?",
      ),
    }),
    buildPresetEmailStep({
      name: "Cómo funciona una oferta",
      delayDays: 8,
      subject: "Cómo funciona una oferta, en cuatro líneas",
      preheader: "Qué decide usted, qué puede contestar el vendedor y cuánto tarda todo.",
      bodyHtml: buildSpanishPresetLetterHtml(
        "Cuando aparece la casa buena casi nunca sobra tiempo, así que aquí va la versión corta desde ahora.",
        "Usted decide un precio y de qué depende, por lo general el financiamiento y una inspección. Va acompañado de un depósito. El vendedor acepta, rechaza o contraoferta. Una vez de acuerdo, las inspecciones y el préstamo tardan uno o dos meses.",
        "¿Qué parte le gustaría repasar antes de que sea de verdad?",
      ),
    }),
    buildPresetEmailStep({
      name: "Seguimiento",
      delayDays: 8,
      subject: "¿Sigue buscando?",
      preheader: "Los planes cambian, y está bien si los suyos ya cambiaron.",
      bodyHtml: buildSpanishPresetLetterHtml(
        `Ya pasó un tiempo desde que le escribí por primera vez sobre casas en ${spanishCityText}. Los planes cambian, y está bien si los suyos ya cambiaron.`,
        "Si sigue buscando, le seguiré mandando lo que le quede bien. Si prefiere esperar, dígame un mes y le busco entonces. ¿Quiere que le siga mandando opciones?",
      ),
    }),
  ],
};
