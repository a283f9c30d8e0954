/**
 * Matches the names of an office's and a sender's fields, as the Worker writes them when it refuses
 * a launch.
 */
const detailField = /^(?:tenant|senders\.\d+)\./;

/**
 * Returns a text that says which details the office must still fill in, and who can do so. The
 * Worker's message for a field says which rule asks for the field. Returns null if a request was
 * refused for another reason.
 */
export function describeMissingTenantDetails(fields: Record<string, string>): string | null {
  const missing = Object.entries(fields).flatMap(([field, message]) =>
    detailField.test(field) ? [message] : [],
  );
  if (missing.length === 0) return null;
  return `Still missing: ${missing.join("; ")}. Your office’s administrator can fill this in; nothing is sent until then.`;
}
