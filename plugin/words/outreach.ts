/** What a launch is refused for, by the field the Worker names (worker/domain/compliance.ts). */
const details = new Map(
  Object.entries({
    "tenant.name": "the office’s name",
    "tenant.postalAddress": "its postal address, which the law wants in every email",
    "tenant.license": "a license number, the office’s or the sender’s own",
    "tenant.equalHousingLine": "its Equal Housing line",
  }),
);

/** What the office still has to fill in and who can, to an agent; null where a refusal is about something else. */
export function missingOfficeDetails(fields: Record<string, string>): string | null {
  const missing = Object.keys(fields).flatMap((field) => details.get(field) ?? []);
  if (missing.length === 0) return null;
  return `Still missing: ${missing.join("; ")}. Your office’s administrator can fill this in; nothing is sent until then.`;
}
