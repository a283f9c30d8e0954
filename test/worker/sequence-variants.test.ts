import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchBody, exampleOwner } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

const letter = (subject: string, body = "Hi {{recipient.salutation}}") => ({
  subject,
  bodyHtml: `<p>${body}</p>`,
});
const split = (change: object = {}) => ({
  ...{ id: 1, kind: "email", letter: letter("Roofs"), letterWeight: 30 },
  variants: [{ weight: 70, letter: letter("Your roof") }],
  ...change,
});
const create = async (step: object) => await app.api.post("/api/sequences", { name: "Roofs", steps: [step] });
/** So many people that by chance alone practically never all get the same version. */
const recipients = Array.from({ length: 45 }, (_, index) => ({
  ...exampleOwner,
  email: `owner-${index}@example.com`,
}));
const launch = (sequenceId: string) =>
  app.api.post(
    "/api/campaigns",
    buildLaunchBody(1, {
      ...{ steps: undefined, type: undefined, sequenceId },
      recallSeconds: 0,
      recipients,
    }),
  );

describe("a sequence whose step has several versions of its email", () => {
  test("is launched with each version and its share, and each person gets one version", async () => {
    const { json: made } = await create(split());
    expect(made.faults).toEqual([]);
    const { json } = await launch(made.id);
    expect(json.steps[0].variants).toMatchObject([
      { variant: "A", subject: "Roofs", weight: 30 },
      { variant: "B", subject: "Your roof", weight: 70 },
    ]);
    for (let turn = 0; turn < 4; turn += 1) await app.pass(2);
    expect(app.calls).toHaveLength(recipients.length);
    expect(new Set(app.calls.map(({ subject }) => subject))).toEqual(new Set(["Roofs", "Your roof"]));
    const edited = (await app.api.get(`/api/campaigns/${json.id}/steps`)).json.steps[0];
    expect(edited).toMatchObject({
      letterWeight: 30,
      variants: [{ weight: 70, letter: { subject: "Your roof" } }],
    });
  });

  test("is previewed in each version before the launch", async () => {
    const { json } = await create(split());
    const preview = (variant?: string) =>
      app.api.post("/api/templates/preview", { sequenceId: json.id, stepNumber: 1, variant });
    const subjects = [];
    for (const variant of [undefined, "A", "B"]) subjects.push((await preview(variant)).json.subject);
    expect(subjects).toEqual(["Roofs", "Roofs", "Your roof"]);
    for (const variant of ["C", "AB", "a"]) {
      const { status, json: refused } = await preview(variant);
      expect([status, Object.keys(refused.error.fields)]).toEqual([400, ["variant"]]);
    }
  });

  test("names what a version lacks, and can't be launched so", async () => {
    const { json } = await create(
      split({ variants: [{ weight: 1, letter: { subject: "", bodyHtml: "" } }] }),
    );
    expect(json.faults.map(({ field }: { field: string }) => field)).toEqual([
      "variants.0.letter.subject",
      "variants.0.letter.bodyHtml",
    ]);
    expect((await launch(json.id)).status).toBe(400);
  });

  test("can change its versions under way, and keeps the templates of those that stay", async () => {
    const { json } = await launch((await create(split())).json.id);
    const path = `/api/campaigns/${json.id}/steps`;
    const { version, steps } = (await app.api.get(path)).json;
    const [step] = steps;
    const wanted = { ...step, variants: [...step.variants, { weight: 10, letter: letter("A third") }] };
    const answer = await app.api.put(path, { steps: [wanted] }, { headers: { "if-match": `"${version}"` } });
    expect(answer.json.steps[0].change).toBe("changed");
    const after = (await app.api.get(`/api/campaigns/${json.id}`)).json.steps[0];
    const ids = (of: { templateId: number }[]) => of.map(({ templateId }) => templateId);
    expect(ids(after.variants).slice(0, 2)).toEqual(ids(json.steps[0].variants));
    expect(after.variants[2]).toMatchObject({ variant: "C", subject: "A third", weight: 10 });
  });

  test.each([{ variants: [] }, { letterWeight: 0 }, { variants: [{ weight: 101, letter: letter("B") }] }])(
    "refuses %j",
    async (change) => {
      expect((await create(split(change))).status).toBe(400);
    },
  );
});
