import { describe, expect, it } from "vitest";
import { describeMissingSettings, getSettingRole, listMissingSettings } from "../../plugin/words/outreach.ts";

const details = {
  "tenant.officePhone": "Georgia needs the office's phone",
  "senders.7.licenseNumber": "California needs Alex Morgan's own 8-digit DRE number",
};

describe("a refusal for missing settings", () => {
  it("names all of them, which rule asks for them, and whom to ask", () => {
    const missing = listMissingSettings(details);
    expect(missing.map(({ path }) => path)).toEqual(Object.keys(details));
    expect(describeMissingSettings(missing, false)).toBe(
      "Georgia needs the office's phone; California needs Alex Morgan's own 8-digit DRE number. " +
        "Your office’s administrator can fill this in; nothing is sent until then.",
    );
    expect(describeMissingSettings(missing, true)).toMatch(/DRE number\. Nothing is sent until then\.$/);
  });

  it("sends nobody to an administrator for what a team lead can do", () => {
    const missing = listMissingSettings({ "doNotSolicitLists.4": "The list is old." });
    expect(missing.map(getSettingRole)).toEqual(["teamLead"]);
    expect(describeMissingSettings(missing, false)).toBe(
      "The list is old. A team lead can fill this in; nothing is sent until then.",
    );
  });

  it("is none if the fields are others", () => {
    expect(listMissingSettings({})).toEqual([]);
    expect(listMissingSettings({ email: "is not an address", toString: "x", "xtenant.name": "x" })).toEqual(
      [],
    );
  });
});
