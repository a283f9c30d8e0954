import { describe, expect, it } from "vitest";
import type { AgentLicense } from "../../../worker/domain/compliance/agent-license.ts";
import { type AgentDetails, decideDisclosure } from "../../../worker/domain/compliance/disclosure.ts";
import {
  findDisclosureFaults,
  listLicenseWarnings,
} from "../../../worker/domain/compliance/disclosure-faults.ts";
import { buildTemplateData } from "../../../worker/mail/merge-data/merge-data.ts";
import { coloradoDisclosureInput, officeWithAllDetails } from "../../support/disclosure.ts";

const { agent, office, origin } = coloradoDisclosureInput;
const california: AgentLicense = {
  licensedName: "Dana M. Reyes",
  licenseType: "Salesperson",
  licenseNumber: "DRE 01234567",
  licenseState: "CA",
};
const newYork: AgentLicense = {
  licensedName: null,
  licenseType: "Licensed Real Estate Salesperson",
  licenseNumber: "10401234567",
  licenseState: "NY",
};
const inThreeStates: AgentDetails = { ...agent, otherLicenses: [california, newYork] };
const inColorado = "Dana Reyes, Broker Associate, license FA.100012345";

describe("an agent who is licensed in several states", () => {
  it.each<[string | null, string]>([
    ["CO", inColorado],
    ["CA", "Dana M. Reyes, Salesperson, DRE 01234567"],
    ["NY", "Dana Reyes, Licensed Real Estate Salesperson, license 10401234567"],
    ["TX", inColorado],
    [null, inColorado],
  ])("signs the footer for a home in %s with the license that counts there", (propertyState, line) => {
    const { lines } = decideDisclosure(office, inThreeStates, { propertyState, origin, isToOwner: true });
    const ofAgent = lines.find(({ items }) => items.some(({ kind }) => kind === "agentName"));
    expect(ofAgent?.items.map(({ text }) => text).join(", ")).toBe(line);
  });

  it.each<[string, AgentDetails, string[]]>([
    ["California takes its own number", inThreeStates, []],
    [
      "California names the number of the license that counts there",
      { ...inThreeStates, otherLicenses: [newYork, { ...california, licenseNumber: "S.1" }] },
      ["senders.7.otherLicenses.1.licenseNumber"],
    ],
    [
      "California asks for one more license, if no license is from there",
      { ...inThreeStates, otherLicenses: [newYork] },
      ["senders.7.otherLicenses.1.licenseNumber"],
    ],
    [
      "California names the first license, if nobody knows where that license is from",
      { ...agent, licenseState: null },
      ["senders.7.licenseNumber"],
    ],
  ])("%s", (_, sender, fields) => {
    const faults = findDisclosureFaults(officeWithAllDetails, [{ ...sender, id: 7 }], ["CA"]);
    expect(faults.map(({ field }) => field)).toEqual(fields);
  });

  it("needs a number on each license, where the office has none", () => {
    const sender = { ...agent, otherLicenses: [{ ...newYork, licenseNumber: " " }] };
    const ofOffice = (states: string[]) =>
      findDisclosureFaults({ ...officeWithAllDetails, license: null }, [sender], states).map(
        ({ field }) => field,
      );
    expect(ofOffice(["CO"])).toEqual([]);
    expect(ofOffice(["CO", "NY"])).toContain("tenant.license");
  });

  it("causes a warning only for homes in other states, which names every license", () => {
    expect(listLicenseWarnings([inThreeStates], ["CO", "CA", "NY", null])).toEqual([]);
    expect(listLicenseWarnings([inThreeStates], ["CA", "TX"]).map(({ message }) => message)).toEqual([
      "Dana Reyes is licensed in Colorado, California, and New York but is emailing about homes in Texas",
    ]);
  });

  it.each([
    ["CO", "FA.100012345"],
    ["NY", "10401234567"],
    ["TX", "FA.100012345"],
  ])("prints the number of the license that counts for a home in %s in the letter", (state, number) => {
    const { sender } = buildTemplateData({
      recipient: { email: null, name: "", data: { recipient: {}, property: { stateOrProvince: state } } },
      sender: { ...inThreeStates, fromEmail: "dana@example.com" },
      tenant: office,
    });
    expect(sender.license).toBe(number);
  });
});
