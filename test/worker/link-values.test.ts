import { describe, expect, test } from "vitest";
import { buildLinkedBodies } from "../../worker/mail/compose/bodies.ts";
import { sanitizeValue } from "../../worker/mail/compose/finish-letter.ts";
import { parseTemplate, renderTemplate } from "../../worker/mail/handlebars/handlebars.ts";
import { sanitizeAndInlineLetter } from "../../worker/mail/template/letter.ts";

type Values = Record<string, unknown>;

function render(source: string, property: Values, mode: "html" | "text"): string {
  const parsed = parseTemplate(source);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const rendered = renderTemplate(parsed.template, { property }, mode, { sanitizeValue });
  if (!rendered.ok) throw new Error(rendered.message);
  return rendered.output;
}

/** Sanitizes the template, fills in the values, and returns the finished letter. */
async function send(html: string, property: Values, text = "") {
  const letter = sanitizeAndInlineLetter(html);
  if (!letter.ok) throw new Error(letter.message);
  const rendered = { html: render(letter.html, property, "html"), text: render(text, property, "text") };
  return buildLinkedBodies(rendered, async () => null);
}

const readHref = (html: string) => /(?:href|src)="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;

async function link(href: string, property: Values) {
  const { html, unusable } = await send(`<p>Hi <a href="${href}">x</a></p>`, property);
  return unusable.length > 0 ? unusable : readHref(html);
}

describe("a value in a link", () => {
  const maps = "https://maps.example/search?q={{property.a}}&amp;city={{property.b}}";
  test.each([
    [
      maps,
      { a: "12 Main St #4", b: "Ft. Worth" },
      "https://maps.example/search?q=12%20Main%20St%20%234&city=Ft.%20Worth",
    ],
    [
      maps,
      { a: "Dead & Gone", b: "100% é" },
      "https://maps.example/search?q=Dead%20%26%20Gone&city=100%25%20%C3%A9",
    ],
    ["https://a.example/{{property.a}}/x", { a: "12 Main #4?" }, "https://a.example/12%20Main%20%234%3F/x"],
    ["https://a.example/{{property.a}}", { a: "denver/12-main" }, "https://a.example/denver/12-main"],
    ["https://a.example/{{property.a}}", { a: "1/2 Main" }, "https://a.example/1%2F2%20Main"],
    ["https://a.example/x#{{property.a}}", { a: "a b" }, "https://a.example/x#a%20b"],
    ["https://{{property.a}}.example.com/", { a: "denver" }, "https://denver.example.com/"],
    ["https://{{property.a}}.example.com/", { a: "evil.test/?" }, ["property.a"]],
    ["https://{{property.a}}", { a: "www.tours.example/12 main" }, "https://www.tours.example/12%20main"],
    ["https://{{property.a}}", { a: "https://tours.example/1" }, "https://tours.example/1"],
    ["https://cdn.example{{property.a}}", { a: "/p/1 2.jpg" }, "https://cdn.example/p/1%202.jpg"],
    ["mailto:{{property.a}}", { a: "ann+x@example.com" }, "mailto:ann+x@example.com"],
    ["mailto:{{property.a}}", { a: "nobody" }, ["property.a"]],
    [
      "mailto:a@b.co?subject={{property.a}}",
      { a: "12 Main & Elm" },
      "mailto:a@b.co?subject=12%20Main%20%26%20Elm",
    ],
    ["tel:{{property.a}}", { a: "(303) 555-0142 ext. 5" }, "tel:(303)555-0142;ext=5"],
    ["tel:{{property.a}}", { a: "ask at the desk" }, ["property.a"]],
  ])("is encoded for its place: %s with %j", async (href, property, wanted) => {
    expect(await link(href, property)).toEqual(wanted);
  });

  test.each([
    ["www.tours.example/12-main", "https://www.tours.example/12-main"],
    ["tours.example", "https://tours.example"],
    ["//tours.example/x", "https://tours.example/x"],
    ["HTTP://tours.example/x y", "HTTP://tours.example/x%20y"],
    ["https://tours.example/?a=1&b=%20%zz#c", "https://tours.example/?a=1&b=%20%25zz#c"],
    [" \n https://tours.example/x\n", "https://tours.example/x"],
    ["https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"],
    ["mailto:ann@example.com", "mailto:ann@example.com"],
    ["not yet", ["property.url"]],
    ["n/a", ["property.url"]],
    ["https://", ["property.url"]],
    ["https://localhost/x", ["property.url"]],
    ["ann@example.com", ["property.url"]],
    ["javascript:alert(1)", ["property.url"]],
    ["data:text/html,x", ["property.url"]],
    ["", ["property.url"]],
  ])("is completed or refused if it is the whole address: %j", async (url, wanted) => {
    expect(await link("{{property.url}}", { url })).toEqual(wanted);
    if (url !== "") expect(await link("{{{property.url}}}", { url })).toEqual(wanted);
  });

  test("is also encoded inside a condition or a loop", async () => {
    const { html } = await send(
      '<p>Hi {{#each property.list}}<a href="https://a.example/?q={{this}}">x</a>{{/each}}</p>',
      { list: ["a&b", "c d"] },
    );
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      "https://a.example/?q=a%26b",
      "https://a.example/?q=c%20d",
    ]);
  });

  test("is encoded in a picture's address, and an unusable one holds the email", async () => {
    const picture = '<p>Hi there</p><img src="{{property.photo}}" alt="Home">';
    expect(readHref((await send(picture, { photo: "cdn.example/a b.jpg" })).html)).toBe(
      "https://cdn.example/a%20b.jpg",
    );
    expect((await send(picture, { photo: "data:image/png;base64,AA" })).unusable).toEqual(["property.photo"]);
  });

  test("is written the same way in the text part", async () => {
    const property = { a: "12 Main St #4", url: "www.tours.example/12-main" };
    const html =
      '<p><a href="https://maps.example/?q={{property.a}}">map</a> <a href="{{property.url}}">tour</a></p>';
    expect((await send(html, property)).text).toBe(
      "map (https://maps.example/?q=12%20Main%20St%20%234) tour (https://www.tours.example/12-main)",
    );
    const text = "At {{property.a}}: https://maps.example/?q={{property.a}}, tour {{property.url}}";
    expect((await send(html, property, text)).text).toBe(
      "At 12 Main St #4: https://maps.example/?q=12%20Main%20St%20%234, tour https://www.tours.example/12-main",
    );
    expect((await send("<p>Hi there</p>", { a: "no host" }, "https://{{property.a}}/x")).unusable).toEqual([
      "property.a",
    ]);
  });
});

