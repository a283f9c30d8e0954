import type { Preset } from "../../../shared/preset.ts";
import type { Sender } from "../../../shared/sender.ts";
import type { EmailPreview } from "../../../shared/template.ts";
import type { ApiClient } from "../../data/api.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import { buildPreviewRequest } from "../../session/launch-request.ts";

export type PresetsAndSenders = {
  presets: Preset[];
  senders: Sender[];
};

export async function fetchPresetsAndSenders(
  api: ApiClient,
  signal: AbortSignal,
): Promise<PresetsAndSenders> {
  const [presets, senders] = await Promise.all([api.presets(signal), api.senders(signal)]);
  return { presets: presets.items, senders: senders.items };
}

const maxContactsChecked = 10;

/**
 * Returns the variables that would have no value in a contact's emails, by contact key. Only the
 * first few contacts are checked; at launch, the Worker checks all contacts.
 */
export async function fetchMissingVariables(
  api: ApiClient,
  {
    preset,
    senderId,
    contacts,
    property,
  }: { preset: Preset; senderId: number | null; contacts: Contact[]; property: JsonRecord },
  signal: AbortSignal,
): Promise<Record<string, string[]>> {
  const missing: Record<string, string[]> = {};
  for (const contact of contacts.slice(0, maxContactsChecked)) {
    const previews: EmailPreview[] = await Promise.all(
      preset.steps.map((_, index) =>
        api.preview(buildPreviewRequest(preset, index + 1, senderId, contact, property), signal),
      ),
    );
    const variables = [...new Set(previews.flatMap((preview) => preview.missingVariables))];
    if (variables.length > 0) missing[contact.key] = variables;
  }
  return missing;
}
