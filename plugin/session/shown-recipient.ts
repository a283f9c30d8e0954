import type { Contact, JsonRecord } from "../host/mapping.ts";

/** Returns the recipient's data in the form that the Worker needs for a preview. */
export const toShownRecipient = ({ data, name, email }: Contact): JsonRecord => ({
  ...data,
  fullName: name,
  ...(email ? { email } : {}),
});
