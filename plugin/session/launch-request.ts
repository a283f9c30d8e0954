import type { CampaignCreate } from "../../shared/campaign.ts";
import type { CampaignPlanInput } from "../../shared/campaign-plan.ts";
import type { NearbySale } from "../../shared/nearby-sale.ts";
import type { Sender } from "../../shared/sender.ts";
import type { EmailPreviewInput } from "../../shared/template.ts";
import type { CampaignUnknownPolicy } from "../../shared/vocabulary.ts";
import type { Contact, JsonRecord } from "../host/mapping.ts";
import { formatWordingName } from "../words/wording-name.ts";
import { pickConsent, pickNameFields, toRecipientInput } from "./contact-recipient.ts";
import { findDayStart } from "./day-start.ts";
import { shortenRecordToFit } from "./fit-record.ts";
import type { TimingChoices } from "./launch-draft.ts";
import type { LaunchSequence } from "./launch-sequence.ts";
import {
  type EmailOfStep,
  type LaunchWordings,
  listPersonalWordings,
  pickPreviewChanges,
} from "./launch-wordings.ts";
import { getDefaultSendWindow, sendWindowsByChoice, skipsHolidaysByDefault } from "./sending-hours.ts";

/**
 * Returns the texts of a sequence's letters as one string. The request includes every host value
 * that these texts use, however large the value is.
 */
const listLetterTexts = ({ steps }: Pick<LaunchSequence, "steps">, wordings: LaunchWordings) =>
  JSON.stringify([steps, wordings]);

type Timing = {
  preset: Pick<LaunchSequence, "id" | "rules">;
  sender: Sender | null;
  timing: TimingChoices;
};

/**
 * Builds the fields of a launch that decide the dates of the emails. The request for the launch and
 * the request for the planned dates both use these fields, so that the dates agree.
 */
export const buildTiming = ({ preset, sender, timing: { hours, skipsHolidays, startOn } }: Timing) => ({
  sequenceId: preset.id,
  sendWindow: hours === null ? getDefaultSendWindow(preset.rules) : sendWindowsByChoice[hours],
  schedule: {
    ...(sender ? { timeZone: sender.timeZone } : {}),
    ...(sender && startOn !== null ? { startAt: findDayStart(startOn, sender.timeZone) } : {}),
    skipsHolidays: skipsHolidays ?? skipsHolidaysByDefault(preset.rules),
  },
});

/**
 * Builds the request that asks for the planned date of each step, for these contacts of a property.
 */
export const buildPlanRequest = (
  timing: Timing,
  people: readonly Contact[],
  property: JsonRecord,
  propertyId: string,
): CampaignPlanInput => {
  const home = shortenRecordToFit(property, "property", "", people.length);
  return {
    ...buildTiming(timing),
    ...(timing.sender ? { senderId: timing.sender.id } : {}),
    recipients: people.map((contact) => ({
      ...(contact.timeZone ? { timeZone: contact.timeZone } : {}),
      source: contact.source,
      ...pickConsent(contact),
      propertyId,
      templateData: shortenRecordToFit(contact.data, "recipient", "", people.length),
      property: home,
    })),
  };
};

/**
 * Builds the request that asks for the dates of the emails, as if the agent launched the sequence
 * now.
 */
export const buildSequencePlanRequest = (
  sequence: Pick<LaunchSequence, "id" | "rules">,
  people: readonly Contact[],
  property: JsonRecord,
  propertyId: string,
): CampaignPlanInput => {
  const timing = { hours: null, skipsHolidays: null, startOn: null };
  const { recipients, ...request } = buildPlanRequest(
    { preset: sequence, sender: null, timing },
    people,
    property,
    propertyId,
  );
  return { ...request, recipients: recipients.length === 0 ? [{ propertyId }] : recipients };
};

interface Launch extends Timing {
  preset: Pick<LaunchSequence, "id" | "name" | "steps" | "rules">;
  sender: Sender;
  recipients: readonly Contact[];
  property: JsonRecord;
  propertyId: string;
  /** If true, contacts also get emails while another campaign sends them emails. */
  ignoresCollisions: boolean;
  unknownPolicy: CampaignUnknownPolicy;
  refusalNote: string | null;
  /** The agent's statement that the home is not listed; null without a statement. */
  listingStatement: string | null;
  /** The sale that the letters mention; null if the letters mention no sale. */
  nearbySale: NearbySale | null;
  status: CampaignCreate["status"];
  wordings: LaunchWordings;
}

/**
 * Builds one request for the whole launch, so that a failed launch creates nothing. With the status
 * `draft`, the Worker saves the campaign and sends nothing.
 */
export function buildLaunchRequest({
  preset,
  sender,
  timing,
  recipients,
  property,
  propertyId,
  ignoresCollisions,
  unknownPolicy,
  refusalNote,
  listingStatement,
  nearbySale,
  status,
  wordings,
}: Launch): CampaignCreate {
  const fit = { letters: listLetterTexts(preset, wordings), people: recipients.length };
  const home = shortenRecordToFit(property, "property", fit.letters, fit.people);
  return {
    ...buildTiming({ preset, sender, timing }),
    name: preset.name,
    propertyId,
    senderId: sender.id,
    ignoresCollisions,
    unknownPolicy,
    ...(refusalNote === null ? {} : { refusalNote }),
    ...(listingStatement === null ? {} : { listingStatement }),
    ...(nearbySale === null ? {} : { nearbySale }),
    recipients: recipients.map((contact) => {
      const changed = listPersonalWordings(wordings, preset, contact.key);
      const recipient = toRecipientInput(contact, home, propertyId, fit);
      return changed.length === 0 ? recipient : { ...recipient, wordings: changed };
    }),
    status,
  };
}

export function buildPreviewRequest(
  preset: Pick<LaunchSequence, "id" | "steps">,
  email: EmailOfStep,
  senderId: number | null,
  contact: Contact,
  property: JsonRecord,
  wordings: LaunchWordings,
): EmailPreviewInput {
  const letters = listLetterTexts(preset, wordings);
  return {
    sequenceId: preset.id,
    stepNumber: email.stepNumber,
    ...(email.isElse ? { email: "else" } : {}),
    ...(email.variant === undefined ? {} : { variant: formatWordingName(email.variant) }),
    ...pickPreviewChanges(wordings, preset, contact.key, email),
    ...(senderId === null ? {} : { senderId }),
    recipient: {
      ...shortenRecordToFit(contact.data, "recipient", letters, 1),
      ...pickNameFields(contact),
      ...(contact.email ? { email: contact.email } : {}),
    },
    property: shortenRecordToFit(property, "property", letters, 1),
    source: contact.source,
    ...(contact.sourceDate ? { sourceDate: contact.sourceDate } : {}),
    ...pickConsent(contact),
  };
}
