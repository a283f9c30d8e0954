import type { RecipientDetail } from "../../../shared/recipient.ts";
import { createRecipientApi } from "../../data/recipient-api.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { SaveFileButton } from "../../ui/save-file-button.tsx";
import { say } from "../../words/say.ts";

/**
 * Shows the button that saves a page with everything that the office has sent to the person's
 * address. A team lead needs the page to answer a complaint.
 */
export function SaveAddressRecordButton({ recipient: { id, email } }: { recipient: RecipientDetail }) {
  const { api, tokens } = useSession();
  if (email === null || !hasRole(tokens.role(), "teamLead")) return null;
  return (
    <SaveFileButton
      label={say("Save everything sent to this address")}
      filename="emails-to-one-address.html"
      done={say("Saved. You can open and print the file.")}
      load={() => createRecipientApi(api, id).addressRecord(email)}
    />
  );
}
