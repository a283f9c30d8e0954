import { expect, it } from "vitest";
import { toContacts } from "../../plugin/host/mapping.ts";
import { createLaunchDraft } from "../../plugin/session/launch-draft.ts";
import { buildLaunchRequest } from "../../plugin/session/launch-request.ts";
import { mapFieldErrorsToContacts } from "../../plugin/views/launch/faults.ts";
import { presets } from "../../shared/presets/presets.ts";

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
  expect(mapFieldErrorsToContacts(fields, people)).toEqual({
    "2": "The email address must be an email address",
  });
  expect(mapFieldErrorsToContacts({ recipients: "are on the list" }, people)).toEqual({});
});

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
  const [preset] = presets;
  if (contact === undefined || preset === undefined) throw new Error("nothing to launch");
  const sender = { id: 1, timeZone: "America/Denver" } as Parameters<typeof buildLaunchRequest>[0]["sender"];
  const { recipients } = buildLaunchRequest({
    preset,
    sender,
    timing: createLaunchDraft("sellerOutreach"),
    recipients: [contact],
    property: { city: "Denver", media },
    propertyId: "p-1",
    ignoresCollisions: false,
    unknownPolicy: "office",
    refusalNote: null,
    listingStatement: null,
    nearbySale: null,
    status: "active",
    wordings: {},
  });
  expect(recipients?.[0]).toMatchObject({
    fullName: "n".repeat(200),
    templateData: { hobby: "sailing" },
    property: { city: "Denver" },
  });
  expect(recipients?.[0]).not.toHaveProperty("contactKey");
  expect(JSON.stringify(recipients).length).toBeLessThan(1000);
});

it("a contact without a name gets emails without a name", () => {
  const [nobody] = toContacts([{ ContactKey: "3", Email: "x@example.com" }]);
  expect(nobody).toMatchObject({ name: "x@example.com", fullName: null });
});
