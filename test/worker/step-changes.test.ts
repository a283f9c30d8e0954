import { beforeEach, describe, expect, test } from "vitest";
import type { RecipientEmail } from "../../shared/recipient.ts";
import type { SequenceStep } from "../../shared/sequence.ts";
import type { CampaignStep } from "../../shared/step.ts";
import type { CampaignSteps, StepChange, StepsChangeResult } from "../../shared/step-change.ts";
import { day, minute } from "../support/time.ts";
import { buildLaunchBody, createTemplate, exampleOwner, listRecipientIds } from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

const second = minute / 60;

let app: App;
let path: string;
let ids: number[];

const john = { email: "john.doe@example.com", fullName: "John Doe", property: exampleOwner.property };

beforeEach(async () => {
  app = await openApp();
  await launch();
});

/** Launches a campaign of three emails, on days 0, 3 and 7, to two people. */
async function launch(): Promise<void> {
  const body = buildLaunchBody(await createTemplate(app.api), {
    recallSeconds: 0,
    recipients: [exampleOwner, john],
  });
  const { json } = await app.api.post("/api/campaigns", body);
  path = `/api/campaigns/${json.id}`;
  ids = await listRecipientIds(json.id);
}

const read = async (): Promise<CampaignSteps> => (await app.api.get(`${path}/steps`)).json;
const preview = (steps: readonly SequenceStep[]) => app.api.post(`${path}/steps/preview-change`, { steps });
const put = (version: number, steps: readonly SequenceStep[]) =>
  app.api.put(`${path}/steps`, { steps }, { headers: { "if-match": `"${version}"` } });
async function change(edit: (steps: SequenceStep[]) => SequenceStep[]): Promise<StepsChangeResult> {
  const { version, steps } = await read();
  const answer = await put(version, edit(steps));
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json;
}
const undo = (undoToken: string) => app.api.post(`${path}/steps/undo`, { undoToken });
const letter = (subject: string) => ({ subject, preheader: "", bodyHtml: `<p>${subject}</p>`, bodyText: "" });
const email = (id: number, subject: string, delayDays: number): SequenceStep => ({
  ...{ id, kind: "email", name: "", delayDays, delayHours: 0, delayBusinessDays: 0, sendTimeHour: null },
  ...{ conditions: {}, startsThread: true, letter: letter(subject) },
});
const call = (id: number): SequenceStep => ({
  ...{ id, kind: "task", delayDays: 0, delayHours: 0, delayBusinessDays: 0, conditions: {} },
  task: { kind: "call", instructions: "Ask about the roof", waitDays: 3 },
});
const insert = (steps: SequenceStep[], index: number, step: SequenceStep) => steps.toSpliced(index, 0, step);
const figuresOf = (steps: readonly StepChange[], change: StepChange["change"]) =>
  steps.filter((step) => step.change === change).map(({ change: _, ...figures }) => figures);
const subjectsTo = (to: string) =>
  app.calls.filter((call) => call.to.email === to).map(({ subject }) => subject);
const first = "Your home at 123 Main St";
/** Lets days pass, in which the Worker runs every six hours. */
async function passDays(days: number): Promise<void> {
  for (let part = 0; part < days * 4; part += 1) {
    await app.pass(2);
    app.advance(day / 4 - 2 * minute);
  }
}
const readMessages = async () =>
  (
    await bindings.DB.prepare(
      `SELECT recipient_id AS id, step_number AS step, status, skip_reason AS reason FROM messages ORDER BY 1, 2`,
    ).all()
  ).results;
const readClocks = async () =>
  (
    await bindings.DB.prepare(
      "SELECT id, status, next_step, scheduled_at, due_at FROM campaign_recipients ORDER BY id",
    ).all()
  ).results;

