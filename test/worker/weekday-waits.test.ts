import { beforeEach, describe, expect, test } from "vitest";
import { CampaignBuilder } from "../../shared/campaign-builder.ts";
import { day } from "../support/time.ts";
import { buildLaunchBody, createTemplate, exampleOwner } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

const weekday = (at: string) =>
  new Intl.DateTimeFormat("en-US", { weekday: "short", hour: "numeric", timeZone: "America/Denver" }).format(
    new Date(at),
  );
const recipients = [{ timeZone: "America/Denver" }];
/** Sending hours without limits, so that only the weekdays decide. */
const anyHour = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "00:00", endTime: "23:59" }];

describe("a step that waits for a weekday", () => {
  test("is planned and sent on the next such day, as CampaignBuilder builds it", async () => {
    const templateId = await createTemplate(app.api);
    const { steps } = new CampaignBuilder("Maple", "sellerOutreach")
      .setSender(1)
      .addStep(templateId)
      .addStep(templateId, { days: 1, onWeekdays: [2], sendTimeHour: 10 })
      .build();
    const plan = await app.api.post("/api/campaigns/plan", { steps, sendWindow: anyHour, recipients });
    const [first, second] = plan.json.items[0].steps;
    expect(weekday(second.plannedAt)).toBe("Tue, 10 AM");
    expect(Date.parse(second.plannedAt)).toBeGreaterThan(Date.parse(first.plannedAt) + day);
    const { json } = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(templateId, {
        ...{ steps, sendWindow: anyHour, recallSeconds: 0 },
        recipients: [{ ...exampleOwner, timeZone: "America/Denver" }],
      }),
    );
    expect(json.steps.map(({ weekdays }: { weekdays: number[] | null }) => weekdays)).toEqual([null, [2]]);
    for (let hour = 0; hour < 9 * 24; hour += 1) {
      await app.pass(1);
      app.advance(day / 24);
    }
    expect(app.calls).toHaveLength(2);
    expect(weekday(new Date(app.calls[1]?.at ?? 0).toISOString())).toBe("Tue, 10 AM");
  });

  test("is kept by a sequence, planned from it, and changed under way", async () => {
    const letter = { subject: "Roofs", bodyHtml: "<p>Hi {{recipient.salutation}}</p>" };
    const steps = [
      { id: 1, kind: "email", letter },
      { id: 2, kind: "email", delayDays: 1, weekdays: [4], sendTimeHour: 9, letter },
    ];
    const { json: made } = await app.api.post("/api/sequences", { name: "Roofs", steps });
    expect(made.steps[1].weekdays).toEqual([4]);
    const plan = await app.api.post("/api/campaigns/plan", { sequenceId: made.id, recipients });
    expect(weekday(plan.json.items[0].steps[1].plannedAt)).toBe("Thu, 9 AM");
    const { json } = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(1, { steps: undefined, type: undefined, sequenceId: made.id, recallSeconds: 0 }),
    );
    await app.pass(2);
    const path = `/api/campaigns/${json.id}/steps`;
    const { version, steps: edited } = (await app.api.get(path)).json;
    expect(edited[1].weekdays).toEqual([4]);
    const wanted = [edited[0], { ...edited[1], weekdays: [5] }];
    const answer = await app.api.put(path, { steps: wanted }, { headers: { "if-match": `"${version}"` } });
    expect(answer.json.steps[1].change).toBe("changed");
    expect((await app.api.get(path)).json.steps[1].weekdays).toEqual([5]);
  });

  test.each([[[]], [[0]], [[8]], [[2, 2]], ["Tuesday"]])(
    "is refused with the weekdays %j",
    async (weekdays) => {
      const templateId = await createTemplate(app.api);
      const answer = await app.api.post(
        "/api/campaigns",
        buildLaunchBody(templateId, { steps: [{ templateId, weekdays }] }),
      );
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.json.error.fields)[0]).toMatch(/^steps\.0\.weekdays/);
    },
  );
});