describe("a value outside a link", () => {
  test("adds no second declaration to a style, and no forbidden one", async () => {
    for (const color of [
      "red;display:none",
      "red;position:fixed",
      'red" onclick="x',
      "expression(x)",
      "\\65",
    ]) {
      const { html } = await send('<p style="color:{{property.color}};margin:0">Hi</p>', { color });
      expect([color, html]).toEqual([color, '<p style="margin:0">Hi</p>']);
    }
    const { html } = await send('<p style="color:{{property.color}}">Hi</p>', { color: "#0b57d0" });
    expect(html).toBe('<p style="color:#0b57d0">Hi</p>');
  });

  test("can't end a rule in a style sheet", async () => {
    const { html } = await send("<style>@media all{p{color:{{property.x}};margin:0}}</style><p>Hi</p>", {
      x: "red}}.footer{display:none}td{display:none",
    });
    expect(html).not.toMatch(/(?:^|[},])\s*(?:\.footer|td)/m);
  });

  test("in triple braces is sanitized alone, so that it closes and opens nothing around it", async () => {
    const hostile =
      '</p></td></tr></table><div style="position:fixed;top:0"><a href="https://evil.test">x</a><!-- <script>';
    const { html, faults } = await send("<p>A {{{property.x}}} B</p>", { x: hostile });
    expect(faults).toEqual([]);
    expect(html).toBe('<p>A </p><p></p><div><a href="https://evil.test">x</a></div> B<p></p>');
  });

  test("can't imitate the internal marks around values", async () => {
    const { html } = await send('<p>{{property.x}}</p><a href="https://a.example/{{property.x}}">y</a>', {
      x: "\ufdd0a\ufdd1b\ufdd2",
    });
    expect(html).toBe('<p>ab</p><a href="https://a.example/ab">y</a>');
  });
});
