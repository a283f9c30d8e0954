import { describe, expect, it } from "vitest";
import { checkWording } from "../../worker/mail/template/check.ts";

/**
 * Returns the codes of the lint's errors in a letter with this sentence. `isSaved` tells whether
 * the letter can be saved.
 */
const judge = (sentence: string) => {
  const letter = { subject: "Your home", preheader: "", bodyHtml: `<p>${sentence}</p>`, bodyText: "" };
  const { lint, fields } = checkWording(letter);
  const codes = lint.filter(({ severity }) => severity === "error").map(({ code }) => code);
  return { codes: [...new Set(codes)], isSaved: !("bodyHtml" in fields) };
};

describe("an offer of help with a foreclosure", () => {
  it.each([
    "We can help you avoid foreclosure and keep your credit.",
    "I have a way to stop the foreclosure sale of your home.",
    "If you are facing foreclosure, call me today.",
    "Are you behind on your mortgage? There is a way out.",
    "There are alternatives to foreclosure that few owners know.",
    "Ask me about a loan modification before the bank answers.",
    "You could do a short sale and walk away free.",
    "Stop <b>foreclosure</b> this week.",
    "You’re in foreclosure, and I can buy you time.",
  ])("can't be saved in a template: %s", (sentence) => {
    expect(judge(sentence)).toEqual({ codes: ["foreclosureRescue"], isSaved: false });
  });

  it.each([
    "This listing is a short sale, so the bank has to agree.",
    "Two homes in foreclosure came up in your search this week.",
    "I can help with the paperwork of a move.",
    "Prices near you rose by four percent in a short time.",
    "We sold the bank-owned home on Alder Ct after its foreclosure ended.",
  ])("is not found in: %s", (sentence) => {
    expect(judge(sentence)).toEqual({ codes: [], isSaved: true });
  });
});

describe("words that make owners fear for their street", () => {
  it.each([
    "Yours is a changing neighborhood, so think about it now.",
    "With so many new faces moving in, many owners think of selling.",
    "Sell before values drop.",
    "Your neighbors are leaving, one by one.",
    "The neighborhood is not what it used to be.",
    "Get out while you can.",
    "Have you seen who is moving in next door?",
    "Rising crime is a reason to think about a move.",
  ])("can't be saved in a template: %s", (sentence) => {
    expect(judge(sentence)).toEqual({ codes: ["blockbusting"], isSaved: false });
  });

  it.each([
    "Three homes on your street sold this spring.",
    "Everyone is leaving for the holidays, so I write again in January.",
    "There are two people moving in with the buyer.",
    "The market is changing, and rates fell last week.",
    "A new school opens on Alder Ct.",
    "Values rose by six percent before the summer.",
    "My neighbors are happy to recommend me.",
  ])("are not found in: %s", (sentence) => {
    expect(judge(sentence)).toEqual({ codes: [], isSaved: true });
  });
});
