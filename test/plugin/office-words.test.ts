import { expect, it } from "vitest";
import { describeMissingTenantDetails } from "../../plugin/words/outreach.ts";

it("names all that an office still lacks, and who can fill it in", () => {
  const fields = { "tenant.postalAddress": "is needed", "tenant.license": "is needed" };
  expect(describeMissingTenantDetails(fields)).toBe(
    "Still missing: its postal address, which the law wants in every email; a license number, the office’s or the " +
      "sender’s own. Your office’s administrator can fill this in; nothing is sent until then.",
  );
});

it("has nothing to say where a refusal is about something else", () => {
  expect(describeMissingTenantDetails({})).toBeNull();
  expect(describeMissingTenantDetails({ email: "is not an address", toString: "x" })).toBeNull();
});
