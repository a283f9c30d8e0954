import { describe, expect, it } from "vitest";
import { extractLetterWords, extractLineWords } from "../../plugin/session/letter-words.ts";
import { compareWords } from "../../plugin/session/word-difference.ts";

describe("a comparison of two texts", () => {
  it("names the words that went and the words that came", () => {
    expect(compareWords("How old is the roof?", "How old is your new roof?")).toEqual([
      { text: "How old is ", change: "same" },
      { text: "the", change: "removed" },
      { text: "your", change: "added" },
      { text: " ", change: "same" },
      { text: "new ", change: "added" },
      { text: "roof?", change: "same" },
    ]);
    expect(compareWords("", "")).toEqual([]);
    expect(compareWords("same", "same")).toEqual([{ text: "same", change: "same" }]);
  });

  it("has both texts in full, whatever they are", () => {
    const words = ["roof", "old", " ", "\n", "the", ""];
    let state = 7;
    const pick = (count: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % count;
    };
    for (let run = 0; run < 300; run += 1) {
      const [before, after] = [0, 1].map(() =>
        Array.from({ length: pick(12) }, () => words[pick(words.length)]).join(" "),
      ) as [string, string];
      const pieces = compareWords(before, after);
      const join = (left: "added" | "removed") =>
        pieces
          .filter(({ change }) => change !== left)
          .map(({ text }) => text)
          .join("");
      expect([join("added"), join("removed")]).toEqual([before, after]);
    }
  });

  it("of very long texts takes no time and shows them as replaced", () => {
    const long = "word ".repeat(2_000);
    expect(compareWords(long, "short").map(({ change }) => change)).toEqual(["removed", "added"]);
    expect(compareWords(long, long)).toEqual([{ text: long, change: "same" }]);
  });
});

it("a letter is read as its words, with names for the variables", () => {
  const html =
    '<p>Hi {{default recipient.firstName "there"}},<br>see <a href="https://x.example">this</a> &amp; that.</p>\n<p>{{#if sender.phone}}{{sender.phone}}{{/if}}</p>';
  expect(extractLetterWords(html)).toBe("Hi [first name],\nsee this & that.\n[sender phone]");
  expect(extractLineWords("Your {{property.city}} home")).toBe("Your [property city] home");
});
