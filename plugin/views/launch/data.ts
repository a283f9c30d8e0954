import type { Preset } from "../../../shared/preset.ts";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import type { Sender } from "../../../shared/sender.ts";
import type { EmailPreview } from "../../../shared/template.ts";
import type { ApiClient } from "../../data/api.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import { buildPreviewRequest } from "../../session/launch-draft.ts";

export type LaunchData = {
  presets: Preset[];
  senders: Sender[];
  /** The recipients of this property's latest campaigns, finished campaigns included. */
  known: CampaignRecipient[];
};

const maxCampaignsRead = 5;

async function fetchKnownRecipients(
  api: ApiClient,
  propertyId: string,
  signal: AbortSignal,
): Promise<CampaignRecipient[]> {
  const { items } = await api.campaigns(propertyId, null, 20, signal);
  const started = items.filter(({ status, counts }) => status !== "draft" && counts.recipients > 0);
  const pages = await Promise.all(
    started.slice(0, maxCampaignsRead).map(({ id }) => api.recipients(id, null, 100, signal)),
  );
  return pages.flatMap((page) => page.items);
}

export async function fetchLaunchData(
  api: ApiClient,
  propertyId: string,
  signal: AbortSignal,
): Promise<LaunchData> {
  const [presets, senders, known] = await Promise.all([
    api.presets(signal),
    api.senders(signal),
    fetchKnownRecipients(api, propertyId, signal),
  ]);
  return { presets: presets.items, senders: senders.items, known };
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
