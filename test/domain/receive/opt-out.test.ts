import { describe, expect, test } from "vitest";
import { interpretInboundEmail } from "../../../worker/domain/receive/inbound-meaning.ts";
import { interpretOptOut } from "../../../worker/domain/receive/opt-out.ts";
import { extractReplyText } from "../../../worker/domain/receive/reply-text.ts";
import { measureGrowth, mostGrowth } from "../../support/growth.ts";
import { isLabelled, loadLabelled, printScore, scoreRule } from "./labelled.ts";

type Row = { language: string; text: string; subject?: string; label: "optOut" | "reply" };

const read = (text: string, subject = "Re: Question about your house") =>
  interpretOptOut(extractReplyText(text), subject);

/** The aim is 0.95 for both halves. The unseen half is not there yet, and must not fall back. */
const recallFloor: Record<string, number> = { "opt-outs": 0.95, "opt-outs-unseen": 0.9 };

describe("of the labelled answers", () => {
  const names = ["opt-outs", "opt-outs-unseen"].filter(isLabelled);

  test.each(names)("%s, the opt-outs are found and the near misses stay replies", (name) => {
    const rows = loadLabelled<Row>(name);
    const score = scoreRule(
      rows,
      ({ label }) => label === "optOut",
      ({ text, subject }) => read(text, subject) === "optOut",
    );
    printScore(name, rows.length, score);
    expect(rows.length).toBeGreaterThanOrEqual(200);
    expect(score.precision).toBeGreaterThanOrEqual(0.99);
    expect(score.recall).toBeGreaterThanOrEqual(recallFloor[name] ?? 1);
  });
});

describe("an opt-out holds", () => {
  test.each([
    ["with typographic quotes and hyphens", "Don’t e‑mail me any more — thanks"],
    [
      "wrapped by a mail program",
      "I would very much appreciate being removed from your\nmailing list, thank you. Please stop writing to me about\nthe house",
    ],
    ["above a legal notice", "Unsubscribe\n\nThis email and any attachments are confidential unless stated."],
    ["below a gateway's tag", "[EXT] Take me off your list"],
    ["without accents", "Ne m'ecrivez plus svp"],
    ["with umlauts spelled out", "Bitte loeschen Sie meine Adresse"],
  ])("%s", (_, text) => {
    expect(read(text)).toBe("optOut");
  });

  test("in the subject above a name, and not above a request for something else", () => {
    expect(read("Pat Rowe\n(303) 555-0110", "Unsubscribe")).toBe("optOut");
    expect(read("Could you call me about the price?", "Unsubscribe")).toBe("doubtful");
  });
});

describe("the agent is asked", () => {
  test.each([
    "Take me off the list until spring.",
    "Please stop emailing me, call me instead.",
    "Please remove me from the waiting list.",
  ])("about %j", (text) => {
    expect(read(text)).toBe("doubtful");
  });

  test("and the event says so", () => {
    const facts = {
      headers: new Map<string, string>(),
      envelopeFrom: "pat@example.com",
      from: "pat@example.com",
      subject: "Re: Your house",
      words: "Please stop emailing me, call me instead.",
      reports: null,
      feedback: null,
    };
    expect(interpretInboundEmail(facts)).toEqual([{ kind: "replied", mayWantOut: true }]);
  });
});

test.each([
  ...["please ", "remove me from ", "do not ", "stop ", "a", "ne m' ", "\n", "[EXTERNAL] ", "-- ", "1 2 "],
])("a hostile text of many %j is read in time that grows with its length, and not faster", (part) => {
  expect(measureGrowth((text) => read(text), part, 100_000)).toBeLessThan(mostGrowth);
  expect(measureGrowth((text) => read("x", text), part, 500)).toBeLessThan(mostGrowth);
});
