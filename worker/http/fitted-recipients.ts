import type { NewRecipient } from "../domain/recipient.ts";
import {
  findOversizedTemplateDataFaults,
  fitTemplateData,
  isTemplateDataOversized,
} from "../domain/recipient-data.ts";
import { refuseFaultyFields } from "./request.ts";

/**
 * Returns the recipients with data that fits the size limit. If a host's record is too large,
 * values that neither the emails nor the Worker uses are left out.
 * @param loadUsedPaths loads the variables of the sequence; called only if a record is too large
 * @throws AppError invalidRequest if the values that are used exceed the limit by themselves
 */
export async function fitOrRefuseRecipientData(
  recipients: readonly NewRecipient[],
  loadUsedPaths: () => Promise<string[]>,
): Promise<NewRecipient[]> {
  const fitted = await cutRecipientData(recipients, loadUsedPaths);
  refuseFaultyFields(findOversizedTemplateDataFaults(fitted.map(({ data }) => data)));
  return fitted;
}

/**
 * Cuts the recipients' data as `fitOrRefuseRecipientData` does. The caller has to refuse data that
 * is still too large.
 */
export async function cutRecipientData(
  recipients: readonly NewRecipient[],
  loadUsedPaths: () => Promise<string[]>,
): Promise<NewRecipient[]> {
  if (!recipients.some(({ data }) => isTemplateDataOversized(data))) return [...recipients];
  const usedPaths = await loadUsedPaths();
  return recipients.map((one) => ({ ...one, data: fitTemplateData(one.data, usedPaths) }));
}
