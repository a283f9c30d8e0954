import { describe, expect, it } from "vitest";
import { maskMustaches } from "../../shared/mustache.ts";
import { allPresets } from "../../shared/presets/presets.ts";
import { lintCodes } from "../../shared/vocabulary.ts";
import { lintTemplate } from "../../worker/domain/template/lint.ts";
import { lintFiller } from "../../worker/domain/template/lint-text.ts";
import { checkWording, type WordingTexts } from "../../worker/mail/template/check.ts";
import { outlineHtml } from "../../worker/mail/template/html-outline.ts";
import { maxLinearTimeGrowth, measureTimeGrowth } from "../support/growth.ts";

const good: WordingTexts = {
  subject: 'Your home at {{default property.streetAddress "your street"}}',
  preheader: "What it would sell for this month",
  bodyHtml:
    '<p>Hi {{recipient.salutation}}, here is <a href="https://example.com/report">the report</a> on your home.</p>',
  bodyText: "",
};

/**
 * A letter that a template may contain, but with more bytes than Gmail shows without cutting the
 * letter.
 */
const longLetter = `<p>${"Grüße und ".repeat(9_000)}</p>`;

const lintOf = (part: Partial<WordingTexts>, options = {}) =>
  checkWording({ ...good, ...part }, options).lint;
/** Returns the code of each finding, and the text at the finding's position. */
const found = (part: Partial<WordingTexts>, options = {}) =>
  lintOf(part, options).map(({ code, field, start, end }) => [
    code,
    { ...good, ...part }[field].slice(start, end),
  ]);

