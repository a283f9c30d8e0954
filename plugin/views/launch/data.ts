import type { Sender } from "../../../shared/sender.ts";
import { nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";
import type { ApiClient } from "../../data/api.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import type { MissingDetail } from "../../session/launch-details.ts";
import { buildPreviewRequest } from "../../session/launch-request.ts";
import { type LaunchSequence, toSequenceOutline } from "../../session/launch-sequence.ts";
import { type LaunchWordings, listStepEmails } from "../../session/launch-wordings.ts";

export type LaunchChoices = {
  presets: LaunchSequence[];
  senders: Sender[];
};

/**
 * The launch view offers at most this number of the agent's and the office's sequences, the newest
 * first.
 */
const sequencesListed = 50;

export async function fetchLaunchChoices(api: ApiClient, signal: AbortSignal): Promise<LaunchChoices> {
  const [presets, senders, sequences] = await Promise.all([
    api.presets(signal),
    api.senders(signal),
    createSequenceApi(api).list(false, null, sequencesListed, signal),
  ]);
  const known = new Set(presets.items.map(({ id }) => id));
  const others = sequences.items.filter(({ id }) => !known.has(id));
  return { presets: [...presets.items, ...others.map(toSequenceOutline)], senders: senders.items };
}

const maxContactsChecked = 10;

/**
 * Returns the values that are missing in each contact's emails, by contact key. This function
 * checks only the first few contacts; at the launch, the Worker checks all contacts.
 */
export async function fetchMissingDetails(
  api: ApiClient,
  {
    preset,
    senderId,
    contacts,
    property,
    wordings,
  }: {
    preset: LaunchSequence;
    senderId: number | null;
    contacts: Contact[];
    property: JsonRecord;
    wordings: LaunchWordings;
  },
  signal: AbortSignal,
): Promise<Record<string, MissingDetail[]>> {
  const missing: Record<string, MissingDetail[]> = {};
  for (const contact of contacts.slice(0, maxContactsChecked)) {
    const checked = await Promise.all(
      preset.steps.flatMap((step, index) => {
        if (step.task !== undefined) return [];
        const stepNumber = index + 1;
        return listStepEmails(step, stepNumber).map(async (email) => {
          const request = buildPreviewRequest(preset, email, senderId, contact, property, wordings);
          const { missingVariables } = await api.preview(request, signal);
          return { stepNumber, missingVariables };
        });
      }),
    );
    const paths = new Set(checked.flatMap(({ missingVariables }) => missingVariables));
    // The form for the nearby sale already asks for this value.
    paths.delete(nearbySaleVariablePath);
    if (paths.size === 0) continue;
    missing[contact.key] = [...paths].map((path) => ({
      path,
      stepNumbers: [
        ...new Set(checked.flatMap((one) => (one.missingVariables.includes(path) ? [one.stepNumber] : []))),
      ],
    }));
  }
  return missing;
}
