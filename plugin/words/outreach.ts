/**
 * The texts for the office's missing details, by field name. The Worker names these fields when it
 * refuses a launch (worker/domain/compliance.ts).
 */
const missingDetailTexts = new Map(
  Object.entries({
    "tenant.name": "the office’s name",
    "tenant.postalAddress": "its postal address, which the law wants in every email",
    "tenant.license": "a license number, the office’s or the sender’s own",
    "tenant.equalHousingLine": "its Equal Housing line",
  }),
);

/**
 * Returns a text that says which details the office must still fill in, and who can do so. Returns
 * null if a request was refused for another reason.
 */
export function describeMissingTenantDetails(fields: Record<string, string>): string | null {
  const missing = Object.keys(fields).flatMap((field) => missingDetailTexts.get(field) ?? []);
  if (missing.length === 0) return null;
  return `Still missing: ${missing.join("; ")}. Your office’s administrator can fill this in; nothing is sent until then.`;
}