describe("the template lint", () => {
  it("finds nothing in a good letter or in any preset", () => {
    expect(lintOf({})).toEqual([]);
    for (const { steps } of allPresets) {
      for (const step of steps) {
        const { fields, lint, removed, bodyHtml } = checkWording(step);
        expect([step.subject, fields, lint, removed, bodyHtml]).toEqual([
          step.subject,
          {},
          [],
          [],
          step.bodyHtml,
        ]);
      }
    }
  });

  it.each<[string, Partial<WordingTexts>, string, string]>([
    ["an unknown variable", { subject: "Hi {{first_nome}}" }, "unknownVariable", "first_nome"],
    ["a variable of another email tool", { subject: "Hi {{first_name}}" }, "unknownVariable", "first_name"],
    [
      "a misspelled variable",
      { bodyHtml: "<p>Dear {{recipient.first_name}}</p>" },
      "misspelledVariable",
      "recipient.first_name",
    ],
    [
      "an unknown variable in a default",
      { bodyText: 'x {{default contact.zip "y"}}' },
      "unknownVariable",
      "contact.zip",
    ],
    ["a merge field", { bodyHtml: "<p>Dear *|FNAME|*, welcome to it</p>" }, "foreignMergeField", "*|FNAME|*"],
    [
      "an ambiguous merge field",
      { bodyHtml: "<p>Dear [Name], welcome to it</p>" },
      "foreignMergeField",
      "[Name]",
    ],
    [
      "a link without an address",
      { bodyHtml: '<p>This is <a href="">a longer text</a></p>' },
      "brokenLink",
      'href=""',
    ],
    [
      "a link to nowhere",
      { bodyHtml: '<p>This is <a href="#">a longer text</a></p>' },
      "brokenLink",
      'href="#"',
    ],
    [
      "a relative link",
      { bodyHtml: '<p>This is <a href="/x">a longer text</a></p>' },
      "brokenLink",
      'href="/x"',
    ],
    [
      "a bare host",
      { bodyHtml: '<p>This is <a href="www.example.com">a text</a></p>' },
      "brokenLink",
      'href="www.example.com"',
    ],
    [
      "a link with a scheme only",
      { bodyHtml: '<p>This is <a href="http://">a text</a> here</p>' },
      "brokenLink",
      'href="http://"',
    ],
    [
      "a link with one slash",
      { bodyHtml: '<p>This is <a href="https:/e.com">a text</a></p>' },
      "brokenLink",
      'href="https:/e.com"',
    ],
    [
      "a link with a space",
      { bodyHtml: '<p>This is <a href="https://e.com/a b">text</a></p>' },
      "brokenLink",
      'href="https://e.com/a b"',
    ],
    [
      "a link with half a tag",
      { bodyHtml: '<p>This is <a href="https://e.com/}}">text</a></p>' },
      "brokenLink",
      'href="https://e.com/}}"',
    ],
    [
      "an empty mailto",
      { bodyHtml: '<p>This is <a href="mailto:">a longer text</a></p>' },
      "brokenLink",
      'href="mailto:"',
    ],
    [
      "a picture with a relative address",
      { bodyHtml: '<p>A text that is long</p><img src="a.png" alt="">' },
      "brokenLink",
      'src="a.png"',
    ],
    ["a long subject", { subject: "a ".repeat(40).trim() }, "longSubject", "a ".repeat(40).trim()],
    ["a long preheader", { preheader: "a ".repeat(90).trim() }, "longPreheader", "a ".repeat(90).trim()],
    [
      "a subject in capitals",
      { subject: "SELL YOUR {{property.city}} HOME" },
      "allCaps",
      "SELL YOUR {{property.city}} HOME",
    ],
    ["shouting", { bodyHtml: "<p>We say: THIS IS YOUR CHANCE today</p>" }, "allCaps", "THIS IS YOUR CHANCE"],
    ["exclamation marks", { subject: "Your home!!!" }, "exclamationMarks", "!!!"],
    [
      "a picture without an alt text",
      { bodyHtml: '<p>A text that is long</p><img src="https://e.com/a.png">' },
      "missingAltText",
      '<img src="https://e.com/a.png">',
    ],
    [
      "a letter with pictures only",
      { bodyHtml: '<img src="https://e.com/a.png" alt="">' },
      "imagesOnly",
      '<img src="https://e.com/a.png" alt="">',
    ],
    ["nothing", { bodyHtml: "<p> </p>" }, "emptyBody", "<p> </p>"],
    [
      "the author's own unsubscribe link",
      { bodyHtml: '<p>Some text <a href="https://e.com/x">Unsubscribe</a></p>' },
      "ownUnsubscribe",
      "Unsubscribe",
    ],
    [
      "another email tool's unsubscribe link",
      { bodyHtml: '<p>A text that is <a href="https://e.com/unsubscribe">here</a></p>' },
      "ownUnsubscribe",
      '<a href="https://e.com/unsubscribe">',
    ],
    ["a spam word", { subject: "Act  now about your home" }, "spamWord", "Act  now"],
    [
      "a spam word across tags",
      { bodyHtml: "<p>This is <b>risk</b>-free for you</p>" },
      "spamWord",
      "risk</b>-free",
    ],
    [
      "a word that prefers families",
      { bodyHtml: "<p>It is perfect for <i>families</i> here</p>" },
      "fairHousingWord",
      "perfect for <i>families",
    ],
    [
      "a fair-housing word with an entity",
      { bodyHtml: "<p>It is a family&nbsp;friendly street</p>" },
      "fairHousingWord",
      "family&nbsp;friendly",
    ],
    [
      "a fair-housing word in a default",
      { bodyHtml: '<p>It is {{default property.note "in a safe neighborhood"}} of town</p>' },
      "fairHousingWord",
      "safe neighborhood",
    ],
    [
      "a fair-housing word that a default completes",
      { subject: 'Perfect for {{default recipient.who "families"}}' },
      "fairHousingWord",
      'Perfect for {{default recipient.who "families',
    ],
    [
      "a default in capitals",
      { bodyText: "Hi, {{default recipient.salutation 'DO NOT MISS THIS'}} now" },
      "allCaps",
      "DO NOT MISS THIS",
    ],
    ["a letter too long for Gmail", { bodyHtml: longLetter }, "tooLarge", longLetter],
    ["a word that excludes children", { bodyText: "Sorry, NO CHILDREN." }, "fairHousingWord", "NO CHILDREN"],
    [
      "a neighborhood called exclusive",
      { subject: "An exclusive neighborhood" },
      "fairHousingWord",
      "exclusive neighborhood",
    ],
    [
      "a fair-housing word in British spelling",
      { subject: "An exclusive neighbourhood" },
      "fairHousingWord",
      "exclusive neighbourhood",
    ],
    ["religion", { preheader: "In a Christian community" }, "fairHousingWord", "Christian community"],
    [
      "disability",
      { bodyHtml: "<p>Not for the able-bodied only, a text</p>" },
      "fairHousingWord",
      "able-bodied",
    ],
    [
      "a mention of a death",
      { bodyHtml: "<p>I was <b>sorry</b> for your loss, and I write</p>" },
      "bereavement",
      "sorry</b> for your loss",
    ],
    ["a deadline", { subject: "Today only: your home" }, "spamWord", "Today only"],
    [
      "safety",
      { bodyHtml: "<p>It is in a safe neighborhood of town</p>" },
      "fairHousingWord",
      "safe neighborhood",
    ],
  ])("finds %s and its position", (_name, part, code, text) => {
    expect(found(part)).toContainEqual([code, text]);
  });

  it.each([
    "family room, walk-in closets, master bedroom, great view, desirable neighborhood, mother-in-law suite",
    "On Church Street. Families of products. The exclusive listing agent. A private road. Whitehall.",
    "I guaranteedly priced it; winners circle; a riskfreeish plan; the clickhereabouts",
    "FRONT RANGE LLC sold 3 of them.",
  ])("ignores ordinary words: %s", (words) => {
    expect(found({ bodyHtml: `<p>${words}</p>` })).toEqual([]);
  });

  it.each([
    "<p>This is how we act</p>\n<p>now and then</p>",
    "<p>This is how we <b>act</b></p><p><i>now</i> and then</p>",
    "<ul><li>This is how we act</li><li>now and then</li></ul>",
    "<div>This is how we act <hr>now and then</div>",
  ])("finds no phrase that goes from one paragraph into the next: %s", (bodyHtml) => {
    expect(found({ bodyHtml })).toEqual([]);
  });

  it.each(["act<br>now", "act <br/> now", "<b>act</b> <i>now</i>"])(
    "finds a phrase that a line break or a mark interrupts: %s",
    (words) => {
      const bodyHtml = `<p>Please ${words} about your home</p>`;
      expect(found({ bodyHtml }).map(([code]) => code)).toEqual(["spamWord"]);
    },
  );

  it("counts lines and columns in UTF-16, as an editor does", () => {
    const [finding] = lintOf({ bodyHtml: "<p>Hello 👋</p>\n<p>👋 act now, please, this is it</p>" });
    expect(finding).toMatchObject({ code: "spamWord", start: 22, end: 29, line: 2, column: 7 });
  });

  it("refuses to save errors, names their field, and lets warnings through", () => {
    expect(checkWording({ ...good, subject: "{{nope}}" }).fields).toEqual({
      subject: expect.stringContaining('"nope" is not a variable'),
    });
    expect(checkWording({ ...good, bodyHtml: '<p>x</p>\n<a href="#">a longer text</a>' }).fields).toEqual({
      bodyHtml: expect.stringContaining("(line 2, column 4)"),
    });
    expect(checkWording({ ...good, bodyHtml: "{{#if a}}" }).fields).toHaveProperty("bodyHtml");
    expect(checkWording({ ...good, subject: "ACT NOW, DEAR FRIEND!!!" }).fields).toEqual({});
  });

  it("warns that the office has no postal address", () => {
    expect(lintOf({}, { hasPostalAddress: false })).toMatchObject([
      { code: "missingAddress", severity: "warning" },
    ]);
  });

  it.each<(length: number) => string>([
    (length) => "act ".repeat(length / 4),
    (length) => "[a".repeat(length / 2),
    (length) => `${"%a_".repeat(length / 3)}`,
    (length) => `{{${" x|".repeat(length / 3)}`,
    (length) => `{{default x ${'"a" '.repeat(length / 4)}}}`,
    (length) => '{{default x "'.repeat(length / 13),
    (length) => "A B ".repeat(length / 4),
    (length) => "ABCD ".repeat(length / 5),
    (length) => "A".repeat(length),
    (length) => "! ".repeat(length / 2),
    (length) => '<a href="'.repeat(length / 9),
    (length) => '<a href="https://'.repeat(length / 17),
    (length) => `<a href="https://${"a.".repeat(length / 2)}">x</a>`,
    (length) => "perfect for ".repeat(length / 12),
    (length) => " ".repeat(length),
    (length) => "\n".repeat(length),
    (length) => "{{x}}\n".repeat(length / 6),
    (length) => "&nbsp;".repeat(length / 6),
    (length) => "<<a|".repeat(length / 4),
    (length) => "*|A".repeat(length / 3),
  ])("works in time proportional to the length of the text: %s", (build) => {
    const lint = (text: string) => {
      const { tags, texts } = outlineHtml(maskMustaches(text, lintFiller));
      const none = {
        syntaxErrors: [],
        strangeVariables: [{ field: "bodyText", path: "x", suggestion: null }],
      } as const;
      const wording = { subject: "x", preheader: "", bodyHtml: text, bodyText: text };
      const kept = { keptBytes: text.length, hasPostalAddress: true, attestedClaims: [] };
      lintTemplate({ ...wording, ...none, ...kept, tags, texts });
    };
    expect(measureTimeGrowth(lint, build, 48_000)).toBeLessThan(maxLinearTimeGrowth);
  });

  it("reports at most 100 findings", () => {
    expect(lintOf({ bodyText: "act now. ".repeat(5_000) })).toHaveLength(100);
    expect(new Set(lintCodes).size).toBe(lintCodes.length);
  });
});