describe("a step that is added to a campaign under way", () => {
  test("does not ask again for the values of a sent email that it moves behind the next one", async () => {
    await app.run();
    const needy = { ...letter("Pool"), bodyHtml: "<p>{{property.poolFeatures}}</p>" };
    await change(([one, two, ...rest]) =>
      one?.kind === "email" && two ? [two, { ...one, delayDays: 1, letter: needy }, ...rest] : [],
    );
    for (const id of ids) {
      const { nextStepNumber, missingValues } = (await app.api.get(`/api/recipients/${id}`)).json;
      expect([nextStepNumber, missingValues]).toEqual([2, []]);
    }
  });

  test("goes to people before it, and the others skip it with the reason", async () => {
    await app.pass(2);
    await app.api.post(`/api/recipients/${ids[0]}/send-now`, {});
    app.advance(2 * minute);
    await app.api.post(`/api/recipients/${ids[0]}/send-now`, { recallSeconds: 0 });
    await app.pass(2);
    expect(subjectsTo(exampleOwner.email)).toHaveLength(2);
    const { steps } = await read();
    const wanted = insert(steps, 1, email(900, "A new roof", 1));
    const seen = await preview(wanted);
    expect(figuresOf(seen.json.steps, "added")).toEqual([
      { id: 900, position: 2, past: 1, underWay: 0, coming: 1, today: 0 },
    ]);
    expect(await read()).toMatchObject({ version: 1, steps });
    const { json } = await put(1, wanted);
    expect(json.steps).toEqual(seen.json.steps);
    expect((await read()).steps.map(({ id }) => id)).toEqual([1, 4, 2, 3]);
    expect(await readMessages()).toContainEqual({
      ...{ id: ids[0], step: 4, status: "skipped", reason: "stepAddedLater" },
    });
    await passDays(10);
    expect(subjectsTo(exampleOwner.email)).toEqual([first, first, first]);
    expect(subjectsTo(john.email)).toEqual([first, "A new roof", "A new roof", "A new roof"]);
    expect(new Set((await readClocks()).map(({ status }) => status))).toEqual(new Set(["completed"]));
    expect(await listAuditedActions()).toContain("campaign.stepsChanged");
  });

  test("at the end goes to everybody who is not done", async () => {
    await app.pass(2);
    const { steps } = await change((before) => [...before, email(77, "One more", 1)]);
    expect(figuresOf(steps, "added")).toMatchObject([{ past: 0, coming: 2 }]);
    await passDays(9);
    expect(subjectsTo(john.email)).toEqual([first, first, first, "One more"]);
  });

  test("is due today for people whose last step was long ago", async () => {
    await app.pass(2);
    app.advance(day);
    const { steps } = await change((before) => insert(before, 1, email(900, "A new roof", 0)));
    expect(figuresOf(steps, "added")).toMatchObject([{ coming: 2, today: 2 }]);
    await app.pass(2);
    expect(subjectsTo(john.email)).toEqual([first, "A new roof"]);
  });
});

describe("a step that is taken out", () => {
  test("is not sent, and the next step goes at its own date", async () => {
    await app.pass(2);
    const { steps } = await change((before) => before.filter(({ id }) => id !== 2));
    expect(figuresOf(steps, "removed")).toEqual([
      { id: 2, position: 2, past: 0, underWay: 0, coming: 2, today: 0 },
    ]);
    const sentAt = app.calls[0]?.at ?? 0;
    const [clock] = await readClocks();
    expect(clock).toMatchObject({ next_step: 3, scheduled_at: sentAt + 4 * day });
    await passDays(5);
    expect(subjectsTo(john.email)).toEqual([first, first]);
  });

  test("and was queued, does not leave", async () => {
    await app.pass(2);
    app.advance(3 * day);
    await app.tick();
    await change((before) => before.filter(({ id }) => id !== 2));
    await app.deliver();
    expect(app.calls).toHaveLength(2);
  });

  test("comes back under its id, and goes only to those who have not had it", async () => {
    const { steps: before } = await read();
    await app.pass(2);
    await change((steps) => steps.filter(({ id }) => id !== 1));
    const { nextStepId } = await read();
    expect(nextStepId).toBe(4);
    const { steps } = await change((now) => [...before.slice(0, 1), ...now]);
    expect(figuresOf(steps, "added")).toEqual([
      { id: 1, position: 1, past: 2, underWay: 0, coming: 0, today: 0 },
    ]);
    expect((await read()).steps).toEqual(before);
    await passDays(8);
    expect(subjectsTo(john.email)).toHaveLength(3);
    expect((await readMessages()).filter(({ id }) => id === ids[1])).toHaveLength(3);
  });

  test("while its email is on its way, ends for that person, who then goes on", async () => {
    await app.pass(2);
    app.advance(3 * day);
    let changed: Promise<StepsChangeResult> | undefined;
    app.answerWith(async () => {
      changed ??= change((before) =>
        insert(
          before.filter(({ id }) => id !== 2),
          1,
          email(9, "New", 1),
        ),
      );
      await changed;
      return { kind: "accepted", providerMessageId: "p-1" };
    });
    await app.pass(2);
    await passDays(6);
    // The new email has begun a thread, which the last email continues.
    expect(subjectsTo(exampleOwner.email)).toEqual([first, first, "New", "New"]);
    expect((await readMessages()).filter(({ id }) => id === ids[0])).toHaveLength(4);
    expect(new Set((await readClocks()).map(({ status }) => status))).toEqual(new Set(["completed"]));
  });
});

