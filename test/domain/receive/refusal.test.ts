import { describe, expect, test } from "vitest";
import { hashTraining, readTrainingAnswers } from "../../../scripts/refusal-answers.ts";
import { interpretInboundEmail } from "../../../worker/domain/receive/inbound-meaning.ts";
import { interpretOptOut } from "../../../worker/domain/receive/opt-out.ts";
import { isRefusalByRules } from "../../../worker/domain/receive/refusal.ts";
import { scoreRefusal } from "../../../worker/domain/receive/refusal-classifier/score.ts";
import trained from "../../../worker/domain/receive/refusal-classifier/weights.json" with { type: "json" };
import { isRefusal } from "../../../worker/domain/receive/refusal-reading.ts";
import { extractReplyText } from "../../../worker/domain/receive/reply-text.ts";
import { hasLabelledAnswers, loadLabelledAnswers, printRuleScore, scoreRule } from "./labelled.ts";

type Row = { language: string; text: string; subject?: string; label: "refusal" | "reply" };

/**
 * Tells whether an answer is a refusal or an opt-out. In both cases, the writer wants no more
 * emails.
 */
function isNo(text: string, subject = "Re: Question about your house"): boolean {
  const words = extractReplyText(text);
  const optOut = interpretOptOut(words, subject);
  return optOut === "optOut" || isRefusal(words, subject, optOut);
}

/** Tells whether an answer is read as a refusal, whatever it says about emails. */
const refuses = (words: string, subject: string) =>
  isRefusal(words, subject, interpretOptOut(words, subject));

/** The sets of writers who had seen no rule, from which the classifier has not learned either. */
const measuredSets = [{ name: "refusals-blind-6", precision: 0.99, recall: 0.95 }];

describe("the refusals among the labeled answers", () => {
  const sets = [
    { name: "refusals", precision: 0.99, recall: 0.95 },
    { name: "refusals-unseen", precision: 0.99, recall: 0.95 },
    { name: "refusals-blind", precision: 0.99, recall: 0.95 },
    { name: "refusals-blind-2", precision: 0.99, recall: 0.95 },
    { name: "refusals-blind-3", precision: 0.99, recall: 0.95 },
    { name: "refusals-blind-4", precision: 0.99, recall: 0.95 },
    { name: "refusals-blind-5", precision: 0.99, recall: 0.95 },
    ...measuredSets,
  ].filter(({ name }) => hasLabelledAnswers(name));

  test.each(sets)("are found in $name, and near misses stay replies", ({ name, precision, recall }) => {
    const rows = loadLabelledAnswers<Row>(name);
    const score = scoreRule(
      rows,
      ({ label }) => label === "refusal",
      ({ text, subject }) => isNo(text, subject),
    );
    printRuleScore(name, rows.length, score);
    expect(rows.length).toBeGreaterThanOrEqual(120);
    expect(score.precision).toBeGreaterThanOrEqual(precision);
    expect(score.recall).toBeGreaterThanOrEqual(recall);
  });
});

