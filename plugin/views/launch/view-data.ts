import type { Preset } from "../../../shared/preset.ts";
import type { Sender } from "../../../shared/sender.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import {
  type LaunchCandidate,
  listLaunchCandidates,
  type PropertyContactHistory,
} from "../../session/launch-candidates.ts";
import type { LaunchDraft } from "../../session/launch-draft.ts";
import { useSession } from "../../session/state.ts";
import { fetchMissingVariables, type PresetsAndSenders } from "./data.ts";

/** The data that all parts of the launch view use. */
export type LaunchViewData = {
  draft: LaunchDraft;
  change: (part: Partial<LaunchDraft>) => void;
  preset: Preset;
  presets: Preset[];
  sender: Sender | null;
  senders: Sender[];
  offered: LaunchCandidate[];
  chosen: Contact[];
  property: JsonRecord;
  memory: PropertyContactHistory;
  /** True if any of the contacts is the wrong person for this property. */
  hasWrongPerson: boolean;
  /** The template variables without a value, by contact key. */
  missing: Record<string, string[]>;
};

function useMissingVariables(
  preset: Preset,
  senderId: number | null,
  chosen: Contact[],
  property: JsonRecord,
) {
  const contacts = chosen.filter(({ email }) => email !== null);
  const subject = { preset, senderId, contacts, property };
  const key = `missing ${JSON.stringify([preset.id, senderId, contacts, property])}`;
  const checked = useResource(key, ({ api }) => ({
    fetch: (signal) => fetchMissingVariables(api, subject, signal),
  }));
  return checked.data ?? {};
}

export function useLaunchViewData(
  data: PresetsAndSenders,
  memory: PropertyContactHistory,
  preset: Preset,
  draft: LaunchDraft,
): LaunchViewData {
  const session = useSession();
  const offered = listLaunchCandidates(session.contacts.value, draft, memory, session.format);
  const chosen = offered.filter(({ isSelected }) => isSelected).map(({ contact }) => contact);
  const usable = data.senders.filter(({ isPaused }) => !isPaused);
  const sender = data.senders.find(({ id }) => id === draft.senderId) ?? usable[0] ?? data.senders[0] ?? null;
  const property = session.property.value;
  const missing = useMissingVariables(preset, sender?.id ?? null, chosen, property);
  return {
    draft,
    change: (part) => {
      session.draft.value = { ...draft, ...part };
    },
    preset,
    presets: data.presets,
    sender,
    senders: data.senders,
    offered,
    chosen,
    property,
    memory,
    hasWrongPerson: [...memory.marks.values()].some(({ refusedHere }) => refusedHere?.kind === "wrongPerson"),
    missing,
  };
}
