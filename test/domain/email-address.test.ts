import { expect, test } from "vitest";
import { parseEmailAddress } from "../../shared/email-address.ts";
import { emailAddress } from "../../shared/primitives.ts";

const messageOf = (text: string) => emailAddress.safeParse(text).error?.issues[0]?.message;

test.each([
  [" Jane@Example.COM\u00a0", "jane@example.com"],
  ["info@Bücher.example", "info@xn--bcher-kva.example"],
  ["info@пример.рф", "info@xn--e1afmkfd.xn--p1ai"],
  ["info@例え。テスト", "info@xn--r8jz45g.xn--zckzah"],
  ["zoe@example.com\u200b", "zoe@example.com"],
  ["\u202azoe\u00ad@exam\u200cple.com\u202c\ufeff", "zoe@example.com"],
  ["R&D@example.com", "r&d@example.com"],
  ["Mary Roe <M@example.com>", "m@example.com"],
  ['"Roe, Mary" <m@example.com>', "m@example.com"],
  ["<m@example.com>;", "m@example.com"],
  ["mailto:m@example.com?subject=Hi", "m@example.com"],
  ["'m@example.com'", "m@example.com"],
  ["m@example.com.", "m@example.com"],
  ["m@example.com,\u0000", "m@example.com"],
  ["m＠example.com", "m@example.com"],
  ["a!#$%*/=?^_`{|}~-.b@example.com", "a!#$%*/=?^_`{|}~-.b@example.com"],
  [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
  ["o'brien+tag@mail.example.co.uk", "o'brien+tag@mail.example.co.uk"],
])("the email address %j is stored as %s", (text, address) => {
  expect(emailAddress.parse(text)).toBe(address);
});

test.each(["jané@example.com", "ジェーン@example.com"])(
  "the email address %s is refused, and the message gives the reason",
  (text) => {
    expect(messageOf(text)).toMatch(/ASCII letters before the @/);
  },
);

test.each([
  "jane",
  "jane@",
  "jane@example",
  "a b@example.com",
  "jane@exa mple.com",
  "jane@-example.com",
  "jane@example.com/x",
  "jane@example.com:25",
  "jane@%65xample.com",
  "a\n@example.com",
  ".a@example.com",
  "a.@example.com",
  "a..b@example.com",
  "mary@localhost",
  "Mary <m@example.com> <n@example.com>",
  "m@example.com <home>",
  "m@example.com (home)",
  "a@b.com, c@d.com",
  '"a b"@example.com',
  `${"a".repeat(65)}@example.com`,
  "a@b@example.com",
])("the email address %j is refused", (text) => {
  expect(parseEmailAddress(text)).toBeNull();
  expect(messageOf(text)).toBe("must be an email address");
});
