import { describe, expect, test } from "vitest";
import { decodeEntities } from "../../shared/html-text.ts";
import { findMustaches, maskMustaches } from "../../shared/mustache.ts";
import { renderEmailDocument } from "../../worker/mail/compose/document.ts";
import { finishLetter, sanitizeValue } from "../../worker/mail/compose/finish-letter.ts";
import { parseTemplate, renderTemplate } from "../../worker/mail/handlebars/handlebars.ts";
import { sanitizeAndInlineLetter } from "../../worker/mail/template/letter.ts";
import { joinHtmlPieces } from "../../worker/mail/template/sanitize.ts";
import { listForbiddenHtmlParts } from "../support/worker/foreign-parts.ts";
import { htmlAttacks } from "../support/worker/html-attacks.ts";

function letterOf(html: string) {
  const letter = sanitizeAndInlineLetter(html);
  if (!letter.ok) throw new Error(letter.message);
  return letter;
}

const finish = (html: string) => joinHtmlPieces(finishLetter(html).pieces);

describe("a letter", () => {
  test("contains no executable code from any known attack, when saved and when sent", async () => {
    expect(htmlAttacks.length).toBeGreaterThanOrEqual(120);
    for (const attack of htmlAttacks) {
      const letter = sanitizeAndInlineLetter(`<p>before</p>${attack}`);
      // If the sanitizer can't remove an attack without also removing a Handlebars tag, the
      // sanitizer refuses the letter.
      if (!letter.ok) {
        expect([attack, letter.message]).toEqual([attack, expect.stringMatching(/\{\{|quotes/)]);
        continue;
      }
      expect([attack, await listForbiddenHtmlParts(maskMustaches(letter.html))]).toEqual([attack, []]);
      const parsed = parseTemplate(letter.html);
      if (!parsed.ok) continue;
      const data = { a: true, recipient: { x: '"><img src=x onerror=alert(1)> javascript:alert(1)' } };
      const rendered = renderTemplate(parsed.template, data, "html", { sanitizeValue });
      if (rendered.ok)
        expect([attack, await listForbiddenHtmlParts(finish(rendered.output))]).toEqual([attack, []]);
    }
  });

  test("is sanitized again before it is sent, in case it was stored unsanitized", async () => {
    for (const attack of htmlAttacks)
      expect([attack, await listForbiddenHtmlParts(finish(`<p>before</p>${attack}`))]).toEqual([attack, []]);
  });

  test("reports everything that was removed from it", () => {
    const silent = htmlAttacks.filter((attack) => {
      const letter = sanitizeAndInlineLetter(attack);
      if (!letter.ok) return false;
      const isSame = (text: string) =>
        decodeEntities(text)
          .replace(/[^\w<>&=]/g, "")
          .toLowerCase();
      return letter.removed.length === 0 && isSame(letter.html) !== isSame(attack);
    });
    // Some samples only look like markup. The sanitizer keeps these as text and reports nothing, so
    // only samples with real code are checked.
    expect(silent.filter((attack) => /on\w+\s*=|href\s*=\s*["' ]*j|<script/i.test(attack))).toEqual([]);
  });

  test("shows harmful data only as text, even in a {{{tag}}}", async () => {
    const { html } = letterOf('<p>{{{recipient.x}}}</p><a href="{{recipient.url}}">x</a>');
    const parsed = parseTemplate(html);
    if (!parsed.ok) throw new Error("not a template");
    const data = {
      recipient: { x: "<script>alert(1)</script><p onclick=alert(1)>", url: "javascript:alert(1)" },
    };
    const rendered = renderTemplate(parsed.template, data, "html", { sanitizeValue });
    expect(await listForbiddenHtmlParts(finish(rendered.ok ? rendered.output : "<script>"))).toEqual([]);
  });

  test.each([
    "<p>Hi {{recipient.salutation}}, {{{recipient.note}}} {{&recipient.note}}</p>",
    "<p>{{default property.streetAddress \"your <b> 'home' & garden\"}}</p>",
    '<a href="{{recipient.link}}">a</a><a href="https://e.example/?a={{recipient.id}}&amp;b={{property.id}}">b</a>',
    '<a href="mailto:{{sender.fromEmail}}?subject={{property.city}}">c</a><a href="tel:{{sender.phone}}">d</a>',
    '<img src="{{property.photo}}" alt="{{property.streetAddress}}" width="{{recipient.w}}">',
    '<p style="color:{{brokerage.color}};padding:4px" class="{{recipient.kind}}">x</p>',
    "<table>{{#each property.rooms}}<tr><td>{{name}}</td></tr>{{else}}<tr><td>none</td></tr>{{/each}}</table>",
    "<table><tbody>{{#if a}}<tr>{{#if b}}<td>1</td>{{/if}}</tr>{{/if}}</tbody></table>",
    "<ul>{{#each a as |item index|}}<li>{{item.[first name]}} {{@index}} {{../b}}</li>{{/each}}</ul>",
    "<p>{{~#if a~}} x {{~else if b~}} y {{~/if~}}</p>",
    "<p>{{!-- a <b> comment }} --}}{{! short }}{{lookup a 'b}}'}}{{a \"}}\"}}</p>",
    "<p>\\{{not a tag}} and \\\\{{a.tag}}</p>",
  ])("keeps Handlebars tags unchanged, byte for byte: %s", (html) => {
    expect(letterOf(html)).toEqual({ ok: true, html, removed: [] });
  });

  test("with a Handlebars tag inside an HTML tag, outside a value, is refused", () => {
    for (const html of ['<td {{#if a}}bgcolor="red"{{/if}}>x</td>', "<{{recipient.tag}}>x"]) {
      expect(sanitizeAndInlineLetter(html)).toMatchObject({
        ok: false,
        message: expect.stringContaining("{{"),
      });
    }
  });

  test("gets no tag from braces that were written as character references", () => {
    const { html } = letterOf('<p title="&#123;&#123;x}}">&#123;&#x7b;recipient.x}} &lcub;&lcub;y}}</p>');
    expect(findMustaches(html)).toEqual([]);
    expect(letterOf(html).html).toBe(html);
  });

  test("has its styles inlined by specificity, and its media queries in a style sheet", () => {
    const { html, removed } = letterOf(
      "<style>p{color:red;margin:0} .big{font-size:20px} #one{color:green} p.big{color:blue !important}" +
        " @media (max-width:600px){.big{font-size:16px !important} p:hover{color:red}}</style>" +
        '<p class="big" id="one" style="margin:8px">a</p><p>b</p>',
    );
    expect(html).toBe(
      "<style>\n@media (max-width:600px){.letter .big{font-size:16px !important}}\n</style>\n" +
        '<p class="big" id="one" style="font-size:20px;margin:8px;color:blue">a</p><p style="color:red;margin:0">b</p>',
    );
    expect(removed).toEqual([{ kind: "style", name: "a selector that is not simple", count: 1 }]);
  });

  test("can't restyle the footer", () => {
    const { html } = letterOf("<style>@media all{.footer,td,body,.letter{display:none}}</style><p>x</p>");
    const selectors = /\{([^{]*)\{/.exec(html)?.[1]?.split(",") ?? [];
    expect(selectors).toEqual([".letter .footer", ".letter td", ".letter body", ".letter .letter"]);
    const document = renderEmailDocument({
      language: "en",
      subject: "s",
      preheader: "",
      letter: html,
      footer: "",
      pixelUrl: null,
      trapUrl: null,
    });
    expect(document).toMatch(/<td class="letter" style="[^"]+">/);
  });

  test("does not change when it is saved again", () => {
    const samples = [
      ...htmlAttacks,
      "<style>@media all{.letter .a .b .c .d{color:red}} .a>b{color:red}</style><div class=a><b>x</b></div>",
      "<h1>A&nbsp;&amp;&copy;B</h1>\n\n<br><hr><p style='color:RED;;padding:1px'>x<p>y",
      "<table><tr><td width=50%>{{a}}<td>{{b}}</table>",
    ];
    for (const sample of samples) {
      const once = sanitizeAndInlineLetter(sample);
      if (!once.ok) continue;
      expect([sample, sanitizeAndInlineLetter(once.html)]).toEqual([
        sample,
        { ok: true, html: once.html, removed: [] },
      ]);
    }
  });

  test.each([
    ["tags that never close", "<div>".repeat(20_000)],
    ["quotes that never close", '<a href="'.repeat(11_000)],
    ["Handlebars tags that never close", "{{[".repeat(33_000)],
    ["comments that never close", "<!--{{!--".repeat(11_000)],
    ["the names that stand in for hidden tags", "hb0xhb1xhb2x".repeat(8_000)],
    ["a long style", `<p style="${"a:b(".repeat(24_000)}">x</p>`],
    ["many style attributes", `<p style="width:calc(${"1px + ".repeat(40)}1px)">`.repeat(300)],
    ["every rule for every element", `<style>${"*{color:red}".repeat(4_000)}</style>${"<p>".repeat(15_000)}`],
    ["nested styles", `<style>${"@media all{".repeat(9_000)}</style>x`],
  ])("is made or refused in limited time: %s", (_name, html) => {
    // If the sanitizer hangs, the time limit of the test ends the test.
    const letter = sanitizeAndInlineLetter(html);
    expect(letter.ok ? letter.html.length : 0).toBeLessThan(2_000_000);
  });
});
