import { describe, expect, it } from "vitest";
import { recipientSources } from "../../../shared/vocabulary.ts";
import { needsRepresentative } from "../../../worker/domain/compliance/personal-representative.ts";
import { decideNextStep } from "../../../worker/domain/send/eligibility.ts";
import { buildCandidate, mondayAt10InNewYork } from "../../support/candidate.ts";

const consent = { by: "Jane Doe", at: "2026-01-01T00:00:00Z", words: "Yes", to: "Cedar & Main" };
const asks = (recipient: Record<string, unknown>) =>
  needsRepresentative({ source: "probate", consent: null, data: { recipient } });

describe("a person from a probate filing", () => {
  it.each([
    { isPersonalRepresentative: true },
    { isPersonalRepresentative: "Yes" },
    { personalRepresentative: "x" },
    { role: "Executor" },
    { kind: "Personal Representative" },
    { capacity: "Co-administrator of the estate" },
    { relationship: "Daughter, executrix" },
  ])("gets emails with the data %j", (data) => expect(asks(data)).toBe(false));

  it.each([
    {},
    { role: "Heir" },
    { relationship: "Daughter" },
    { kind: "Owner" },
    { role: "Attorney for the personal representative" },
    { role: "Not the executor" },
    { isPersonalRepresentative: false, role: "Executor" },
    { isPersonalRepresentative: "no" },
    { personalRepresentative: "Harriet Heir" },
    { note: "Executor" },
  ])("waits with the data %j", (data) => expect(asks(data)).toBe(true));

  it("gets emails with a recorded consent", () => {
    expect(needsRepresentative({ source: "probate", consent, data: { recipient: {} } })).toBe(false);
  });

  it("gets no email and still a task, until somebody says that the person represents the estate", () => {
    const from = { source: "probate", sourceDate: "2020-01-01" } as const;
    const hold = { kind: "hold", reason: "needsRepresentative", until: null };
    expect(decideNextStep(buildCandidate({ recipient: from }), mondayAt10InNewYork)).toEqual(hold);
    const data = { recipient: { isPersonalRepresentative: true }, property: {} };
    expect(decideNextStep(buildCandidate({ recipient: { ...from, data } }), mondayAt10InNewYork)).toEqual({
      kind: "send",
    });
  });
});

it("asks for no representative among people from other sources", () => {
  const others = recipientSources.filter((source) => source !== "probate");
  const asked = others.filter((source) =>
    needsRepresentative({ source, consent: null, data: { recipient: {} } }),
  );
  expect(asked).toEqual([]);
});