describe("a refusal is found", () => {
  test.each([
    ["with typographic quotes", "We’re not selling, and we won’t be"],
    ["misspelled", "not intrested"],
    ["below a gateway's tag", "[EXT] Not for sale."],
    ["above a legal notice", "No thanks.\n\nThis email and any attachments are confidential."],
    ["next to a courtesy that opens nothing", "We have no plans to move. If that changes, we will call you."],
    ["as the last word", "We talked about it. No."],
    ["in a question about our source", "Who gave you my email address?"],
    ["with thanks and a reason", "No, thank you. The kitchen was only finished in May."],
    ["with thanks in another language", "Non merci, la maison est à ma mère."],
    ["without the last letter of a verb", "nah we ain't sellin"],
    ["repeated", "Still no."],
    ["repeated in German", "Nochmals nein."],
    ["repeated in Spanish", "Pues no, señorita."],
    ["by saying who stays", "Nobody is getting us out of this house."],
    ["by saying who stays, in Dutch", "Jullie krijgen ons hier nooit meer weg."],
    ["as mockery", "You must be joking."],
    ["in a roundabout question", "You have my work address and I wonder how you got it."],
    ["that was given before, without a subject", "Already told you no last month."],
    ["that was given before", "I already told your colleague in the fall that we are not interested."],
  ])("%s", (_, text) => {
    expect(refuses(text, "Re: Your house")).toBe(true);
  });

  test.each([
    "Do not call after 9 pm. Email is better.",
    "Please do not call me at work, my cell is 303-555-0110.",
    "Do not call my tenant, call me.",
    "Do not call before noon please, then I am glad to talk.",
  ])("but not in a wish about when or how to call: %s", (text) => {
    expect(refuses(text, "Re: Your house")).toBe(false);
  });

  test.each([
    "Do not contact my husband about this, I want to get a figure first and surprise him. Write only to me.",
    "Do not contact my wife about this, contact me. She worries.",
    "Don't write to my brother, he has no say. Write to me.",
    "Please don't bother my dad with this. I handle the sale. When can you come?",
    "Stop contacting my mom, go through me.",
    "Do not email my daughter again. Email me, I am the owner and I want to sell.",
  ])("but not in a wish about whom to write to: %s", (text) => {
    expect(isNo(text)).toBe(false);
  });

  test.each(["Do not contact my husband again.", "Do not contact me or my husband again."])(
    "but a wish for somebody's silence is one: %s",
    (text) => expect(isNo(text)).toBe(true),
  );

  test('but "do not call" alone is a refusal', () => {
    expect(isNo("Do not call. Do not visit.")).toBe(true);
    expect(isNo("We are on the do not call list.")).toBe(true);
  });

  test("in the subject above an empty answer, but not above another answer", () => {
    expect(refuses("", "Not interested")).toBe(true);
    expect(refuses("Please call me about the price.", "Not interested")).toBe(false);
  });
});

describe("no refusal is found", () => {
  test.each([
    ["if a time is named", "We are not selling before June. Write to me then."],
    ["if another thing is refused", "Not interested in open houses."],
    [
      "if the sentence after it takes it back",
      "We are not interested in listing. But for a good offer we would move.",
    ],
    ["if somebody else refuses", "The neighbors are not selling."],
    ["if somebody else is not the one who sells", "It's not my sister who is selling, I am."],
    ["if a no is denied", "It is not that we aren't interested."],
    ["if the price is what is refused", "We wouldn't let it go for less than 700."],
    ["if a price is called too low", "That is too low. We are not selling at that."],
    ["if the source of a figure is asked for", "Who gave you the square footage?"],
    [
      "if another part may be talked about",
      "Das Haus verkaufen wir nicht, über den Garten lässt sich reden.",
    ],
    ["if the price may be talked about", "No está en venta, pero podemos hablar del precio."],
    ["in a fact", "No, three bedrooms."],
    ["in a fact with thanks elsewhere", "Thanks for asking. No, it is three bedrooms."],
    ["in a question about a price", "How did you get that price?"],
    [
      "in words that are quoted from our email",
      "My wife saw your subject line \"Don't sell your house\" and laughed. What's the rest of it?",
    ],
    [
      "in the words of somebody else who is overruled",
      "My ex keeps telling people the house isn't for sale. The judge says it is. How soon could you list it?",
    ],
    ["in a question about us", "Is this a scam?"],
  ])("%s", (_, text) => {
    expect(refuses(text, "Re: Your house")).toBe(false);
  });
});

test("the event of a reply says if the reply may be a refusal", () => {
  const facts = {
    headers: new Map<string, string>(),
    envelopeFrom: "pat@example.com",
    from: "pat@example.com",
    subject: "Re: Your house",
    words: "We are not selling.",
    reports: null,
    feedback: null,
  };
  expect(interpretInboundEmail(facts)).toEqual([{ kind: "replied", mayRefuse: true }]);
});