test("wording, delay and order of coming steps change, and nobody gets a step twice", async () => {
  await app.pass(2);
  const { steps } = await change(([one, two, three]) => {
    if (one?.kind !== "email" || two?.kind !== "email" || three?.kind !== "email")
      throw new Error("no email");
    return [three, one, { ...two, delayDays: 1, startsThread: true, letter: letter("Reworded") }];
  });
  expect(figuresOf(steps, "moved")).toMatchObject([{ id: 3, past: 0, coming: 2 }]);
  expect(figuresOf(steps, "changed")).toMatchObject([{ id: 2, past: 0, coming: 2 }]);
  await passDays(7);
  expect(subjectsTo(john.email)).toEqual([first, first, "Reworded"]);
  expect((await readMessages()).filter(({ id }) => id === ids[1])).toHaveLength(3);
});

describe("the undoing of a change", () => {
  test("puts back the steps and everybody's clock", async () => {
    await app.pass(2);
    const [before, clocks] = [await read(), await readClocks()];
    const { undoToken, undoUntil } = await change((steps) => [
      email(900, "A new roof", 1),
      ...steps.filter(({ id }) => id !== 2),
    ]);
    expect(Date.parse(undoUntil)).toBe(app.now() + 10 * second);
    app.advance(9 * second);
    const undone = await undo(undoToken);
    expect(undone.status).toBe(200);
    expect(undone.json).toEqual({ version: 3, steps: before.steps, nextStepId: 5 });
    expect(await readClocks()).toEqual(clocks);
    expect((await undo(undoToken)).status).toBe(409);
    expect(await listAuditedActions()).toContain("campaign.stepsChangeUndone");
    await passDays(8);
    expect(subjectsTo(john.email)).toEqual([first, first, first]);
  });

  test("does not take back what was sent meanwhile", async () => {
    await app.pass(2);
    const { undoToken } = await change((steps) => insert(steps, 1, email(900, "A new roof", 0)));
    await app.run();
    expect(subjectsTo(exampleOwner.email)).toEqual([first, "A new roof"]);
    expect((await undo(undoToken)).status).toBe(200);
    await passDays(8);
    expect(subjectsTo(exampleOwner.email)).toEqual([
      first,
      "A new roof",
      expect.any(String),
      expect.any(String),
    ]);
    expect((await read()).steps.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test("begins the campaign again if the change has completed it", async () => {
    await app.pass(2);
    const { undoToken } = await change(([one]) => (one === undefined ? [] : [one]));
    expect((await app.api.get(path)).json.status).toBe("completed");
    expect((await undo(undoToken)).status).toBe(200);
    expect((await app.api.get(path)).json.status).toBe("active");
    await passDays(8);
    expect(subjectsTo(john.email)).toEqual([first, first, first]);
  });

  test("is over after ten seconds", async () => {
    const { undoToken } = await change((steps) => steps.slice(0, 2));
    app.advance(10 * second);
    expect((await undo(undoToken)).status).toBe(409);
  });
});

describe("the place of a step", () => {
  const readRecipient = async () => (await app.api.get(`/api/recipients/${ids[0]}`)).json;
  const readCampaign = async () => (await app.api.get(path)).json;
  /** Inserts an email before all others. The other emails are then sent at least a day later. */
  const addFirstStep = () =>
    change((before) => [
      email(900, "A new roof", 0),
      ...before.map((step) => ({ ...step, delayDays: Math.max(1, step.delayDays) })),
    ]);

  test("is what every view shows, not the number", async () => {
    await addFirstStep();
    const campaign = await readCampaign();
    expect(campaign.steps.map(({ stepNumber }: CampaignStep) => stepNumber)).toEqual([4, 1, 2, 3]);
    expect(campaign.steps.map(({ position }: CampaignStep) => position)).toEqual([1, 2, 3, 4]);
    expect(campaign.nextEmail).toMatchObject({ stepNumber: 4, position: 1 });
    const { json } = await app.api.get(`${path}/recipients`);
    expect(json.items[0]).toMatchObject({ nextStepNumber: 4, nextStepPosition: 1 });
    const preview = await app.api.get(`/api/recipients/${ids[0]}/send-now`);
    expect(preview.json).toMatchObject({ stepNumber: 4, position: 1 });
    const all = await app.api.get(`${path}/send-now`);
    expect(all.json.items).toMatchObject([{ position: 1 }, { position: 1 }]);
    const csv = (await app.api.get(`${path}/export.csv`)).text.split("\r\n");
    expect(csv[1]?.split(",")[csv[0]?.split(",").indexOf("nextStep") ?? -1]).toBe("1");
    await app.pass(2);
    const { emails, messages, nextStepPosition } = await readRecipient();
    expect(nextStepPosition).toBe(2);
    expect(messages).toMatchObject([{ stepNumber: 4, position: 1, order: 1 }]);
    expect(emails.map(({ position }: RecipientEmail) => position)).toEqual([1, 2, 3, 4]);
    const letter = await app.api.get(`/api/recipients/${ids[0]}/steps/1/letter`);
    expect(letter.json).toMatchObject({ stepNumber: 1, position: 2 });
  });

  test("is what a condition names", async () => {
    const engagement = [{ stepNumber: 2, kind: "opened" as const, happened: true }];
    await change((before) => [
      email(900, "A new roof", 0),
      ...before.map((step) => (step.id === 2 ? { ...step, conditions: { engagement } } : step)),
    ]);
    const { steps } = await readCampaign();
    expect(steps[2]).toMatchObject({ stepNumber: 2, conditions: { engagement } });
    expect((await read()).steps[2]?.conditions).toEqual(steps[2].conditions);
  });

  test("is nowhere once the step is taken out, and its figures stay", async () => {
    await addFirstStep();
    await app.pass(2);
    await change((before) => before.filter(({ id }) => id !== 4 && id !== 3));
    const { messages, emails } = await readRecipient();
    expect(messages).toMatchObject([{ stepNumber: 4, position: null }]);
    expect(emails.map(({ position }: RecipientEmail) => position)).toEqual([null, 1, 2]);
    const { steps } = (await app.api.get(`${path}/analytics`)).json;
    expect(steps).toMatchObject([
      { stepNumber: 4, position: null, subject: "A new roof", stats: { sent: 2 } },
      { stepNumber: 1, position: 1 },
      { stepNumber: 2, position: 2 },
    ]);
  });

  test("and not the number tells whether a step was sent already", async () => {
    await addFirstStep();
    await app.pass(2);
    const send = (stepNumber: number) =>
      app.api.post(`/api/recipients/${ids[0]}/send-now`, { stepNumber, recallSeconds: 0 });
    expect((await send(4)).status).toBe(200);
    expect((await send(3)).status).toBe(400);
    await app.pass(1);
    expect(subjectsTo(exampleOwner.email)).toHaveLength(1);
    expect((await send(1)).status).toBe(200);
    await app.pass(2);
    expect(subjectsTo(exampleOwner.email)).toEqual(["A new roof", "A new roof"]);
  });

  test("orders a recipient's tasks and messages", async () => {
    await change((before) => [call(800), ...before]);
    await app.pass(2);
    const { tasks, nextStepKind, nextStepPosition } = await readRecipient();
    expect(tasks).toMatchObject([{ stepNumber: 4, position: 1, order: 1 }]);
    expect([nextStepKind, nextStepPosition]).toEqual(["task", 1]);
  });
});

describe("a change is refused", () => {
  test("if somebody has changed the steps since they were read", async () => {
    const { version, steps } = await read();
    expect((await put(version, steps.slice(0, 2))).status).toBe(200);
    expect((await put(version, steps)).status).toBe(412);
  });

  test("with faults, which name the step and the field", async () => {
    const { version, steps } = await read();
    const answer = await put(version, [...steps, email(5, "", 1)]);
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toHaveProperty(["steps.3.letter.subject"]);
  });

  test("once the campaign has ended", async () => {
    const { version, steps } = await read();
    await app.api.patch(`${path}/status`, { status: "stopped" });
    expect((await put(version, steps.slice(0, 1))).status).toBe(409);
  });
});
