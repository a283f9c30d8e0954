import type { NearbySale } from "../../../shared/nearby-sale.ts";
import type { PersonalWordingText } from "../../../shared/personal-wording.ts";
import type { Sender } from "../../../shared/sender.ts";
import { findLetterLanguage, type LetterLanguage } from "../../../shared/words/letter-language.ts";
import {
  formatNearbySaleNews,
  nearbySaleVariable,
  nearbySaleVariablePath,
} from "../../../shared/words/nearby-sale.ts";
import { representativeVariable } from "../../../shared/words/personal-representative.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import {
  type LaunchCandidate,
  listLaunchCandidates,
  type PropertyContactHistory,
} from "../../session/launch-candidates.ts";
import { fillContactDetails, fillPropertyDetails, type MissingDetail } from "../../session/launch-details.ts";
import { buildNearbySale, type LaunchDraft } from "../../session/launch-draft.ts";
import type { LaunchSequence } from "../../session/launch-sequence.ts";
import {
  type EmailOfStep,
  getPersonalWordingKey,
  type LaunchWordings,
} from "../../session/launch-wordings.ts";
import { useSession } from "../../session/state.ts";
import { fetchMissingDetails, type LaunchChoices } from "./data.ts";

/** The data that all parts of the launch view use. */
export type LaunchViewData = {
  draft: LaunchDraft;
  change: (part: Partial<LaunchDraft>) => void;
  /** Changes one email for one contact; null restores the preset's wording. */
  changeWording: (contactKey: string, email: EmailOfStep, wording: PersonalWordingText | null) => void;
  preset: LaunchSequence;
  presets: LaunchSequence[];
  sender: Sender | null;
  senders: Sender[];
  offered: LaunchCandidate[];
  chosen: Contact[];
  property: JsonRecord;
  /** The language of the sequence's letters. */
  language: LetterLanguage;
  /** True if the letters mention a sale nearby. The agent then has to name the sale. */
  tellsOfSale: boolean;
  /**
   * The sale that the letters mention; null if the agent has not named the sale yet, or if the
   * letters mention no sale.
   */
  nearbySale: NearbySale | null;
  memory: PropertyContactHistory;
  /** True if any of the contacts is the wrong person for this property. */
  hasWrongPerson: boolean;
  /** The values that are missing in each contact's emails, by contact key. */
  missing: Record<string, MissingDetail[]>;
};

function useMissingVariables(
  preset: LaunchSequence,
  senderId: number | null,
  chosen: Contact[],
  property: JsonRecord,
  wordings: LaunchWordings,
) {
  const contacts = chosen.filter(({ email }) => email !== null);
  const subject = { preset, senderId, contacts, property, wordings };
  const key = `missing ${JSON.stringify([preset.id, senderId, contacts, property, wordings])}`;
  const checked = useResource(key, ({ api }) => ({
    fetch: (signal) => fetchMissingDetails(api, subject, signal),
  }));
  return checked.data ?? {};
}

const toIsoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

function addConsent(contact: Contact, { consents }: LaunchDraft): Contact {
  const consent = consents[contact.key];
  return consent === undefined ? contact : { ...contact, consent };
}

/** Returns the contact with the agent's answer that the contact represents an estate. */
function addRepresentative(contact: Contact, { representatives }: LaunchDraft): Contact {
  if (representatives[contact.key] !== true) return contact;
  return { ...contact, data: { ...contact.data, [representativeVariable]: true } };
}

export function useLaunchViewData(
  data: LaunchChoices,
  memory: PropertyContactHistory,
  preset: LaunchSequence,
  draft: LaunchDraft,
): LaunchViewData {
  const session = useSession();
  const fill = (contacts: readonly Contact[]) =>
    contacts.map((one) => fillContactDetails(one, draft.details));
  const offered = listLaunchCandidates(
    fill(session.contacts.value),
    { ...draft, added: fill(draft.added) },
    memory,
    session.format,
  );
  const chosen = offered
    .filter(({ isSelected }) => isSelected)
    .map(({ contact }) => addRepresentative(addConsent(contact, draft), draft));
  const usable = data.senders.filter(({ isPaused }) => !isPaused);
  const sender = data.senders.find(({ id }) => id === draft.senderId) ?? usable[0] ?? data.senders[0] ?? null;
  const now = session.tokens.now();
  const tellsOfSale = preset.steps.some(({ subject, preheader, bodyHtml, bodyText }) =>
    [subject, preheader, bodyHtml, bodyText].some((part) => part.includes(nearbySaleVariablePath)),
  );
  const language = findLetterLanguage(...preset.steps.map(({ bodyHtml }) => bodyHtml));
  const nearbySale = tellsOfSale ? buildNearbySale(draft.sale, toIsoDay(now)) : null;
  const property: JsonRecord = {
    ...fillPropertyDetails(session.property.value, draft.details),
    ...(nearbySale ? { [nearbySaleVariable]: formatNearbySaleNews(nearbySale, now, language) } : {}),
  };
  const missing = useMissingVariables(preset, sender?.id ?? null, chosen, property, draft.wordings);
  return {
    draft,
    change: (part) => {
      session.draft.value = { ...draft, ...part };
    },
    changeWording: (contactKey, email, wording) => {
      // The agent may have changed other choices while the Worker checked the letter.
      const current = session.draft.value ?? draft;
      const key = getPersonalWordingKey(preset.id, contactKey, email);
      const { [key]: _, ...others } = current.wordings;
      const added = wording === null ? {} : { [key]: wording };
      session.draft.value = { ...current, wordings: { ...others, ...added } };
    },
    preset,
    presets: data.presets,
    sender,
    senders: data.senders,
    offered,
    chosen,
    property,
    language,
    tellsOfSale,
    nearbySale,
    memory,
    hasWrongPerson: [...memory.marks.values()].some(({ refusedHere }) => refusedHere?.kind === "wrongPerson"),
    missing,
  };
}
