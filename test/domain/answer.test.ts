import { describe, expect, it } from "vitest";
import {
  formatAnswerSubject,
  isMessageId,
  listThreadMessageIds,
  quoteText,
} from "../../worker/domain/answer.ts";

describe("the subject of an answer", () => {
  it.each([
    ["Question about 77 Larkspur Way", "Re: Question about 77 Larkspur Way"],
    ["Re: Question", "Re: Question"],
    ["RE: re : Question", "Re: Question"],
    ["Relocation plans", "Re: Relocation plans"],
    ["", "Re: your reply"],
    ["Re:", "Re: your reply"],
  ])("for the thread %j is %j", (subject, expected) => {
    expect(formatAnswerSubject(subject)).toBe(expected);
  });

  it("is never longer than a subject may be", () => {
    expect(formatAnswerSubject("x".repeat(1_000))).toHaveLength(300);
  });
});

describe("the quoted reply", () => {
  it("has a mark before each line, and one more before a line that is quoted already", () => {
    expect(quoteText("Yes.\r\n\n> Do you sell?\n\n")).toBe("> Yes.\n> \n>> Do you sell?");
  });
});

describe("the thread of an answer", () => {
  it("ends with the reply, if the reply has a Message-ID", () => {
    expect(listThreadMessageIds(["<a@x>"], "b@y")).toEqual(["<a@x>", "<b@y>"]);
    expect(listThreadMessageIds(["<a@x>"], null)).toEqual(["<a@x>"]);
  });

  it.each([
    ["m1@example.com", true],
    ["jane@example.com Your home Hello", false],
    ["a@b>\r\nBcc: x@y", false],
    ["no-at-sign", false],
    [`${"x".repeat(250)}@example.com`, false],
  ])("takes the key %j for a Message-ID: %s", (key, expected) => {
    expect(isMessageId(key)).toBe(expected);
  });
});
