import type { CampaignCreate, SendWindow } from "../../shared/campaign.ts";
import type { CampaignPlanInput } from "../../shared/campaign-plan.ts";
import type { ContactHistory, ContactMarks } from "../../shared/contact-history.ts";
import type { Preset } from "../../shared/preset.ts";
import type { RecipientInput } from "../../shared/recipient.ts";
import type { Sender } from "../../shared/sender.ts";
import type { PreviewInput } from "../../shared/template.ts";
import { type Contact, isEmail, type JsonRecord } from "../host/mapping.ts";
import {
  describeEarlierEmails,
  describeReasonToHesitate,
  describeSuppression,
} from "../words/contact-history.ts";
import type { Formats } from "../words/format.ts";

export type SendingHoursChoice = "weekdays" | "daily" | "anytime";

export const sendWindowsByChoice: Record<SendingHoursChoice, SendWindow | null> = {
  weekdays: [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
  daily: [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "09:00", endTime: "19:00" }],
  anytime: null,
};

/**
 * The agent's choices for a launch that has not been made yet. The choices are kept while the tab
 * is closed, but not after the page is closed.
 */
export type LaunchDraft = {
  presetId: string;
  /**
   * The contacts that the agent ticked (true) or unticked (false), by contact key. Every other
   * contact is ticked as `listLaunchCandidates` suggests.
   */
  ticked: Record<string, boolean>;
  added: Contact[];
  /** The key of the contact whose emails are shown. */
  previewKey: string | null;
  senderId: number | null;
  hours: SendingHoursChoice;
  skipsHolidays: boolean;
  /** A team lead's note on why to write in spite of a refusal; null if refusals are respected. */
  refusalNote: string | null;
};

export const createLaunchDraft = (presetId: string): LaunchDraft => ({
  presetId,
  ticked: {},
  added: [],
  previewKey: null,
  senderId: null,
  hours: "weekdays",
  skipsHolidays: true,
  refusalNote: null,
});

export type LaunchCandidate = {
  contact: Contact;
  isSelectable: boolean;
  isSelected: boolean;
  /**
   * The reason why this contact is not ticked at first, or can't be ticked; null if there is no
   * reason.
   */
  note: string | null;
  /** The text that says what the office has sent to this contact; null if it has sent nothing. */
  history: string | null;
};

/**
 * The property's history, as the Worker reports it before a launch. `marks` maps a contact's key to
 * what is known about the contact: emails sent, refusals and suppressions.
 */
export type PropertyContactHistory = Omit<ContactHistory, "contacts"> & {
  marks: ReadonlyMap<string, ContactMarks>;
};

/**
 * Returns the contacts to offer for a launch. Each entry tells whether the contact is ticked, and
 * has a note if there is a reason not to write to the contact. If somebody at the property has
 * answered, nobody is ticked at first. If somebody has refused, nobody can be ticked, unless a team
 * lead has begun a note.
 */
export function listLaunchCandidates(
  contacts: readonly Contact[],
  draft: Pick<LaunchDraft, "added" | "ticked" | "refusalNote">,
  memory: PropertyContactHistory,
  format: Pick<Formats, "date">,
): LaunchCandidate[] {
  const { closedBy, answers, marks } = memory;
  const isSuggested = closedBy.length === 0 && answers.length === 0;
  const firstWithEmail = new Map<string, Contact>();
  return greetCouples([...contacts, ...draft.added]).map((contact) => {
    const { key, email } = contact;
    const known = marks.get(key);
    const history = known ? describeEarlierEmails(known, format) : null;
    const isClosed = (known?.isClosed ?? closedBy.length > 0) && draft.refusalNote === null;
    const choose = (note: string | null, mayBe: boolean): LaunchCandidate => {
      const isSelectable = mayBe && !isClosed;
      const isSelected = isSelectable && (draft.ticked[key] ?? (isSuggested && note === null));
      return { contact, note, history, isSelectable, isSelected };
    };
    if (!email) return choose("No email address. If added, they wait until there is one", true);
    if (!isEmail(email)) return choose("This email address doesn’t look right", false);
    const twin = firstWithEmail.get(email);
    if (twin) return choose(`Same address as ${twin.name}: one letter goes to both`, false);
    firstWithEmail.set(email, contact);
    const suppression = known ? describeSuppression(known, format) : null;
    if (suppression !== null) return choose(suppression, false);
    return choose(known ? describeReasonToHesitate(known, format) : null, true);
  });
}

