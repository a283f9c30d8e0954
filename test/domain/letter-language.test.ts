import { expect, it } from "vitest";
import { englishPresets } from "../../shared/presets/presets.ts";
import { spanishPresets } from "../../shared/presets/spanish/presets.ts";
import { findLetterLanguage } from "../../shared/words/letter-language.ts";

it.each([...englishPresets, ...spanishPresets])(
  "every letter of the preset $id has its language",
  (preset) => {
    for (const { subject, bodyHtml } of preset.steps) {
      expect([subject, findLetterLanguage(subject, bodyHtml)]).toEqual([subject, preset.language]);
      expect([subject, findLetterLanguage(bodyHtml)]).toEqual([subject, preset.language]);
    }
  },
);

it.each<[string, "en" | "es"]>([
  ["", "en"],
  ["Hi!", "en"],
  ["{{recipient.firstName}}", "en"],
  ["Hola", "en"],
  ["Hola, ¿le interesa vender su casa?", "es"],
  ["Your home in El Paso, near La Cienega and Los Feliz, is worth a look.", "en"],
  ["¿Quiere saber el precio? Our office in Los Angeles is open.", "en"],
  ["<p title='the and you'>Le mando las ventas por correo.</p>", "es"],
  ["{{#if property.the}}el precio de la casa{{/if}}", "es"],
  ["LE ESCRIBO POR LA CASA", "es"],
])("the language of %j is %s", (text, language) => {
  expect(findLetterLanguage(text)).toBe(language);
});
