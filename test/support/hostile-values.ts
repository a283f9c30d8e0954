import { englishPresets } from "../../shared/presets/presets.ts";
import { finishLetter, sanitizeValue } from "../../worker/mail/compose/finish-letter.ts";
import { parseTemplate, renderTemplate } from "../../worker/mail/handlebars/handlebars.ts";
import { knownVariables } from "../../worker/mail/merge-data/known-variables.ts";
import { buildTemplateData } from "../../worker/mail/merge-data/merge-data.ts";
import { sanitizeAndInlineLetter } from "../../worker/mail/template/letter.ts";
import { joinHtmlPieces } from "../../worker/mail/template/sanitize.ts";
import { coloradoDisclosureInput } from "./disclosure.ts";
import { createRandom } from "./worker/chaos/random.ts";
import { htmlAttacks } from "./worker/html-attacks.ts";

/*
 * Values that hide an email's footer or cover the footer with a link. A host, an import or a
 * stranger could put such a value into a record. The templates in this file have a variable at
 * every possible place.
 */

const overlay =
  '<a href="https://evil.test/x" style="display:block;position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:9">x</a>';

/** Values that attack the structure of an email by closing, opening or covering its table cells. */
const structural: readonly string[] = [
  overlay,
  `</p></td></tr></table>${overlay}`,
  "</td></tr></table><div style='display:none'>",
  "</td></tr></table><table style='display:none'><tr><td>",
  "</td></tr><tr style='display:none'><td>",
  "<td>",
  "<td style='display:none'>x",
  "<tr><td>x",
  "<tbody style='display:none'>",
  "<caption>x",
  "<table><table></table></table>",
  "<table><tr><td><table><tr></table></td></tr></table></table>",
  "<table><tr><table><td></table></tr></table></td></tr></table>",
  "<table><a href='https://evil.test'>x</a><tr><td></table>",
  "<div style='display:none'>",
  "<div style='display:none'><table><tr></div>",
  "<b><i><u><a href='https://evil.test'>",
  "<p><a href='https://evil.test'><p>",
  "<a href='https://evil.test'><table><a href='https://evil.test'></table>",
  "<ul><li><ol><li></ul>",
  "<h1><h2></h1>",
  "<center><font size=99><pre>",
  "<style>.footer{display:none}td{visibility:hidden}*{opacity:0}</style>",
  "<style>@media all{.footer,body{display:none !important}}</style>",
  "<style>",
  "<!--",
  "<!-- --",
  "<![CDATA[",
  "<?",
  "<textarea>",
  "<title>",
  "<plaintext>",
  "<select>",
  "<svg><style>",
  "<template>",
  "<noscript>",
  '<a href="https://evil.test',
  "<p title='",
  "red;position:fixed;top:0;left:0;width:100%;height:100%",
  "red;display:none",
  'red" style="position:fixed',
  'red"><div style="position:absolute;inset:0;background:#fff">',
  "red}}.footer{display:none}td{display:none",
  "red;margin-bottom:-900px",
  "red;text-shadow:0 300px 0 #5f6368",
  "<div style='height:0;line-height:0'><a href='https://evil.test' style='font-size:900px'>HHHH</a></div>",
  "<div style='height:0'><img src='https://evil.test/x.png' width=900 height=900></div>",
  "<p style='margin-bottom:-800px'>x</p><p style='text-indent:-9999px'>y</p>",
  "<div style='float:left;width:100%;height:9000px;background:#fff'><a href='https://evil.test'>x</a></div>",
  "<p style='height:99999999px'>x</p>",
  "<td height=99999999>",
  "<p style='transform:translateY(500px);opacity:0;filter:blur(9px)'>x</p>",
  "<a href='https://evil.test' class='footer' id='footer' name='footer'>Unsubscribe</a>",
  "{{brokerage.name}}{{{property.x}}}",
  "\ufdd0property.x\ufdd1<b>\ufdd2",
  "\u202e\u2066\u2067",
  "\0</td>",
  "</body></html><body style='display:none'>",
  "<body style='display:none'><html>",
  "</br></p></p>",
];

