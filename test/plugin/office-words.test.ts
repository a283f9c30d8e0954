import { expect, it } from "vitest";
import { describeMissingTenantDetails } from "../../plugin/words/outreach.ts";

it("names all that an office still lacks, which rule asks for it, and who can fill it in", () => {
  const fields = {
    "tenant.officePhone": "Georgia needs the office's phone",
    "senders.7.licenseNumber": "California needs Alex Morgan's own 8-digit DRE number",
  };
  expect(describeMissingTenantDetails(fields)).toBe(
    "Still missing: Georgia needs the office's phone; California needs Alex Morgan's own 8-digit DRE number. " +
      "Your office’s administrator can fill this in; nothing is sent until then.",
  );
});

it("has nothing to say where a refusal is about something else", () => {
  expect(describeMissingTenantDetails({})).toBeNull();
  expect(describeMissingTenantDetails({ email: "is not an address", toString: "x" })).toBeNull();
});
