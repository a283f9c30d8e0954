import { expect, test } from "vitest";
import { emailAddress } from "../../shared/primitives.ts";

const messageOf = (text: string) => emailAddress.safeParse(text).error?.issues[0]?.message;

test.each([
  [" Jane@Example.COM\u00a0", "jane@example.com"],
  ["info@Bücher.example", "info@xn--bcher-kva.example"],
  ["info@пример.рф", "info@xn--e1afmkfd.xn--p1ai"],
  ["info@例え。テスト", "info@xn--r8jz45g.xn--zckzah"],
  ["o'brien+tag@mail.example.co.uk", "o'brien+tag@mail.example.co.uk"],
])("%j is kept as %s", (text, address) => {
  expect(emailAddress.parse(text)).toBe(address);
});

test.each(["jané@example.com", "ジェーン@example.com"])("%s is refused, and why is said", (text) => {
  expect(messageOf(text)).toMatch(/ASCII letters before the @/);
});

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
])("%j is refused", (text) => {
  expect(messageOf(text)).toBe("must be an email address");
});
