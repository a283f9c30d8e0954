import { describe, expect, it } from "vitest";
import type { SequenceStep } from "../../shared/sequence.ts";
import { sequenceStep } from "../../shared/sequence.ts";
import { findEarlyLastNotes } from "../../worker/mail/template/last-notes.ts";

const email = (id: number, bodyHtml: string, delayDays = 3, subject = "Your home"): SequenceStep =>
  sequenceStep.parse({ id, kind: "email", delayDays, letter: { subject, bodyHtml } });
const call = (id: number, delayDays: number): SequenceStep =>
  sequenceStep.parse({ id, kind: "task", delayDays, task: { kind: "call", instructions: "", waitDays: 3 } });

const plain = "<p>Hi</p>";
const last = "<p>Hi</p><p>This is my last note about it.</p>";
const faultsOf = (...steps: SequenceStep[]) =>
  findEarlyLastNotes(steps, 30).map(({ stepId, field }) => [stepId, field]);

describe("an email that says that it is the last", () => {
  it("is a fault if another email follows before the office may write again", () => {
    expect(faultsOf(email(1, last), email(2, plain))).toEqual([[1, "letter.bodyHtml"]]);
    expect(faultsOf(email(1, plain, 0, "Last note"), email(2, plain))).toHaveLength(1);
    expect(faultsOf(email(1, last), call(2, 10), email(3, plain, 10))).toHaveLength(1);
  });

  it("is no fault as the last email, or if the next email is late enough", () => {
    expect(faultsOf(email(1, plain), email(2, last))).toEqual([]);
    expect(faultsOf(email(1, last), call(2, 5))).toEqual([]);
    expect(faultsOf(email(1, last), email(2, plain, 30))).toEqual([]);
    expect(faultsOf(email(1, last), call(2, 10), email(3, plain, 20))).toEqual([]);
  });

  it("is found only where a sentence promises it", () => {
    expect(faultsOf(email(1, "<p>If it's a no, I won't keep writing.</p>"), email(2, plain))).toEqual([]);
    expect(faultsOf(email(1, "<div>Hi<br>I'll stop here.</div>"), email(2, plain))).toHaveLength(1);
  });
});
