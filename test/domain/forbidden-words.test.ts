import { describe, expect, it } from "vitest";
import { checkWording } from "../../worker/mail/template/check.ts";

/**
 * Checks a letter with this sentence. Returns the codes of the errors, and `isSaved`, which tells
 * whether an office can save the letter.
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
    "We stop foreclosures in this county.",
    "I can keep the bank from foreclosing on you.",
    "There is still time to stop the sheriff's sale.",
    "Let us save your home before the bank takes it.",
    "If you are behind on the mortgage, I understand.",
    "Have you missed a few house payments?",
    "We can get your loan modified in a month.",
    "I will talk to your lender on your behalf.",
    "Lower your mortgage without moving.",
    "You have a notice of default on file.",
    "Owners at risk of losing your home have options.",
    "Let me protect you from repossession.",
    "Sell and put an end to the foreclosure.",
    "I’ll help you catch up on your payments.",
    "We can save your home from the auction.",
    "Is the bank about to take your house?",
    "Stop the bank from taking your home.",
    "Don't lose your house to the bank.",
    "I help homeowners who missed mortgage payments.",
    "Facing a trustee sale? Talk to me first.",
    "We prevent foreclosures.",
    "Got a notice of default? I can help.",
    "Your foreclosure can be postponed.",
    "Let us negotiate with your lender.",
    "I specialize in short sales.",
    "We'll stop the sheriff’s sale.",
    "I can rescue your equity before the sale date.",
    "Foreclosure is not your only option.",
    "Puedo evitar la ejecución hipotecaria.",
  ])("can't be saved in a template: %s", (sentence) => {
    expect(judge(sentence)).toEqual({ codes: ["foreclosureRescue"], isSaved: false });
  });

  it.each([
    "This listing is a short sale, so the bank has to agree.",
    "Two homes in foreclosure came up in your search this week.",
    "I can help with the paperwork of a move.",
    "Prices near you rose by four percent in a short time.",
    "We sold the bank-owned home on Alder Ct after its foreclosure ended.",
    "I can help you find a home that a bank has foreclosed.",
    "Lower mortgage rates bring more buyers this month.",
    "Mortgage payments rise with the rates, so buyers ask for less.",
    "The bank holds an auction of its old furniture on Friday.",
    "I am late with my answer, sorry.",
    "Help us stop the weeds before the sale of plants.",
    "I can help you avoid surprises at the sale.",
    "Your bank can help with a new loan.",
    "Could we get coffee before the sale date?",
    "You will not lose your home office.",
    "I was late with payment for the sign.",
    "I can handle the paperwork and the showings.",
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
    "Home values will drop soon.",
    "Home prices are going to drop, as everybody says.",
    "The neighborhood has changed a lot.",
    "Your street isn’t the same anymore.",
    "Immigrants are moving in on the next block.",
    "Section 8 tenants are coming to Oak Street.",
    "Many neighbors have been leaving.",
    "The demographics are shifting around you.",
    "Crime is up this year.",
    "Sell now, before prices fall.",
    "Renters are taking over.",
    "Sell before everyone else does.",
    "The schools are getting worse.",
    "Black families are moving to your street.",
    "Different kinds of people are moving in.",
    "So many new faces on your block lately.",
    "Sell now before the area goes downhill.",
    "The area isn’t what it used to be.",
    "Everyone on your street is leaving.",
    "People are fleeing the area.",
    "New groups are moving into the area.",
    "Sell while the neighborhood is still good.",
    "A wave of newcomers is arriving.",
    "Values will drop as the area changes.",
    "Venda antes de que bajen los precios.",
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
    "Prices fell by two percent last quarter, and rose again in May.",
    "The price dropped before the sale.",
    "I changed my number, and the area code is the same.",
    "The tenants are moving in on the first.",
    "The owners have moved to Boise and are leaving on Friday.",
    "Your neighbors are selling their home.",
    "More schools than ever offer music.",
    "Families on your street have asked me about the park.",
    "Sell before you buy, or after.",
    "New kinds of windows are coming in 2027.",
    "The neighborhood turns 100 this year.",
    "All the people on my team live here.",
    "So many people ask me about your street.",
    "If you move before the school year starts, we can rent back.",
    "Prices could fall if rates rise.",
    "The community is growing, and a new park opened.",
  ])("are not found in: %s", (sentence) => {
    expect(judge(sentence)).toEqual({ codes: [], isSaved: true });
  });
});
