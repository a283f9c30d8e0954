import { beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import { minute } from "../support/time.ts";
import { type ApiCallOptions, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let id: string;
let version: number;

const letter = (subject: string) => ({ subject, preheader: "", bodyHtml: `<p>${subject}</p>`, bodyText: "" });
const email = (subject: string, change: Record<string, unknown> = {}) => ({
  ...{ id: 1, kind: "email", letter: subject === "" ? { subject: "", bodyHtml: "" } : letter(subject) },
  ...change,
});
const as = async (sub: string, name: string): Promise<ApiCallOptions> => ({
  token: await signToken({ role: "teamLead", claims: { sub, name }, at: app.api.now() }),
});

/** Saves the steps on top of the version that the previous save returned, as the editor does. */
async function save(steps: unknown[], options: ApiCallOptions = {}): Promise<void> {
  const answer = await app.api.patch(
    `/api/sequences/${id}`,
    { steps },
    { ...options, headers: { "if-match": `"${version}"` } },
  );
  if (answer.status !== 200) throw new Error(answer.text);
  version = answer.json.version;
}
/** Saves a letter after a pause that is long enough to end the agent's last edit. */
async function saveLater(subject: string, options: ApiCallOptions = {}): Promise<void> {
  app.advance((limits.letterVersionMinutes + 1) * minute);
  await save([email(subject)], options);
}
const read = async (query = "", step = 1) =>
  (await app.api.get(`/api/sequences/${id}/letters/${step}/versions${query}`)).json;
const subjects = async (query = "", step = 1): Promise<string[]> =>
  (await read(query, step)).items.map((one: { letter: { subject: string } }) => one.letter.subject);
const countRows = async () =>
  (await bindings.DB.prepare("SELECT count(*) AS n FROM letter_versions").first<{ n: number }>())?.n;

beforeEach(async () => {
  app = await openApp();
  const made = await app.api.post("/api/sequences", {
    name: "Roofs",
    scope: "mine",
    steps: [email("First")],
  });
  ({ id, version } = made.json);
});

describe("the versions of a letter", () => {
  test("name who saved them and when", async () => {
    expect(await read()).toMatchObject({ current: { savedBy: "agent-1" }, items: [] });
    await saveLater("Second");
    const secondAt = new Date(app.api.now()).toISOString();
    await saveLater("Third");
    const { current, items } = await read();
    expect(items).toMatchObject([
      { savedBy: "agent-1", savedAt: secondAt, letter: letter("Second") },
      { savedBy: "agent-1", letter: letter("First") },
    ]);
    expect(Date.parse(current.savedAt)).toBeGreaterThan(Date.parse(secondAt));
  });

  test("are not made by every save of one sitting", async () => {
    await save([email("F")]);
    app.advance(minute);
    await save([email("Fo")]);
    await save([email("Foo")]);
    expect(await subjects()).toEqual(["First"]);
    await saveLater("Bar");
    expect(await subjects()).toEqual(["Foo", "First"]);
  });

  test("are made at once when another agent changes the letter", async () => {
    const [ann, bo] = [await as("lead-1", "Ann Lead"), await as("lead-2", "Bo Lead")];
    const steps = [email("First")];
    const made = await app.api.post("/api/sequences", { name: "Barns", scope: "office", steps }, ann);
    ({ id, version } = made.json);
    await save([email("Ann’s")], ann);
    await save([email("Bo’s")], bo);
    const { current, items } = await read();
    expect([current.savedByName, items[0].savedByName, items[0].letter.subject]).toEqual([
      "Bo Lead",
      "Ann Lead",
      "Ann’s",
    ]);
  });

  test("keep the letter that a restored version replaces", async () => {
    await save([email("Second")]);
    await save([email("Third")]);
    app.advance(minute);
    await save([email("First")]);
    expect(await subjects()).toEqual(["Third", "First"]);
  });

  test("are kept per step and email, and begin with the step", async () => {
    const wanted = { otherwise: "email", previousOpened: true };
    const elseEmail = (subject: string) => ({ startsThread: false, letter: letter(subject) });
    const two = (subject: string) => [
      email("First"),
      email("Other", { id: 2, conditions: wanted, elseEmail: elseEmail(subject) }),
    ];
    await save(two("Else A"));
    app.advance(minute);
    await save(two("Else B"));
    expect([await subjects("?email=else", 2), await subjects("", 2), await subjects()]).toEqual([
      ["Else A"],
      [],
      [],
    ]);
    await save([email("First")]);
    await save([email("First"), email("", { id: 2 })]);
    expect(await subjects("?email=else", 2)).toEqual(["Else A"]);
    expect(await subjects("", 2)).toEqual([]);
  });

  test("leave out the empty letter with which a step begins, and name who wrote the first", async () => {
    await save([email("First"), email("", { id: 2 })]);
    await save([email("First"), email("Written", { id: 2 })]);
    app.advance(20 * minute);
    await save([email("First"), email("Rewritten", { id: 2 })]);
    const { items } = await read("", 2);
    expect(items).toMatchObject([{ savedBy: "agent-1", letter: letter("Written") }]);
    expect(items).toHaveLength(1);
  });

  test("are limited in number", async () => {
    for (let index = 0; index < limits.letterVersions + 4; index += 1) await saveLater(`Letter ${index}`);
    const seen = await subjects();
    expect([seen.length, seen[0]]).toEqual([limits.letterVersions + 1, "Letter 22"]);
    expect(await countRows()).toBe(limits.letterVersions + 1);
  });

  test("of a preset begin with the letter as it ships, and go with the office's copy", async () => {
    const lead = await as("lead-3", "Cy Lead");
    const shipped = (await app.api.get("/api/sequences/sellerOutreach", lead)).json;
    const [first, ...rest] = shipped.steps;
    id = shipped.id;
    version = 0;
    await save([{ ...first, letter: letter("Ours") }, ...rest], lead);
    const { current, items } = await read("", first.id);
    expect(current.savedByName).toBe("Cy Lead");
    expect(items).toMatchObject([{ savedBy: null, savedAt: null, letter: first.letter }]);
    await app.api.delete(`/api/sequences/${id}`, lead);
    expect(await read("", first.id)).toMatchObject({ current: { savedBy: null }, items: [] });
    expect(await countRows()).toBe(0);
  });

  test("are not shown to agents who may not use the sequence", async () => {
    const other = await app.api.get(`/api/sequences/${id}/letters/1/versions`, await as("x", "X"));
    expect(other.status).toBe(404);
    expect((await app.api.get(`/api/sequences/${id}/letters/0/versions`)).status).toBe(404);
    expect((await app.api.get(`/api/sequences/${id}/letters/1/versions?email=no`)).status).toBe(400);
  });
});
