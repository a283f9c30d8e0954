import { describe, expect, it } from "vitest";
import { describeMissingSettings, getSettingRole, listMissingSettings } from "../../plugin/words/outreach.ts";

const details = {
  "tenant.officePhone": "Georgia requires the office's phone",
  "senders.7.licenseNumber": "California requires Alex Morgan's own 8-digit DRE number",
};

describe("the message for missing settings", () => {
  it("names all settings, the rules that need them, and who can fill them in", () => {
    const missing = listMissingSettings(details);
    expect(missing.map(({ path }) => path)).toEqual(Object.keys(details));
    expect(describeMissingSettings(missing, false)).toBe(
      "Georgia requires the office's phone; California requires Alex Morgan's own 8-digit DRE number. " +
        "Your office’s administrator can fix this. No emails will go out until then.",
    );
    expect(describeMissingSettings(missing, true)).toMatch(
      /DRE number\. No emails will go out until this is fixed\.$/,
    );
  });

  it("does not name the administrator for a setting that a team lead can fill in", () => {
    const missing = listMissingSettings({ "doNotSolicitLists.4": "The list is old." });
    expect(missing.map(getSettingRole)).toEqual(["teamLead"]);
    expect(describeMissingSettings(missing, false)).toBe(
      "The list is old. A team lead can fix this. No emails will go out until then.",
    );
  });

  it("is empty for other fields", () => {
    expect(listMissingSettings({})).toEqual([]);
    expect(listMissingSettings({ email: "is not an address", toString: "x", "xtenant.name": "x" })).toEqual(
      [],
    );
  });
});
