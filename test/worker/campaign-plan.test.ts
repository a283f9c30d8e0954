import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchRequest, buildPlanRequest } from "../../plugin/session/launch-request.ts";
import type { CampaignPlan } from "../../shared/campaign-plan.ts";
import { findPreset } from "../../shared/presets/presets.ts";
import { day } from "../support/time.ts";
import {
  buildLaunchBody,
  createTemplate,
  dumpTables,
  exampleOwner,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

/**
 * The parts of a launch that decide the dates of its emails. The test adds a template to each of
 * `steps`.
 */
type Draft = { steps: object[]; sendWindow: object[] | null; schedule: object };

async function plan(body: object): Promise<CampaignPlan> {
  const { status, text, json } = await app.api.post("/api/campaigns/plan", body);
  if (status !== 200) throw new Error(text);
  return json;
}
const datesOf = ({ items }: CampaignPlan, index = 0) => items[index]?.steps.map((step) => step.plannedAt);

/**
 * Launches the draft and moves the clock from email to email. Returns the time for which the engine
 * plans each email.
 */
async function plannedByEngine(body: object, steps: number): Promise<(string | null)[]> {
  const { json: campaign } = await app.api.post("/api/campaigns", body);
  const [recipientId = 0] = await listRecipientIds(campaign.id);
  const planned: (string | null)[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const { json } = await app.api.get(`/api/recipients/${recipientId}`);
    expect(json.nextStepNumber).toBe(step);
    planned.push(json.nextSendAt);
    app.api.advance(Math.max(0, Date.parse(json.nextSendAt) - app.api.now()));
    await app.run();
  }
  return planned;
}

describe("the planned dates that are shown before a launch", () => {
  // The launch is on Monday, October 6, 2025, at 10:00 in New York. October 13 is Columbus Day.
  test.each<[string, Draft, (string | null)[]]>([
    [
      "over a federal holiday and one of the tenant's own",
      {
        steps: [{}, { delayDays: 7, sendTimeHour: 9 }, { delayBusinessDays: 3, sendTimeHour: 11 }],
        sendWindow: [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
        schedule: {},
      },
      ["2025-10-15T13:00:00.000Z", "2025-10-20T15:00:00.000Z"],
    ],
    [
      "in hours that are open on weekends only, with delays in business days",
      {
        steps: [{}, { delayBusinessDays: 2 }, { delayBusinessDays: 5 }],
        sendWindow: [{ days: [6, 7], startTime: "10:00", endTime: "13:00" }],
        schedule: { skipsHolidays: false },
      },
      ["2025-10-18T14:00:00.000Z", "2025-10-25T14:00:00.000Z"],
    ],
  ])("match the dates of the engine %s", async (_name, draft, later) => {
    await bindings.DB.prepare(`UPDATE tenants SET holidays = '["2025-10-14"]' WHERE id = 1`).run();
    const templateId = await createTemplate(app.api);
    const timing = { ...draft, steps: draft.steps.map((step) => ({ ...step, templateId })) };
    const before = await dumpTables();
    const answer = await plan({ ...timing, recipients: [{}] });
    expect(await dumpTables()).toBe(before);
    const dates = datesOf(answer) ?? [];
    expect(dates.slice(1)).toEqual(later);

    const engine = await plannedByEngine(buildLaunchBody(templateId, { ...timing, recallSeconds: 0 }), 3);
    expect(engine.slice(1)).toEqual(later);
    // The requests of this test are some milliseconds apart. A step without a delay is planned for
    // the time of its request.
    expect(Math.abs(Date.parse(engine[0] ?? "") - Date.parse(dates[0] ?? ""))).toBeLessThan(100);
  });

  test("match those of the launch view's request, in the time zone of the mailing address", async () => {
    const preset = findPreset("sellerOutreach");
    const { json: senders } = await app.api.get("/api/senders");
    if (preset === undefined) throw new Error("no preset");
    const contact = {
      key: "k",
      contactKey: null,
      name: "Jane Doe",
      fullName: "Jane Doe",
      firstName: "Jane",
      lastName: "Doe",
      email: exampleOwner.email,
      timeZone: null,
      source: "host" as const,
      sourceDate: null,
      data: { mailingStateOrProvince: "CA", mailingPostalCode: "94110" },
    };
    // Moves the clock to a Saturday. The sending hours are only on weekdays.
    app.api.advance(5 * day);
    const timing = {
      preset,
      sender: senders.items[0],
      timing: { hours: "weekdays" as const, skipsHolidays: true, startOn: null },
    };
    const property = { streetAddress: "123 Main St", city: "Albany", stateOrProvince: "NY" };
    const answer = await plan(buildPlanRequest(timing, [contact, { ...contact, data: {} }], property, "p-1"));
    expect(answer.items[0]?.timeZone).toBe("America/Los_Angeles");
    expect(answer.items[1]?.timeZone).toBe("America/New_York");
    const launch = buildLaunchRequest({
      ...timing,
      recipients: [contact],
      property,
      propertyId: "p-1",
      ignoresCollisions: false,
      unknownPolicy: "office",
      refusalNote: null,
      listingStatement: null,
      nearbySale: null,
      status: "active",
      wordings: {},
    });
    const [first, second] = datesOf(answer) ?? [];
    expect(await plannedByEngine(launch, 1)).toEqual([first]);
    // Monday is Columbus Day.
    expect(first).toBe("2025-10-14T16:00:00.000Z");
    expect(Date.parse(second ?? "")).toBeGreaterThan(Date.parse(first ?? ""));
  });

  test("use each recipient's own time zone, then the campaign's, then the tenant's", async () => {
    const body = {
      presetId: "sellerOutreach",
      recipients: [{ property: { stateOrProvince: "HI" } }, { templateData: {} }],
    };
    const zones = async (schedule: object) =>
      (await plan({ ...body, schedule })).items.map(({ timeZone }) => timeZone);
    expect(await zones({ timeZone: "America/Denver" })).toEqual(["Pacific/Honolulu", "America/Denver"]);
    expect(await zones({})).toEqual(["Pacific/Honolulu", "America/New_York"]);
  });

  test("begin at the launch and stop at the campaign's end", async () => {
    const endAt = new Date(app.api.now() + 5 * day).toISOString();
    const steps = [{}, { delayDays: 3 }, { delayDays: 4 }, {}].map((step) => ({ ...step, templateId: 1 }));
    const answer = await plan({ steps, schedule: { endAt }, recipients: [{}] });
    const [first, second, third, fourth] = datesOf(answer) ?? [];
    expect(first).toBe(answer.launchAt);
    expect(Date.parse(second ?? "") - Date.parse(answer.launchAt)).toBe(3 * day);
    expect([third, fourth]).toEqual([null, null]);
  });

  test("can be requested by a viewer", async () => {
    const token = await signToken({ role: "viewer" });
    const body = { presetId: "sellerOutreach", recipients: [{}] };
    expect((await app.api.post("/api/campaigns/plan", body, { token })).status).toBe(200);
  });

  test.each([
    ["neither steps nor a preset", { recipients: [{}] }, "steps"],
    ["both", { presetId: "sellerOutreach", steps: [{ templateId: 1 }], recipients: [{}] }, "steps"],
    ["an unknown preset", { presetId: "nothing", recipients: [{}] }, "presetId"],
    ["nobody", { presetId: "sellerOutreach", recipients: [] }, "recipients"],
    [
      "more than fifty recipients",
      { presetId: "sellerOutreach", recipients: Array(51).fill({}) },
      "recipients",
    ],
    [
      "an unknown time zone",
      { presetId: "sellerOutreach", recipients: [{ timeZone: "Mars" }] },
      "recipients.0.timeZone",
    ],
    [
      "a field that does not affect the plan",
      { presetId: "sellerOutreach", recipients: [{}], name: "A" },
      "name",
    ],
  ])("are refused for a request with %s", async (_name, body, field) => {
    const { status, json } = await app.api.post("/api/campaigns/plan", body);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
  });
});
