import { describe, expect, it } from "vitest";
import { groupRepeatedEvents } from "../../plugin/views/recipient/event-groups.ts";
import { describeCollisions } from "../../plugin/words/collision.ts";
import { formatRecipientName, getEventLabel } from "../../plugin/words/recipient.ts";
import { describeSequenceFault } from "../../plugin/words/sequence.ts";
import { describeDelay } from "../../plugin/words/timing.ts";
import { splitSubject, toVariableLabel } from "../../plugin/words/variable.ts";
import { describeSequenceSpan } from "../../plugin/words/words.ts";
import type { TimelineEvent } from "../../shared/recipient.ts";
import type { SequenceStep } from "../../shared/sequence.ts";

it("a recipient without a name is shown by the address, so that no button is empty", () => {
  expect(formatRecipientName({ name: "Jane Doe", email: "jane@example.com" })).toBe("Jane Doe");
  expect(formatRecipientName({ name: " ", email: "jane@example.com" })).toBe("jane@example.com");
  expect(formatRecipientName({ name: "", email: null })).toBe("Someone with no name");
});

describe("a sequence in words", () => {
  it("has the waits and the total duration", () => {
    const steps = [
      { delayDays: 0, delayHours: 0 },
      { delayDays: 3, delayHours: 1 },
    ];
    expect(steps.map((step, index) => describeDelay(step, index + 1))).toEqual([
      "Right after launch",
      "Wait 3 days 1 hour",
    ]);
    expect(describeSequenceSpan(steps)).toBe("2 emails over 3 days");
    expect(describeSequenceSpan(steps.slice(0, 1))).toBe("1 email");
  });

  it("has its faults as sentences, without the lines and columns of the HTML", () => {
    const word = (message: string) =>
      describeSequenceFault({ stepId: 7, field: "letter.bodyHtml", message }, [{ id: 7 } as SequenceStep]);
    expect(word("is required")).toBe("Step 1: The text is required");
    expect(word('"#1" says that you rank first (line 2, column 9); "x" is odd (line 3, column 1)')).toBe(
      'Step 1: The text: "#1" says that you rank first; "x" is odd',
    );
  });
});

describe("a subject with unfilled variables", () => {
  it("shows the known property values, and the other variables in words", () => {
    const subject = '{{recipient.firstName}}, about {{default property.streetAddress "your home"}}';
    expect(splitSubject(subject, { streetAddress: "1214 Maple Street" })).toEqual([
      { text: "first name", isVariable: true },
      { text: ", about ", isVariable: false },
      { text: "1214 Maple Street", isVariable: false },
    ]);
  });

  it("shows a variable of another object with that object's name", () => {
    expect(toVariableLabel("property.streetAddress")).toBe("property street address");
  });
});

const event = (part: Partial<TimelineEvent>): TimelineEvent => ({
  kind: "opened",
  occurredAt: "2026-11-22T10:00:00Z",
  isMachine: false,
  bounceClass: null,
  url: null,
  text: null,
  replyId: null,
  awayUntil: null,
  mayWantOut: false,
  mayRefuse: false,
  ...part,
});

describe("the timeline of a recipient", () => {
  it("groups repeated opens, and keeps machines and replies apart", () => {
    const groups = groupRepeatedEvents([
      event({ occurredAt: "2026-11-22T12:00:00Z" }),
      event({ occurredAt: "2026-11-22T11:00:00Z" }),
      event({ isMachine: true }),
      event({ kind: "replied", text: "Yes", occurredAt: "2026-11-22T13:00:00Z" }),
      event({ kind: "replied", text: "No", occurredAt: "2026-11-22T14:00:00Z" }),
      event({ kind: "accepted" }),
    ]);
    expect(groups.map(({ event: { kind, text }, times }) => [kind, text, times])).toEqual([
      ["opened", null, 1],
      ["opened", null, 2],
      ["replied", "Yes", 1],
      ["replied", "No", 1],
    ]);
    expect(groups[1]?.event.occurredAt).toBe("2026-11-22T11:00:00Z");
  });

  it("marks an open by a mail filter, and explains a bounce", () => {
    expect(getEventLabel(event({ isMachine: true })).text).toBe("Opened by an email filter");
    expect(getEventLabel(event({ kind: "bounced", bounceClass: "hard" })).text).toBe(
      "Bounced: this address doesn’t exist",
    );
  });
});

describe("the message about recipients who would wait for another campaign", () => {
  const other = (id: number, name: string, by: "person" | "property") => ({ id, name, by });

  it("names them and that campaign", () => {
    expect(
      describeCollisions([
        { name: "Jane Doe", otherCampaign: other(1, "Expired listing", "person") },
        { name: "John Doe", otherCampaign: other(1, "Expired listing", "person") },
        { name: "Ann Roe", otherCampaign: other(2, "Just sold", "property") },
      ]),
    ).toEqual([
      "Jane Doe, John Doe are already in “Expired listing”.",
      "“Just sold” is already emailing someone at this property.",
      "3 recipients will wait until they finish.",
    ]);
  });
});
