import { describe, expect, it } from "vitest";
import { getLastNoteEnd, isLastNote } from "../../../worker/domain/compliance/last-note.ts";
import { decideNextStep } from "../../../worker/domain/send/eligibility.ts";
import { buildCandidate, mondayAt10InNewYork } from "../../support/candidate.ts";
import { day } from "../../support/time.ts";

describe("an email's announcement that it is the last", () => {
  it.each([
    ["Last note about 12 Elm St", ""],
    ["Closing my notes on your home", ""],
    ["Your home", "I haven’t heard back, so this is my last note about it."],
    ["Your home", "I’ll stop here so that I don't fill your inbox."],
    ["Your home", "That is all. I won't write again."],
    ["Your home", "It's been two weeks, and this will be my final email."],
    ["Your home", "No more emails from me after this.\nBest, Ann"],
    ["Your home", "It's been two weeks since I first wrote, so I'll leave it at this."],
  ])("is found in the subject %j and the text %j", (subject, text) =>
    expect(isLastNote(subject, text)).toBe(true),
  );

  it.each([
    ["Your home", "If it's a no, I won't keep writing."],
    ["Your home", "In my last email I offered a price range."],
    ["Your home", "The last note of the inspection is about the roof."],
    ["Last month's sales near you", "Sales in the last six months."],
    ["Your home", "Did you get my last letter?"],
  ])("is not found in the subject %j and the text %j", (subject, text) =>
    expect(isLastNote(subject, text)).toBe(false),
  );
});

describe("after an email that announced itself as the last", () => {
  const sentAt = mondayAt10InNewYork - 10 * day;
  const held = (parts: Parameters<typeof buildCandidate>[0]) =>
    decideNextStep(buildCandidate({ lastNote: { sentAt, days: 180 }, ...parts }), mondayAt10InNewYork);

  it("no email leaves for as long as the office has set", () => {
    expect(held({})).toEqual({ kind: "hold", reason: "lastNote", until: sentAt + 180 * day });
    expect(held({ lastNote: { sentAt, days: 10 } })).toEqual({ kind: "send" });
    expect(held({ lastNote: { sentAt, days: 0 } })).toEqual({ kind: "send" });
  });

  it("a later consent allows emails again, and an earlier consent does not", () => {
    const consent = { by: "Jane Doe", words: "Yes, write to me", to: "Cedar & Main" };
    const at = (time: number) => ({ ...consent, at: new Date(time).toISOString() });
    expect(held({ recipient: { consent: at(sentAt + day) } })).toEqual({ kind: "send" });
    expect(held({ recipient: { consent: at(sentAt - day) } })).toMatchObject({ reason: "lastNote" });
    expect(getLastNoteEnd({ sentAt: null, days: 180 }, null, mondayAt10InNewYork)).toBeNull();
  });
});
