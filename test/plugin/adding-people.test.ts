import { describe, expect, test } from "vitest";
import { RequestFailure, type RequestFailureCode } from "../../plugin/data/api.ts";
import { type AddingState, createAddingProcess } from "../../plugin/views/add-people/adding.ts";
import { checkPeople } from "../../plugin/views/add-people/checking.ts";
import type { NewPerson } from "../../plugin/views/add-people/file/people.ts";
import type { RecipientInput } from "../../shared/recipient.ts";

const terms = { statement: null, property: {} };
const build = (count: number): NewPerson[] =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 2,
    input: { email: `p${index}@example.com` },
  }));

/**
 * Creates a fake Worker that knows who is in the campaign. `faults` has one entry for each coming
 * request: a fault, or null for no fault. With "lost", the fake adds the people, but the answer is
 * lost.
 */
function createWorker(faults: (RequestFailureCode | "lost" | null)[] = [], mostPeople = 500) {
  const there = new Set<string>();
  const sizes: number[] = [];
  const refusedEmails = new Set<string>();
  const add = async (people: readonly RecipientInput[]) => {
    const fault = faults.shift() ?? null;
    sizes.push(people.length);
    if (people.length > mostPeople) throw new RequestFailure("payloadTooLarge", "Too large.");
    if (fault !== null && fault !== "lost") throw new RequestFailure(fault, "No.");
    const faulty = people.flatMap(({ email }, index) =>
      refusedEmails.has(email ?? "") ? [[`recipients.${index}.property`, "Listed."]] : [],
    );
    if (faulty.length > 0) {
      throw new RequestFailure("conflict", "Listed.", null, Object.fromEntries(faulty.slice(0, 20)));
    }
    const fresh = people.filter(({ email }) => !there.has(email ?? ""));
    for (const { email } of fresh) there.add(email ?? "");
    if (fault === "lost") throw new RequestFailure("offline", "Lost.");
    const alreadyThere = people.length - fresh.length;
    return { added: fresh.length, waitingForEmail: 0, suppressed: 0, alreadyThere };
  };
  return { there, sizes, refusedEmails, api: { add } };
}

function start(worker: ReturnType<typeof createWorker>, count: number) {
  const states: AddingState[] = [];
  const waits: number[] = [];
  const adding = createAddingProcess({
    api: worker.api,
    people: build(count),
    terms,
    onChange: (state) => states.push(state),
    wait: async (ms) => void waits.push(ms),
  });
  return { adding, states, waits };
}

describe("people who are added", () => {
  test("go in parts of 200, and the progress never goes back", async () => {
    const worker = createWorker();
    const { adding, states } = start(worker, 450);
    await adding.run();
    expect(worker.sizes).toEqual([200, 200, 50]);
    expect(adding.state).toMatchObject({ status: "done", done: 450, counts: { added: 450 } });
    const progress = states.map(({ done }) => done);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  test("are added once if an answer is lost, and are counted as added", async () => {
    const worker = createWorker([null, "lost", "offline"]);
    const { adding, states, waits } = start(worker, 450);
    await adding.run();
    expect(worker.sizes).toEqual([200, 200, 200, 200, 50]);
    expect(worker.there.size).toBe(450);
    expect(waits).toEqual([1000, 3000]);
    expect(states.some(({ status }) => status === "waiting")).toBe(true);
    expect(adding.state).toMatchObject({ status: "done", counts: { added: 450, alreadyThere: 0 } });
  });

  test("go on without those whom the Worker refuses", async () => {
    const worker = createWorker();
    for (let index = 0; index < 30; index += 1) worker.refusedEmails.add(`p${index * 7}@example.com`);
    const { adding } = start(worker, 300);
    await adding.run();
    expect(worker.there.size).toBe(270);
    expect(adding.state).toMatchObject({ status: "done", done: 300, counts: { added: 270 } });
    expect(adding.state.refused.map(({ person }) => person.line)).toEqual(
      Array.from({ length: 30 }, (_, index) => index * 7 + 2),
    );
  });

  test("stop at a failure of everybody, and go on from there", async () => {
    const worker = createWorker([null, "conflict"]);
    const { adding } = start(worker, 450);
    await adding.run();
    expect(adding.state).toMatchObject({ status: "stopped", done: 200, failure: { code: "conflict" } });
    await adding.run();
    expect(adding.state).toMatchObject({ status: "done", done: 450, failure: null });
    expect(worker.there.size).toBe(450);
  });

  test("stop when the agent cancels, also while the connection is lost", async () => {
    const worker = createWorker([null, "offline"]);
    let isAborted = false;
    const adding = createAddingProcess({
      ...{ api: worker.api, people: build(450), terms, onChange: () => undefined },
      wait: (_, signal) => {
        adding.cancel();
        isAborted = signal.aborted;
        return Promise.resolve();
      },
    });
    await adding.run();
    expect(isAborted).toBe(true);
    expect(adding.state).toMatchObject({ status: "stopped", done: 200 });
    await adding.run();
    expect(worker.there.size).toBe(450);
  });

  test("run once, however often they are begun", async () => {
    const worker = createWorker();
    const { adding } = start(worker, 450);
    await Promise.all([adding.run(), adding.run()]);
    expect(worker.sizes).toEqual([200, 200, 50]);
  });

  test("go in smaller parts if a part is too large, down to one person", async () => {
    const worker = createWorker([], 60);
    const { adding } = start(worker, 200);
    await adding.run();
    expect(worker.sizes).toEqual([200, 100, 50, 50, 50, 50]);
    const narrow = createWorker([], 0);
    const refused = start(narrow, 2).adding;
    await refused.run();
    expect(refused.state).toMatchObject({ status: "done", done: 2, refused: [{}, {}] });
  });
});

describe("people who are checked", () => {
  const ready = (people: readonly RecipientInput[]) => ({
    items: people.map(() => ({ verdict: "ready" as const })),
    refusal: null,
    room: 9_000,
    recipients: 3,
    warnsAbove: 50,
  });

  test("go in parts of 500, and keep their order", async () => {
    const sizes: number[] = [];
    const progress: number[] = [];
    const check = async (people: readonly RecipientInput[]) => {
      sizes.push(people.length);
      return ready(people);
    };
    const checked = await checkPeople({ check }, build(1200), terms, (done) => progress.push(done));
    const { people, ...about } = checked;
    expect([sizes, progress]).toEqual([
      [500, 500, 200],
      [500, 1000, 1200],
    ]);
    expect(people.map(({ person }) => person.line)).toEqual(build(1200).map(({ line }) => line));
    expect(about).toEqual({ refusal: null, room: 9_000, recipients: 3, warnsAbove: 50 });
  });

  test("are faulty if one alone is too large", async () => {
    const check = async (people: readonly RecipientInput[]) => {
      if (people.some(({ email }) => email === "p1@example.com"))
        throw new RequestFailure("payloadTooLarge", "Too large.");
      return ready(people);
    };
    const { people } = await checkPeople({ check }, build(3), terms, () => undefined);
    expect(people.map((one) => one.check.verdict)).toEqual(["ready", "faulty", "ready"]);
  });
});
