import { describe, expect, it } from "vitest";
import { checkWording } from "../../worker/mail/template/check.ts";

const good = {
  subject: "Your home",
  preheader: "",
  bodyHtml: "<p>Hi there, a word on it.</p>",
  bodyText: "",
};

describe("a false reply mark in a subject", () => {
  it.each([
    "Re: your home",
    "RE : your home",
    " re: x",
    "Fwd: x",
    "FW: x",
    "Re[2]: x",
    "AW: x",
    "Re: Fwd: x",
    "Re(2): x",
    "Re^2: x",
    "Re：x",
    "Ｒｅ: x",
    "\u200bRe: x",
    "R\u00ade: x",
    "[External] Re: x",
    '"Re: x',
    "(Re: x)",
    "Re - x",
    "Fwd– x",
    "RES: x",
    "Odp: x",
    "回复: x",
  ])("is an error: %j", (subject) => {
    const { fields, lint } = checkWording({ ...good, subject });
    expect(lint.map(({ code, severity }) => [code, severity])).toEqual([["falseReply", "error"]]);
    expect(fields.subject).toContain("suggests an earlier conversation");
  });

  it("is located without the text behind it, also behind an invisible character", () => {
    const [finding] = checkWording({ ...good, subject: "\u200bＲe：x" }).lint;
    expect([finding?.start, finding?.end]).toEqual([0, 4]);
  });

  it.each([
    "Regarding your home",
    "Red: a color",
    "A word re: your home",
    "Re-listing your home",
    "Re/Max has a question",
    "Rental: a question",
    "R: a question",
    "[Denver] A question",
    "{{recipient.firstName}}: a question",
  ])("is not found in %j", (subject) => {
    expect(checkWording({ ...good, subject }).lint.map(({ code }) => code)).not.toContain("falseReply");
  });
});

describe("the agent's name in a letter", () => {
  const agent = "{{sender.fromName}}";
  const office = "{{brokerage.name}}";
  const codes = (bodyHtml: string) =>
    checkWording({ ...good, bodyHtml: `<p>Hi there, a word on your home.</p>${bodyHtml}` })
      .lint.filter(({ severity }) => severity === "error")
      .map(({ code }) => code);

  it.each([
    `<h1>${agent}</h1>`,
    `<h2>${agent}</h2><p>${office}</p>`,
    `<p style="font-size:18px">${agent}</p>`,
    `<p style="font:bold 14pt serif">${agent}</p>`,
    `<div style="font-size:20px"><p style="font-size:1em">By ${agent}</p></div>`,
    `<p style="font-size:150%">{{default sender.fromName "me"}}</p>`,
    `<font size="5">${agent}</font>`,
    `<style>.me{font-size:24px}</style><p class="me">${agent}</p>`,
    `<p style="font-size:x-large">${agent}</p>`,
    `<h1>${agent}</h1><h1>${office}</h1>`,
  ])("may not be as large as the brokerage's name: %s", (html) => {
    expect(codes(html)).toEqual(["agentTooLarge"]);
  });

  it.each([
    `<p>${agent}<br>${office}</p>`,
    `<p style="font-size:17px">${agent}</p>`,
    `<h1>Thinking of selling?</h1><p>${agent}</p>`,
    `<h2>${agent}</h2><h1>${office}</h1>`,
    `<h1><small style="font-size:12px">${agent}</small></h1>`,
  ])("may be smaller than the brokerage's name: %s", (html) => {
    expect(codes(html)).toEqual([]);
  });
});
