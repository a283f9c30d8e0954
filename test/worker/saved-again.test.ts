import { describe, expect, inject, test } from "vitest";
import { filterStyle } from "../../worker/mail/template/allowed-styles.ts";
import { checkWording } from "../../worker/mail/template/check.ts";
import { listLettersToAttack } from "../support/hostile-values.ts";
import { buildTemplateBody } from "../support/worker/api.ts";
import { openApp } from "../support/worker/app.ts";
import { createRandom, type Random } from "../support/worker/chaos/random.ts";
import { listForbiddenHtmlParts } from "../support/worker/foreign-parts.ts";
import { htmlAttacks } from "../support/worker/html-attacks.ts";

const wordingWith = (bodyHtml: string) => ({ subject: "Hi", preheader: "", bodyText: "", bodyHtml });
const canBeSaved = ({ fields }: { fields: object }) => Object.keys(fields).length === 0;

const styles = [
  "color:RED",
  "Margin: 0  auto",
  "BACKGROUND:Linear-Gradient(#fff,#000)",
  "background:repeating-linear-gradient(red,blue)",
  "font-family:'Segoe UI', \"Arial\"",
  "background-image:url( 'https://a.example/b c.png' )",
  "padding:0;;width:calc(100% - 10px)",
  "COLOR\n:\nred !IMPORTANT/* x */",
  "position:fixed;margin:-4px",
  "width:{{property.lotWidth}}px",
];
/** Parts of letters in the HTML of other editors and mail tools. `@` stands for a style. */
const parts = [
  '<p style="@">Hi {{recipient.salutation}} there</p>',
  "<table style='@'><tr><td>x one</td></tr></table>",
  '<div><span STYLE="@">never closed',
  "<style>p{@}td.x>b{@}</style>",
  "<style>@media (MAX-width:600px){p{@}} .a{@}</style>",
  '<img src="https://a.example/i.png" alt="x &amp; y" style="@">',
  '<img src="data:image/png;base64,iVBORw0KGgo=" alt="logo">',
  '<a href="https://a.example/?a=1&b=2" style="@">see</a>',
  "<a href='sms:+15555550100'>text me</a>",
  "text & more &lt;b&gt; &copy; \u200c",
  "<b><p>x</b>y</p>",
  '<ul><li>a<li style="@">b</ul>',
  '{{#if property.pool}}<p style="@">x</p>{{else}}<p>y</p>{{/if}}',
  "<td>loose</td>",
  "<center><font color=red>q</font></center><br/><hr>",
  "<!-- c --><pre>\n\n a</pre>",
  "<p>&nbsp; \u00a0{{{recipient.note}}}</p>",
  "<p>&#123;&#123;a}}</p>",
  '<p style="color:red" style="margin:0">x</p>',
  "<svg><p>x</p></svg>",
];

function buildLetter(random: Random): string {
  const style = () => Array.from({ length: random.between(1, 3) }, () => random.pick(styles)).join(";");
  return Array.from({ length: random.between(1, 6) }, () =>
    random.pick(parts).replaceAll(/@(?!media)/g, style),
  ).join(random.pick(["", "\n", "  "]));
}

test("a letter that was saved once is saved again without any change", { timeout: 600_000 }, () => {
  const random = createRandom(1, "saved again");
  const letters = [
    ...listLettersToAttack(3, 25),
    ...htmlAttacks.map((attack) => `<p>Hi there</p>${attack}`),
    ...Array.from({ length: inject("isDeep") ? 5_000 : 150 }, () => buildLetter(random)),
  ];
  let saved = 0;
  for (const letter of letters) {
    const first = checkWording(wordingWith(letter));
    if (!canBeSaved(first)) continue;
    saved += 1;
    const { bodyHtml, removed, fields } = checkWording(wordingWith(first.bodyHtml));
    expect([letter, bodyHtml, removed, fields]).toEqual([letter, first.bodyHtml, [], {}]);
  }
  expect(saved).toBeGreaterThan(letters.length / 2);
});

describe("an allowed style", () => {
  test.each([
    ["Margin:0 auto;width:600px", "margin:0 auto;width:600px"],
    ["COLOR : Red", "color:Red"],
    ["  padding\t:\n 4px  8px ; ", "padding:4px 8px"],
    ["background:linear-gradient(#fff,#000)", "background:linear-gradient(#fff,#000)"],
    [
      "Background: Linear-Gradient( to right, #fff 0%,\n #000 )",
      "background:Linear-Gradient( to right, #fff 0%, #000 )",
    ],
    ["color:red/* a note */;margin:0", "color:red;margin:0"],
    ["color:red !important", "color:red !important"],
  ])("%j is kept as %j", (style, kept) => {
    expect(filterStyle(style)).toBe(kept);
    expect(filterStyle(kept)).toBe(kept);
  });

  test.each(["background:repeating-linear-gradient(red,blue)", "Margin:0 -4px", "POSITION:fixed"])(
    "is not %j, in any case or spacing",
    (style) => {
      expect(filterStyle(style)).toBe("");
    },
  );
});

test("the preview of an unsaved wording shows the same letter as the preview of it once it is saved", async () => {
  const { api } = await openApp();
  const random = createRandom(2, "preview of an unsaved wording");
  let compared = 0;
  for (let run = 0; run < 12; run += 1) {
    const body = buildTemplateBody({ subject: "Hi", bodyHtml: buildLetter(random) });
    const saved = await api.post("/api/templates", body);
    if (saved.status !== 201) continue;
    compared += 1;
    const { subject, bodyHtml } = body as { subject: string; bodyHtml: string };
    const content = { subject, preheader: "", bodyHtml, bodyText: "" };
    const unsaved = await api.post("/api/templates/preview", { content });
    const again = await api.post("/api/templates/preview", { templateId: saved.json.id });
    expect([bodyHtml, unsaved.status, unsaved.json.html]).toEqual([bodyHtml, 200, again.json.html]);
    expect(unsaved.json.text).toBe(again.json.text);
  }
  expect(compared).toBeGreaterThan(5);
});

test("the preview of a wording that can't be saved shows no part that a letter may not have", async () => {
  const { api } = await openApp();
  const bodyHtml =
    '<p>Hi {{{property.note}}}</p><td {{#if a}}x{{/if}} onclick="a()">x</td><script>1</script>';
  const content = { subject: "Hi", preheader: "", bodyHtml, bodyText: "" };
  expect((await api.post("/api/templates", buildTemplateBody(content))).status).toBe(400);
  const note = "</td></tr></table><div style='position:fixed'><script>2</script>";
  const { status, json } = await api.post("/api/templates/preview", { content, property: { note } });
  const letter =
    /<td class="letter"[^>]*>([\s\S]*)<\/td><\/tr>\s*<tr><td class="footer"/.exec(json.html)?.[1] ?? "none";
  expect([status, json.html.match(/class="footer"/g)]).toEqual([200, ['class="footer"']]);
  expect(letter).toContain("Hi ");
  expect(await listForbiddenHtmlParts(letter)).toEqual([]);
});
