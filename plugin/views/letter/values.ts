import type { OfferedVariables } from "../../../shared/template.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { toShownRecipient } from "../../session/shown-recipient.ts";
import { useSession } from "../../session/state.ts";
import type { ShownValues } from "./document/chip-text.ts";

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