/**
 * Gives the first of two people with the same email address the greeting of both, since one letter
 * goes to both: "Hi Jane and John,".
 */
function greetCouples(contacts: readonly Contact[]): Contact[] {
  return contacts.map((contact, index) => {
    const isFirst = contacts.findIndex(({ email }) => email === contact.email) === index;
    const twin = contacts.find(({ email }, other) => other > index && email === contact.email);
    if (!contact.email || !isFirst || !twin?.firstName || !contact.firstName) return contact;
    const salutation = `${contact.firstName} and ${twin.firstName}`;
    return { ...contact, data: { ...contact.data, salutation } };
  });
}

const pickPersonFields = ({ firstName, lastName, name }: Contact) => ({
  ...(firstName ? { firstName } : {}),
  ...(lastName ? { lastName } : {}),
  fullName: name,
});

function toRecipient(contact: Contact, property: JsonRecord, propertyId: string): RecipientInput {
  return {
    ...pickPersonFields(contact),
    email: contact.email,
    ...(contact.timeZone ? { timeZone: contact.timeZone } : {}),
    ...(contact.contactKey ? { contactKey: contact.contactKey } : {}),
    source: contact.source,
    ...(contact.sourceDate ? { sourceDate: contact.sourceDate } : {}),
    propertyId,
    templateData: contact.data,
    property,
  };
}

type Timing = {
  preset: Preset;
  sender: Sender | null;
  hours: SendingHoursChoice;
  skipsHolidays: boolean;
};

/**
 * Builds the fields of a launch that decide the dates of its emails. The request for a launch and
 * the request for its dates both use these fields, so that the dates agree.
 */
const buildTiming = ({ preset, sender, hours, skipsHolidays }: Timing) => ({
  presetId: preset.id,
  sendWindow: sendWindowsByChoice[hours],
  schedule: { ...(sender ? { timeZone: sender.timeZone } : {}), skipsHolidays },
});

/** Builds the request for the date of each step for these contacts of a property. */
export const buildPlanRequest = (
  timing: Timing,
  people: readonly Contact[],
  property: JsonRecord,
): CampaignPlanInput => ({
  ...buildTiming(timing),
  recipients: people.map(({ timeZone, data }) => ({
    ...(timeZone ? { timeZone } : {}),
    templateData: data,
    property,
  })),
});

interface Launch extends Timing {
  sender: Sender;
  recipients: readonly Contact[];
  property: JsonRecord;
  propertyId: string;
  /** If true, contacts that another campaign writes to are not held back. */
  ignoresCollisions: boolean;
  refusalNote: string | null;
}

/**
 * Builds one request for the whole launch, so that a failed launch leaves no half-made campaign.
 */
export function buildLaunchRequest({
  preset,
  sender,
  hours,
  skipsHolidays,
  recipients,
  property,
  propertyId,
  ignoresCollisions,
  refusalNote,
}: Launch): CampaignCreate {
  return {
    ...buildTiming({ preset, sender, hours, skipsHolidays }),
    name: preset.name,
    propertyId,
    senderId: sender.id,
    ignoresCollisions,
    ...(refusalNote === null ? {} : { refusalNote }),
    recipients: recipients.map((contact) => toRecipient(contact, property, propertyId)),
    status: "active",
  };
}

export function buildPreviewRequest(
  preset: Preset,
  stepNumber: number,
  senderId: number | null,
  contact: Contact,
  property: JsonRecord,
): PreviewInput {
  return {
    presetId: preset.id,
    stepNumber,
    ...(senderId === null ? {} : { senderId }),
    recipient: {
      ...contact.data,
      ...pickPersonFields(contact),
      ...(contact.email ? { email: contact.email } : {}),
    },
    property,
  };
}
