import { expect, it } from "vitest";
import { type Contact, type JsonRecord, toContacts } from "../../plugin/host/mapping.ts";
import { rankPresets } from "../../plugin/session/preset-fit.ts";
import { setLanguage } from "../../plugin/words/say.ts";
import { allPresets, englishPresets } from "../../shared/presets/presets.ts";

const rank = (property: JsonRecord, contacts: Contact[] = toContacts([{ FullName: "Jane Doe" }])) => {
  const { fitting, more } = rankPresets(englishPresets, property, contacts);
  return {
    fitting: fitting.map(({ preset, reason }) => [preset.id, reason]),
    more: more.map(({ preset }) => preset.id),
  };
};
const general = ["sellerOutreach", null];

it.each<[string, JsonRecord, string, string]>([
  ["an expired listing", { standardStatus: "Expired" }, "expiredListing", "Fits: the listing has expired"],
  ["a canceled listing", { mlsStatus: "Canceled" }, "expiredListing", "Fits: the listing was canceled"],
  ["a sale by owner", { status: "FSBO" }, "fsbo", "Fits: the owner is selling without an agent"],
  [
    "a sale by owner in the tags",
    { tags: ["For Sale By Owner"] },
    "fsbo",
    "Fits: the owner is selling without an agent",
  ],
  ["a rented home", { occupantType: "Tenant" }, "absenteeOwner", "Fits: a tenant lives there"],
  ["a vacant home", { occupantType: "Vacant" }, "absenteeOwner", "Fits: the home is vacant"],
])("the presets for %s begin with the one that fits, with the reason", (_name, property, id, reason) => {
  const ranked = rank(property);
  expect(ranked.fitting).toEqual([[id, reason], general]);
  expect(ranked.more).not.toContain(id);
});

it("the presets fit an owner who lives elsewhere, by the mailing address", () => {
  const owner = (MailingAddress: string) => toContacts([{ FullName: "Jane Doe", MailingAddress }]);
  const home = { postalCode: "80203" };
  expect(rank(home, owner("27 Mesquite Ln, Tempe, AZ 85281")).fitting[0]?.[0]).toBe("absenteeOwner");
  expect(rank(home, owner("123 Main St, Denver, CO 80203")).fitting).toEqual([general]);
  expect(rank({}, owner("27 Mesquite Ln, Tempe, AZ 85281")).fitting).toEqual([general]);
});

it("the presets for an owner include none for buyers, and the rest are behind More", () => {
  const ranked = rank({ standardStatus: "Closed" });
  expect(ranked.fitting).toEqual([general]);
  expect(ranked.more).toEqual(["expiredListing", "fsbo", "absenteeOwner", "justSold"]);
});

it("the presets include the one for buyers if the host says that somebody is a buyer", () => {
  const buyer = toContacts([{ FullName: "Ben Ito", ContactType: "Buyer" }]);
  expect(rank({}, buyer).fitting[0]).toEqual(["buyerNurture", "Fits: someone here is a buyer"]);
});

it("the presets in the tab's language come first, and the others are behind More", async () => {
  const owner = toContacts([{ FullName: "Jane Doe" }]);
  const rankAll = () => {
    const { fitting, more } = rankPresets(allPresets, { standardStatus: "Expired" }, owner);
    return [fitting.map(({ preset }) => preset.id), more.map(({ preset }) => preset.language)];
  };
  const english = ["en", "en", "en", "en", "en"];
  const spanish = ["es", "es", "es", "es", "es"];
  expect(rankAll()).toEqual([
    ["expiredListing", "sellerOutreach"],
    [...english.slice(2), ...spanish],
  ]);
  await setLanguage("es");
  await setLanguage("es");
  expect(rankAll()).toEqual([
    ["expiredListingEs", "sellerOutreachEs"],
    [...spanish.slice(2), ...english],
  ]);
  await setLanguage("en");
});
