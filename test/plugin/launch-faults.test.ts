import { expect, it } from "vitest";
import { type Contact, type JsonRecord, toContacts } from "../../plugin/host/mapping.ts";
import { createLaunchDraft } from "../../plugin/session/launch-draft.ts";
import { buildLaunchRequest } from "../../plugin/session/launch-request.ts";
import { listContactFaults } from "../../plugin/views/launch/faults.ts";
import { limits } from "../../shared/limits.ts";
import { englishPresets } from "../../shared/presets/presets.ts";

const people = toContacts([
  { ContactKey: "1", FullName: "Ann", Email: "ann@example.com" },
  { ContactKey: "2", FullName: "Bob", Email: "bob@example.com" },
]);

it("the faults of a refused launch are shown at their contacts, and at no others", () => {
  const fields = {
    "recipients.1.email": "must be an email address",
    "recipients.1.property": "is too large",
    "recipients.7.email": "is nobody here",
    "schedule.endAt": "has passed",
  };
  expect(listContactFaults({ fields, reasons: {} }, people)).toEqual({
    "2": "The email address must be an email address",
  });
  const others = { recipients: "are on the list" };
  expect(listContactFaults({ fields: others, reasons: {} }, people)).toEqual({});
});

it("a gate's reason stands at its contact as a sentence of its own", () => {
  const path = "recipients.0.property.standardStatus";
  const reason = { code: "onDoNotSolicitList", list: "Queens", asOf: "2026-11-01" } as const;
  const failure = { fields: { [path]: "This home is on a list." }, reasons: { [path]: reason } };
  expect(listContactFaults(failure, people)).toEqual({ "1": "This home is on a list" });
});

/** Builds the request that launches the first preset, in the same way as the launch view. */
function buildLaunch(recipients: readonly Contact[], property: JsonRecord, bodyHtml?: string) {
  const [first] = englishPresets;
  if (first === undefined) throw new Error("nothing to launch");
  const steps = first.steps.map((step) => ({ ...step, ...(bodyHtml === undefined ? {} : { bodyHtml }) }));
  const sender = { id: 1, timeZone: "America/Denver" } as Parameters<typeof buildLaunchRequest>[0]["sender"];
  return buildLaunchRequest({
    ...{ preset: { ...first, steps }, sender, recipients, property },
    timing: createLaunchDraft("sellerOutreach"),
    propertyId: "p-1",
    ignoresCollisions: false,
    unknownPolicy: "office",
    refusalNote: null,
    listingStatement: null,
    nearbySale: null,
    status: "active",
    wordings: {},
  });
}

it("a launch leaves out values that are too large for any email, and shortens long ones", () => {
  const media = Array.from({ length: 60 }, (_, order) => ({ order, mediaUrl: "u".repeat(900) }));
  const [contact] = toContacts([
    {
      ContactKey: "k".repeat(101),
      FullName: `${"n".repeat(250)}\u0000`,
      Email: "ann@example.com",
      Notes: "x".repeat(17_000),
      Hobby: "sailing",
    },
  ]);
  if (contact === undefined) throw new Error("nobody to write to");
  const { recipients } = buildLaunch([contact], { city: "Denver", media });
  expect(recipients?.[0]).toMatchObject({
    fullName: "n".repeat(200),
    templateData: { hobby: "sailing" },
    property: { city: "Denver" },
  });
  expect(recipients?.[0]).not.toHaveProperty("contactKey");
  expect(JSON.stringify(recipients).length).toBeLessThan(1000);
});

it("a launch to hundreds of people with long records fits the Worker's limit, and keeps what letters use", () => {
  const long = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`field${index}`, "é".repeat(900)]),
  );
  const people = toContacts(
    Array.from({ length: 300 }, (_, index) => ({
      Email: `owner${index}@example.com`,
      Hobby: "sailing ".repeat(60),
      ...long,
    })),
  );
  const property = { ...long, ["k".repeat(101)]: 1, city: "Denver", listPrice: 485_000 };
  const launch = buildLaunch(people, property, "<p>{{recipient.hobby}}</p>");
  expect(new TextEncoder().encode(JSON.stringify(launch)).length).toBeLessThan(limits.requestBytes);
  expect(launch.recipients?.at(-1)).toMatchObject({
    templateData: { hobby: "sailing ".repeat(60) },
    property: { city: "Denver", listPrice: 485_000 },
  });
  expect(Object.keys(launch.recipients?.[0]?.property ?? {}).every((name) => name.length <= 100)).toBe(true);
});

it("a name is not cut in the middle of a character", () => {
  const people = toContacts([{ FirstName: `a${"🏡".repeat(150)}`, Email: "ann@example.com" }]);
  const [recipient] = buildLaunch(people, {}).recipients ?? [];
  expect(recipient?.firstName).toBe(`a${"🏡".repeat(99)}`);
});

it("a contact without a name gets emails without a name", () => {
  const [nobody] = toContacts([{ ContactKey: "3", Email: "x@example.com" }]);
  expect(nobody).toMatchObject({ name: "x@example.com", fullName: null });
});
