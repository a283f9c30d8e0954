import { expect, test } from "vitest";
import { findWideComments } from "../../scripts/comments.ts";

const words = "word ".repeat(25).trim();

test.each([
  ["a line comment", `// ${words}`],
  ["a comment behind code", `const a = 1; // ${words}`],
  ["a comment behind a text with quotes of the other kind", `const a = "it's"; // ${words}`],
  ["a comment behind a regular expression with a quote", `const a = b.replace(/["'\`]/g, ""); // ${words}`],
  ["the only line of a block", `/** ${words} */`],
  ["a middle line of a block", `/**\n * ${words}\n */`],
  ["a comment in JSX", `<p>\n{/* ${words} */}\n</p>`],
  ["a comment behind a template in a template", `const a = \`\${b ? \`c\` : ""}\`; // ${words}`],
])("%s is found if it is too wide", (_, source) => {
  expect(findWideComments(source)).toHaveLength(1);
});

test.each([
  ["code", `const a = "${words}";`],
  ["a text that looks like a comment", `const a = "https://example.com/ // ${words}";`],
  ["a template that looks like a comment", `const a = \`\n// ${words}\n/* ${words} */\n\`;`],
  ["a link without other words", `/** @see https://example.com/${"a".repeat(120)} */`],
  ["a narrow comment beside a wide line", `// ${words.slice(0, 90)}\nconst a = "${words}";`],
])("%s is not reported as a wide comment", (_, source) => {
  expect(findWideComments(source)).toEqual([]);
});

test("a wide comment is reported with its line and width", () => {
  expect(findWideComments(`const a = 1;\n// ${"a".repeat(98)}`)).toEqual([
    "2: a comment reaches column 101; the limit is 100",
  ]);
});
