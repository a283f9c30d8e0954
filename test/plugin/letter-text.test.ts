import { expect, it } from "vitest";
import { toLetterHtml, toLetterText } from "../../plugin/session/letter-text.ts";
import { englishPresets } from "../../shared/presets/presets.ts";

const bodies = englishPresets.flatMap(({ id, steps }) =>
  steps.map(({ bodyHtml }, index): [string, string] => [`${id}.${index + 1}`, bodyHtml]),
);

it.each(bodies)("keeps the letter %s byte for byte", (_name, html) => {
  const text = toLetterText(html);
  expect(text).not.toBeNull();
  expect(text).not.toMatch(/<\/?(?:p|br)\b/);
  expect(toLetterHtml(text ?? "")).toBe(html);
});

it("makes paragraphs and line breaks, and keeps what an agent typed", () => {
  expect(toLetterHtml("Hi {{recipient.firstName}},\r\n\r\n\r\nA < B & C > D\nJane\n")).toBe(
    "<p>Hi {{recipient.firstName}},</p>\n<p>A &lt; B &amp; C &gt; D<br>Jane</p>",
  );
  expect(toLetterText("<p>A &lt; B &amp;amp; C</p>")).toBe("A < B &amp; C");
  expect([toLetterHtml(""), toLetterText("")]).toEqual(["", ""]);
});

it("leaves variables as they are, quotes and all", () => {
  const text = 'Hi {{default recipient.salutation "you & <all>"}}, yes';
  expect(toLetterText(toLetterHtml(text))).toBe(text);
});

it.each([
  "<p>Hi <b>Jane</b></p>",
  "<p>one</p><p>two</p>",
  '<p style="color:red">Hi</p>',
  "<ul><li>one</li></ul>",
  "<p>a &nbsp; b &eacute;</p>\n<h1>x</h1>",
])("has no text for a letter with formatting: %s", (html) => {
  expect(toLetterText(html)).toBeNull();
});
