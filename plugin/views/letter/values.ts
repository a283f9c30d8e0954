import type { OfferedVariables } from "../../../shared/template.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import { useSession } from "../../session/state.ts";
import type { ShownValues } from "./document/chip-text.ts";

/** Returns the recipient's data as the Worker takes it for a preview. */
export const toShownRecipient = ({ data, name, email }: Contact): JsonRecord => ({
  ...data,
  fullName: name,
  ...(email ? { email } : {}),
});

/** Loads the variables and their values for an owner of the property. */
export function useShownValues(contact: Contact | undefined): ShownValues {
  const { property } = useSession();
  const request =
    contact === undefined ? {} : { recipient: toShownRecipient(contact), property: property.value };
  const loaded = useResource<OfferedVariables>(`variables ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: (signal) =>
      api.request<OfferedVariables>("/templates/variables", { method: "POST", body: request, signal }),
  }));
  return { variables: loaded.data?.variables ?? [], owner: contact?.name ?? null };
}
