import { beforeEach, describe, expect, test } from "vitest";
import {
  buildCampaignBody,
  buildLaunchBody,
  buildTemplateBody,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
type Answer = Awaited<ReturnType<App["api"]["post"]>>;

beforeEach(async () => {
  app = await openApp();
});

const as = async (role: string) => ({ token: await signToken({ role, at: app.api.now() }) });
const property = { streetAddress: "9 East 5th Street", city: "Brooklyn", state: "NY", zip: "11215" };
const jane = { email: "jane@example.com", firstName: "Jane", property };
const joe = { email: "joe@example.com", firstName: "Joe", property };
const plain = "<p>Hi {{recipient.salutation}}</p>";
const claim = "<p>I have a buyer for your street.</p>";
const telling = "<p>News: {{property.nearbySaleNews}}</p>";

const saveTemplate = async (bodyHtml: string): Promise<number> => {
  const { status, json, text } = await app.api.post("/api/templates", buildTemplateBody({ bodyHtml }));
  if (status !== 201) throw new Error(text);
  return json.id;
};
const attest = async () =>
  app.api.post("/api/tenant/claims", { claim: "haveBuyer", words: "Two buyers." }, await as("admin"));
const withdraw = async () => app.api.call("DELETE", "/api/tenant/claims/haveBuyer", await as("admin"));

type Prepared = { body: string; templateId: number };

/** A route that starts a campaign, adds people to a campaign, or changes a campaign's letters. */
type Route = {
  /** False for a route that only changes letters and adds no people. */
  asksAboutPeople: boolean;
  /**
   * Prepares a request after which the Worker would send the letter `body`. Returns a function that
   * sends the request.
   */
  prepare: (letter: Prepared) => Promise<(more?: object, role?: string) => Promise<Answer>>;
};

const create = async (body: object): Promise<number> => {
  const { status, json, text } = await app.api.post("/api/campaigns", body);
  if (status !== 201) throw new Error(text);
  return json.id;
};
const underWay = async (templateId: number) =>
  create(buildLaunchBody(templateId, { recipients: [jane], recallSeconds: 0 }));
const readSteps = async (id: number) => (await app.api.get(`/api/campaigns/${id}/steps`)).json;
const putSteps = async (id: number, bodyHtml: string, more: object = {}) => {
  const { version, steps } = await readSteps(id);
  const [first, ...rest] = steps;
  const letter = { ...first.letter, bodyHtml };
  return app.api.put(
    `/api/campaigns/${id}/steps`,
    { steps: [{ ...first, letter }, ...rest], ...more },
    { headers: { "if-match": `"${version}"` } },
  );
};

const routes: Record<string, Route> = {
  "POST /campaigns": {
    asksAboutPeople: true,
    prepare:
      async ({ templateId }) =>
      async (more, role = "agent") =>
        app.api.post(
          "/api/campaigns",
          buildLaunchBody(templateId, { recipients: [jane], ...more }),
          await as(role),
        ),
  },
  "PATCH /campaigns/:id/status, a draft": {
    asksAboutPeople: true,
    prepare: async ({ templateId }) => {
      const draft = buildCampaignBody(await saveTemplate(plain), { status: "draft", recipients: [jane] });
      const id = await create(draft);
      await app.api.patch(`/api/campaigns/${id}`, { steps: [{ templateId }] });
      return async (more) => app.api.patch(`/api/campaigns/${id}/status`, { status: "active", ...more });
    },
  },
  "PATCH /campaigns/:id/status, a resume": {
    asksAboutPeople: true,
    prepare: async ({ templateId }) => {
      const id = await pinLetter(await underWay(await saveTemplate(plain)), templateId);
      await app.api.patch(`/api/campaigns/${id}/status`, { status: "paused" });
      return async (more) => app.api.patch(`/api/campaigns/${id}/status`, { status: "active", ...more });
    },
  },
  "POST /campaigns/:id/recipients": {
    asksAboutPeople: true,
    prepare: async ({ templateId }) => {
      const id = await pinLetter(await underWay(await saveTemplate(plain)), templateId);
      return async (more) =>
        app.api.post(`/api/campaigns/${id}/recipients`, { recipients: [{ ...joe, ...more }] });
    },
  },
  "PUT /campaigns/:id/steps": {
    asksAboutPeople: false,
    prepare: async ({ body }) => {
      const id = await underWay(await saveTemplate(plain));
      return async () => putSteps(id, body);
    },
  },
  "POST /campaigns/:id/steps/undo": {
    asksAboutPeople: false,
    prepare: async ({ templateId }) => {
      const id = await pinLetter(await underWay(await saveTemplate(plain)), templateId);
      const { json, text } = await putSteps(id, plain);
      if (json.undoToken === undefined) throw new Error(text);
      return async () => app.api.post(`/api/campaigns/${id}/steps/undo`, { undoToken: json.undoToken });
    },
  },
  "POST /campaigns/:id/steps/:stepNumber/apply-template": {
    asksAboutPeople: false,
    prepare: async ({ body }) => {
      const templateId = await saveTemplate(plain);
      const id = await underWay(templateId);
      const saved = await app.api.patch(
        `/api/templates/${templateId}`,
        buildTemplateBody({ bodyHtml: body }),
        { headers: { "if-match": '"1"' } },
      );
      if (saved.status !== 200) throw new Error(saved.text);
      return async () => app.api.post(`/api/campaigns/${id}/steps/1/apply-template`, {});
    },
  },
  "PUT /recipients/:id/steps/:stepNumber/wording": {
    asksAboutPeople: false,
    prepare: async ({ body }) => {
      const [recipientId] = await listRecipientIds(await underWay(await saveTemplate(plain)));
      return async () =>
        app.api.put(`/api/recipients/${recipientId}/steps/1/wording`, {
          version: 0,
          preheader: "",
          bodyHtml: body,
        });
    },
  },
};

/**
 * Gives a launched campaign a letter without the gates, which are the checks before a launch. The
 * letter stands for an old letter that the gates would refuse today. Returns the campaign's id.
 */
async function pinLetter(id: number, templateId: number): Promise<number> {
  await bindings.DB.prepare(
    "UPDATE campaign_steps SET template_id = ?, template_version = 1 WHERE campaign_id = ? AND step_number = 1",
  )
    .bind(templateId, id)
    .run();
  return id;
}

type Gate = {
  body: string;
  isAboutPeople: boolean;
  close: () => Promise<unknown>;
  more?: object;
  field: RegExp;
  /** The routes that need not call the gate, each with the reason. */
  notAsked?: Record<string, string>;
};

const gates: Record<string, Gate> = {
  "a detail of the office is missing": {
    body: plain,
    isAboutPeople: true,
    close: () =>
      bindings.DB.prepare(
        "UPDATE tenants SET office_phone = NULL, license = NULL, postal_address = ''",
      ).run(),
    field: /postalAddress/,
  },
  "the office holds people who are in another campaign": {
    body: plain,
    isAboutPeople: true,
    close: async () => app.api.patch("/api/tenant", { collisionPolicy: "holdAlways" }, await as("admin")),
    more: { ignoresCollisions: true },
    field: /ignoresCollisions/,
    notAsked: { "POST /campaigns/:id/recipients": "the campaign's own setting holds the people" },
  },
  "a letter makes a claim that is no longer attested": {
    body: claim,
    isAboutPeople: false,
    close: withdraw,
    // If the request contains the letter itself, the fault names the part of the letter.
    field: /claims\.haveBuyer|bodyHtml/,
  },
  "a letter tells of a sale that the campaign does not name": {
    body: telling,
    isAboutPeople: false,
    close: async () => null,
    field: /nearbySale/,
  },
  "a home is listed": {
    body: plain,
    isAboutPeople: true,
    close: () => app.api.post("/api/properties/p-1/status", { standardStatus: "Active" }),
    field: /recipients\.0\.property\.standardStatus|^$/,
    notAsked: { "PATCH /campaigns/:id/status, a resume": "the report has stopped the people" },
  },
  "a home is on a do-not-solicit list": {
    body: plain,
    isAboutPeople: true,
    close: async () => {
      const asOf = new Date(app.api.now()).toISOString().slice(0, 10);
      return app.api.call(
        "POST",
        `/api/do-not-solicit-lists?${new URLSearchParams({ name: "Zone", state: "NY", asOf })}`,
        { ...(await as("teamLead")), raw: "zip\n11215\n", headers: { "content-type": "text/csv" } },
      );
    },
    field: /recipients\.0\.property|^$/,
  },
  "a source needs an approval": {
    body: plain,
    isAboutPeople: true,
    close: async () => null,
    more: { source: "probate", sourceDate: "2020-01-02" },
    field: /recipients\.0\.source/,
    notAsked: {
      "POST /campaigns": "the campaign waits, see campaign-approvals.test.ts",
      "PATCH /campaigns/:id/status, a draft": "the campaign waits, see campaign-approvals.test.ts",
      "PATCH /campaigns/:id/status, a resume": "the people joined with an approval",
    },
  },
};

const cases = Object.entries(gates).flatMap(([gateName, gate]) =>
  Object.entries(routes)
    .filter(
      ([name, { asksAboutPeople }]) => (asksAboutPeople || !gate.isAboutPeople) && !gate.notAsked?.[name],
    )
    .map(([routeName, route]) => ({ gateName, gate, routeName, route })),
);

describe("every route that writes letters or starts campaigns asks every gate", () => {
  test.each(cases)("$routeName is refused if $gateName", async ({ gate, route }) => {
    await attest();
    const send = await route.prepare({ body: gate.body, templateId: await saveTemplate(gate.body) });
    app.advance(1_000);
    await gate.close();
    const { status, json, text } = await send(gate.more);
    expect([status, text]).toEqual([expect.toBeOneOf([400, 409]), expect.anything()]);
    expect(json.error.message).not.toBe("");
    expect(Object.keys(json.error.fields ?? { "": "" }).join()).toMatch(gate.field);
  });

  test.each(Object.entries(routes))("%s is let through if no gate is closed", async (_, route) => {
    const send = await route.prepare({ body: plain, templateId: await saveTemplate(plain) });
    const { status, text } = await send();
    expect([status, text]).toEqual([expect.toBeOneOf([200, 201]), expect.anything()]);
  });
});
