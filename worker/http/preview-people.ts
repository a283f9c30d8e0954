import { z } from "zod";
import { emailAddress } from "../../shared/primitives.ts";
import { findSender, listSenders, type SenderRow } from "../db/senders.ts";
import { AppError } from "../domain/errors.ts";
import type { RequestScope } from "./access.ts";

/** Reads the recipient's address and names for a preview. A value of the wrong type is ignored. */
const shownRecipient = z.object({
  email: emailAddress.optional().catch(undefined),
  firstName: z.string().max(200).optional().catch(undefined),
  lastName: z.string().max(200).optional().catch(undefined),
  fullName: z.string().max(200).optional().catch(undefined),
});

export const parsePreviewRecipient = (given: unknown) => shownRecipient.parse(given);

/**
 * Finds the sender with this id. Without an id, finds the tenant's first sender.
 * @throws AppError invalidRequest if there is no such sender
 */
export async function findPreviewSender({ scope }: RequestScope, id: number | undefined): Promise<SenderRow> {
  const sender =
    id === undefined ? (await listSenders(scope, { after: null, limit: 1 }))[0] : await findSender(scope, id);
  if (sender !== undefined) return sender;
  const message =
    id === undefined ? "is required, because there are no senders yet" : "is not one of your senders";
  throw new AppError("invalidRequest", "There is no such sender.", { senderId: message });
}
