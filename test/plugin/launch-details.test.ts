import { expect, test } from "vitest";
import { toContacts } from "../../plugin/host/mapping.ts";
import {
  type FilledLaunchDetails,
  fillContactDetails,
  fillDetail,
  fillPropertyDetails,
  groupMissingDetails,
  listFilledDetails,
  removeDetail,
} from "../../plugin/session/launch-details.ts";

const contacts = toContacts([
  { ContactKey: "a", FullName: "Jane Doe", Email: "jane@example.com" },
  { ContactKey: "b", FullName: "John Roe", Email: "john@example.com" },
]);
const pick = (index: number) => {
  const contact = contacts[index];
  if (contact === undefined) throw new Error(`no contact ${index}`);
  return contact;
};
const [jane, john] = [pick(0), pick(1)];
const nothing: FilledLaunchDetails = { property: {}, people: {} };
const missing = {
  a: [
    { path: "recipient.petName", stepNumbers: [1] },
    { path: "property.poolFeatures", stepNumbers: [2] },
    { path: "sender.phone", stepNumbers: [1] },
  ],
  b: [
    { path: "recipient.petName", stepNumbers: [3, 1] },
    { path: "property.owner.name", stepNumbers: [1] },
  ],
};

test("a value that several people lack is one gap, with all its people and emails", () => {
  const { gaps, others } = groupMissingDetails(missing, contacts);
  expect(gaps).toEqual([
    {
      path: "recipient.petName",
      name: "petName",
      isOfProperty: false,
      people: contacts,
      stepNumbers: [1, 3],
    },
    {
      path: "property.poolFeatures",
      name: "poolFeatures",
      isOfProperty: true,
      people: [jane],
      stepNumbers: [2],
    },
  ]);
  expect(others).toEqual(["sender.phone", "property.owner.name"]);
});

test("what people who are not chosen lack is left out", () => {
  expect(groupMissingDetails(missing, [john]).gaps.map(({ people }) => people)).toEqual([[john]]);
});

test("one value can be filled in for several people at once, and for each alone", () => {
  const gap = { name: "petName", isOfProperty: false };
  const both = fillDetail(nothing, gap, ["a", "b"], "Rex");
  const filled = fillDetail(both, gap, ["b"], "Tom");
  expect(contacts.map((contact) => fillContactDetails(contact, filled).data.petName)).toEqual(["Rex", "Tom"]);
  expect(
    fillContactDetails(jane, fillDetail(nothing, { name: "firstName", isOfProperty: false }, ["a"], "Janie")),
  ).toMatchObject({
    firstName: "Janie",
    fullName: "Jane Doe",
  });
});

test("a value of the property serves everybody, and other values stay", () => {
  const filled = fillDetail(nothing, { name: "poolFeatures", isOfProperty: true }, ["a"], "heated");
  expect(fillPropertyDetails({ city: "Troy" }, filled)).toEqual({ city: "Troy", poolFeatures: "heated" });
  expect(filled.people).toEqual({});
});

test("a value that was filled in can be taken back", () => {
  let details = fillDetail(nothing, { name: "petName", isOfProperty: false }, ["a", "b"], "Rex");
  details = fillDetail(details, { name: "poolFeatures", isOfProperty: true }, [], "heated");
  const [pool, ofJane, ofJohn] = listFilledDetails(details, contacts);
  expect([pool?.name, ofJane?.contact, ofJohn?.contact]).toEqual(["poolFeatures", jane, john]);
  for (const detail of [pool, ofJane]) if (detail) details = removeDetail(details, detail);
  expect(listFilledDetails(details, contacts)).toEqual([{ name: "petName", value: "Rex", contact: john }]);
});