const prefixes = ["", '">', "'>", "</p></td></tr></table>"];

/** At least 500 hostile values. The values that attack the structure of an email come first. */
export const hostileValues: readonly string[] = [
  ...structural,
  ...prefixes.flatMap((prefix) => htmlAttacks.map((attack) => prefix + attack)),
];

/** Templates with a variable, one for every kind of place that a template can have for a value. */
const places: readonly string[] = [
  "<p>Hi {{property.x}}, welcome</p>",
  "<p>Hi {{{property.x}}}, welcome</p>",
  "<div>{{&property.x}}</div>",
  "{{{property.x}}}",
  '<p title="{{property.x}}">Hi</p>',
  '<p title="{{{property.x}}}" class="{{property.x}}">Hi</p>',
  '<p style="color:{{property.x}}">Hi</p>',
  '<p style="color:{{{property.x}}};padding:4px">Hi</p>',
  '<p style="background-image:url({{property.x}})">Hi</p>',
  '<a href="{{property.x}}">tour</a>',
  '<a href="{{{property.x}}}">tour</a>',
  '<a href="https://{{property.x}}/">tour</a>',
  '<a href="https://a.example/{{property.x}}">tour</a>',
  '<a href="https://a.example/?q={{property.x}}#{{property.x}}">tour</a>',
  '<a href="mailto:{{property.x}}">write</a>',
  '<a href="tel:{{property.x}}">call</a>',
  '<img src="https://a.example/{{property.x}}" alt="{{property.x}}" width="{{property.x}}">',
  "<table><tr><td>{{{property.x}}}</td></tr></table>",
  '<table width="{{property.x}}"><tr><td style="width:{{property.x}}">{{property.x}}</td></tr></table>',
  "<table>{{#each property.list}}<tr><td>{{{this}}}</td></tr>{{/each}}</table>",
  "<ul>{{#each property.list}}<li>{{this}} {{{this}}}</li>{{/each}}</ul>",
  "{{#if property.x}}<div>{{/if}}<p>Hi {{{property.x}}}</p>{{#if property.y}}</div>{{/if}}",
  "<table><tr><td>{{#each property.list}}</td></tr></table>{{/each}}",
  "<style>@media all{p{color:{{property.x}};margin:0}}</style><p>Hi</p>",
  "{{#with property}}<b>{{{x}}}</b>{{/with}}{{{lookup property 'x'}}}",
];

/**
 * Returns the letters of all presets, and `count` templates that are random combinations of
 * `places`.
 */
export function listLettersToAttack(seed: number, count: number): string[] {
  const random = createRandom(seed, "hostile templates");
  const drawn = Array.from({ length: count }, (_, index) =>
    [places[index % places.length], random.pick(places), random.pick(places)].join("\n"),
  );
  return [...englishPresets.flatMap(({ steps }) => steps.map(({ bodyHtml }) => bodyHtml)), ...drawn].map(
    (source) => {
      const letter = sanitizeAndInlineLetter(source);
      if (!letter.ok) throw new Error(`${letter.message}: ${source}`);
      return letter.html;
    },
  );
}

/**
 * Returns the rendered letter of a saved template. Every variable that a host fills has the value
 * `value`.
 */
export function renderLetterWithValue(template: string, value: string): string {
  const own = knownVariables.filter(({ path }) => /^(?:recipient|property)\./.test(path));
  const names = own.map(({ path }) => path.slice(path.indexOf(".") + 1));
  const values = Object.fromEntries([...names, "x", "y"].map((name) => [name, value]));
  const data = buildTemplateData({
    recipient: {
      email: null,
      name: value,
      data: { recipient: values, property: { ...values, list: [value, value] } },
    },
    sender: { ...coloradoDisclosureInput.agent, fromEmail: "dana@frontrange.example" },
    tenant: coloradoDisclosureInput.office,
  });
  const parsed = parseTemplate(template);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const rendered = renderTemplate(parsed.template, data, "html", { sanitizeValue });
  if (!rendered.ok) throw new Error(rendered.message);
  return joinHtmlPieces(finishLetter(rendered.output).pieces);
}
