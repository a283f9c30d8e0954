import { describe, expect, test } from "vitest";
import { multiZoneStates } from "../../worker/domain/schedule/split-states.ts";
import {
  findMailingAddress,
  findPropertyAddress,
  findZoneByAddress,
  hasMailingAddress,
} from "../../worker/domain/schedule/zones.ts";

const zoneIn = (state: string | null, postalCode: string | null = null, country: string | null = null) =>
  findZoneByAddress({ state, postalCode, country });

const states =
  "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA " +
  "RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU MP AS";

describe("the time zone of a mailing address", () => {
  test.each(states.split(" "))("in %s is known", (state) => {
    const zone = zoneIn(state, "00000");
    expect(zone).not.toBeNull();
    expect(Intl.DateTimeFormat("en", { timeZone: zone ?? "" }).resolvedOptions().timeZone).toBeTruthy();
  });

  test.each([
    ["N.Y.", "America/New_York"],
    ["D.C.", "America/New_York"],
    ["Washington, D.C.", "America/New_York"],
    ["Washington DC", "America/New_York"],
    ["Washington", "America/Los_Angeles"],
    ["US VI", "America/St_Thomas"],
  ])("is told by the state written as %s", (state, zone) => {
    expect(zoneIn(state)).toBe(zone);
  });

  test.each([
    ["CO", "80203", "America/Denver"],
    ["AZ", "85018", "America/Phoenix"],
    ["HI", "96821", "Pacific/Honolulu"],
    ["PR", "00901", "America/Puerto_Rico"],
    ["GU", "96910", "Pacific/Guam"],
    ["FL", "33101", "America/New_York"],
    ["FL", "32501", "America/Chicago"],
    ["TX", "75201", "America/Chicago"],
    ["TX", "79901", "America/Denver"],
    ["TX", "79830", "America/Chicago"],
    ["TN", "37201", "America/Chicago"],
    ["TN", "37902", "America/New_York"],
    ["TN", "37402", "America/New_York"],
    ["TN", "37388", "America/Chicago"],
    ["KY", "40202", "America/New_York"],
    ["KY", "42101", "America/Chicago"],
    ["IN", "46204", "America/Indiana/Indianapolis"],
    ["IN", "46402", "America/Chicago"],
    ["IN", "47708", "America/Chicago"],
    ["ID", "83702", "America/Boise"],
    ["ID", "83814", "America/Los_Angeles"],
    ["OR", "97214", "America/Los_Angeles"],
    ["OR", "97914", "America/Boise"],
    ["MI", "48226", "America/Detroit"],
    ["MI", "49938", "America/Chicago"],
    ["NE", "68102", "America/Chicago"],
    ["NE", "69361", "America/Denver"],
    ["ND", "58102", "America/Chicago"],
    ["ND", "58601", "America/Denver"],
    ["SD", "57104", "America/Chicago"],
    ["SD", "57701", "America/Denver"],
    ["KS", "66603", "America/Chicago"],
    ["KS", "67735", "America/Denver"],
    ["AK", "99501", "America/Anchorage"],
    ["AK", "99546", "America/Adak"],
    ["AZ", "86515", "America/Denver"],
  ])("in %s %s is %s", (state, zip, zone) => expect(zoneIn(state, zip)).toBe(zone));

  test.each(["Colorado", " colorado ", "co", "US-CO"])("is found when the state is written %j", (state) =>
    expect(zoneIn(state)).toBe("America/Denver"),
  );

  test("is found with a ZIP+4 code", () => {
    expect(zoneIn("TX", "79901-1234")).toBe("America/Denver");
  });

  test("is not guessed for an unknown state, another country, the army or an ambiguous ZIP code", () => {
    expect(zoneIn(null, "80203")).toBeNull();
    expect(zoneIn("Ontario", "K1A 0B1")).toBeNull();
    expect(zoneIn("CO", "80203", "Mexico")).toBeNull();
    expect(zoneIn("AE", "09001")).toBeNull();
    expect(zoneIn("KY", "42799")).toBeNull();
    expect(zoneIn("AZ", "86512")).toBeNull();
    for (const state of Object.keys(multiZoneStates)) expect(zoneIn(state, null)).toBeNull();
  });
});

describe("an address in the data from a host", () => {
  test.each<[string, Record<string, unknown>]>([
    ["RESO fields", { homeStateOrProvince: "CO", homePostalCode: "80203", homeCountry: "US" }],
    ["the host's own fields", { mailingState: "CO", mailingZip: 80203 }],
    ["an object", { mailingAddress: { state: "CO", zip: "80203" } }],
    ["one line", { mailingAddress: "740 Larkspur Ct, Denver, CO 80203-1234" }],
    ["one line without commas, in capitals", { mailingAddress: "740 LARKSPUR CT DENVER CO 80203 USA" }],
  ])("as %s is read", (_, data) => {
    const address = findMailingAddress(data);
    expect(address && findZoneByAddress(address)).toBe("America/Denver");
  });

  test("is not found if the data has no mailing address", () => {
    expect(findMailingAddress({ workStateOrProvince: "CO", mailingAddress: "PO Box 4" })).toBeNull();
    expect(findMailingAddress({ mailingAddress: null, homeAddress: ["CO"] })).toBeNull();
  });

  test.each<[string, Record<string, unknown>]>([
    ["RESO fields", { city: "Honolulu", stateOrProvince: "HI", postalCode: "96815" }],
    ["an object", { address: { state: "Hawaii" } }],
    ["one line", { unparsedAddress: "12 Kalakaua Ave, Honolulu, HI 96815" }],
  ])("as %s is read for a property", (_, property) => {
    const address = findPropertyAddress(property);
    expect(address && findZoneByAddress(address)).toBe("Pacific/Honolulu");
  });

  test("is not found for a property without a state", () => {
    expect(findPropertyAddress({ propertyId: "p-1", city: "Springfield", address: "12 Elm" })).toBeNull();
  });

  test("counts as a mailing address even if its time zone is unknown; a home phone does not", () => {
    expect(hasMailingAddress({ mailingAddress: "Calle Mayor 1, Madrid" })).toBe(true);
    expect(hasMailingAddress({ mailingAddress: { country: "ES" } })).toBe(true);
    expect(hasMailingAddress({ homeCity: "Madrid" })).toBe(true);
    expect(hasMailingAddress({ homePhone: "1", mailingAddress: { state: " " }, homeCity: null })).toBe(false);
  });

  test("keeps the leading zero that a numeric ZIP code has lost", () => {
    expect(findMailingAddress({ mailingState: "MA", mailingZip: 2139 })?.postalCode).toBe("02139");
  });
});
