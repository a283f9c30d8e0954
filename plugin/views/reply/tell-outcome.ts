import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { Session } from "../../session/state.ts";

/**
 * Tells the host which outcome the reply has now (`dk:outcome`), so that the host can set the stage
 * of the person. `outcome` is null after an undo.
 */
export function tellOutcome({ emit }: Pick<Session, "emit">, recipient: RecipientDetail): void {
  const { id, campaignId, propertyId, contactKey, email, reply } = recipient;
  emit("outcome", {
    recipientId: id,
    campaignId,
    contactKey,
    email,
    outcome: reply?.outcome ?? null,
    // On the agent's home page, the element itself shows no property.
    ...(propertyId === null ? {} : { propertyId }),
  });
}