test("the classifier's weights were trained from the answers as they are now", () => {
  expect(trained.trainedFrom).toBe(hashTraining());
});

test("no answer of a measured set is among the answers that the classifier was trained from", () => {
  const known = new Set(readTrainingAnswers().map(({ text }) => text.toLowerCase()));
  const measured = measuredSets.flatMap(({ name }) => loadLabelledAnswers<Row>(name));
  const long = measured.filter(({ text }) => text.split(" ").length > 4);
  expect(long.filter(({ text }) => known.has(text.toLowerCase()))).toEqual([]);
});

describe("the classifier", () => {
  test("lets a refusal in a long story count, and a question about a sale not", () => {
    const tell = (wish: string) =>
      `We had eleven showings and no offer. Then the transfer to Charlotte fell through, so we unpacked the boxes. ${wish} The dog is back too.`;
    expect(refuses(tell("We mean to grow old here."), "Re: Your house")).toBe(true);
    expect(refuses(tell("What would you list it for?"), "Re: Your house")).toBe(false);
  });

  test("reads a long answer in milliseconds", () => {
    const text = "We raised our children here and the roof is new. We won't be selling it. ".repeat(28);
    scoreRefusal(text, "none");
    const started = performance.now();
    for (let count = 0; count < 20; count += 1) scoreRefusal(text, "none");
    const took = (performance.now() - started) / 20;
    console.log(`${text.length} characters in ${took.toFixed(2)} ms`);
    expect(took).toBeLessThan(50);
  });

  test.each([
    "We mean to grow old under this roof, so leave us out of your plans, thank you.",
    "I have asked your office nicely. Whoever mails these, leave my name out from here on.",
  ])("finds a refusal that no rule knows: %s", (text) => {
    expect(isRefusalByRules(text, "Re: Your house")).toBe(false);
    expect(refuses(text, "Re: Your house")).toBe(true);
  });

  test.each([
    "Das Dach ist neu, und der Garten ist groß genug für zwei Familien.",
    "Il tetto è nuovo e il giardino è grande.",
  ])("says nothing about a language that it does not know: %s", (text) => {
    expect(scoreRefusal(text, "none")).toBe(Number.NEGATIVE_INFINITY);
  });

  test("reads no more than the first 4,000 characters of an answer", () => {
    const text = "We raised our children here and the roof is new. What would you ask for it? ".repeat(60);
    const more = "Leave my name out of your plans. ".repeat(1_000);
    expect(scoreRefusal(text + more, "none")).toBe(scoreRefusal(text, "none"));
    expect(scoreRefusal(more, "none")).not.toBe(scoreRefusal(text, "none"));
  });
});

test("a hostile text is read within five seconds", () => {
  refuses("warm", "up");
  const started = performance.now();
  for (const part of [
    "not ",
    "not to sell of on ",
    "we're not ",
    "how did you get ",
    "what ",
    "call ",
    "a",
    "n't ",
    "\n",
  ]) {
    refuses(part.repeat(100_000 / part.length), "x");
    refuses("x", part.repeat(500 / part.length));
  }
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([
  "This place won't ever be sold, it will be our son's.",
  "Declined.",
  "We are not in the market.",
  "That isn't anything we would pursue.",
  "Which company sold my data to you?",
  "Ein Verkauf kommt nicht infrage.",
  "Für kein Geld der Welt.",
  "Pour rien au monde.",
  "Nous comptons y rester.",
  "Ni hablar, aquí nos quedaremos.",
  "Geen sprake van, wij blijven hier.",
  "Per nulla al mondo.",
])("a refusal in other words is found: %s", (text) => {
  expect(refuses(text, "Re: Your house")).toBe(true);
});

test.each([
  "Please don't close my file, I was traveling.",
  "Wir haben gerade renoviert, was bringt das im Preis?",
  "Acabamos de reformar la cocina.",
])("no refusal is found in: %s", (text) => {
  expect(refuses(text, "Re: Your house")).toBe(false);
});
