import type { NewRecipient } from "../domain/recipient.ts";
import { findOversizedTemplateData, fitTemplateData, isOversized } from "../domain/recipient-data.ts";
import { refuseFaultyFields } from "./request.ts";

/**
 * Returns the recipients with data that fits: what neither their emails nor the Worker uses is left
 * out where a host's record is too large.
 * @param loadUsedPaths loads the variables of the sequence; called only if a record is too large
 * @throws AppError invalidRequest if what the emails use is too large itself
 */
export async function fitRecipients(
  recipients: readonly NewRecipient[],
  loadUsedPaths: () => Promise<string[]>,
): Promise<NewRecipient[]> {
  if (!recipients.some(({ data }) => isOversized(data))) return [...recipients];
  const usedPaths = await loadUsedPaths();
  const fitted = recipients.map((one) => ({ ...one, data: fitTemplateData(one.data, usedPaths) }));
  refuseFaultyFields(findOversizedTemplateData(fitted.map(({ data }) => data)));
  return fitted;
}
