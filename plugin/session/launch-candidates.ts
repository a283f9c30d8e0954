import type { ContactHistory, ContactMarks } from "../../shared/contact-history.ts";
import { isEmailAddress } from "../../shared/email-address.ts";
import type { Contact } from "../host/mapping.ts";
import {
  describeEarlierEmails,
  describeReasonToHesitate,
  describeSuppression,
} from "../words/contact-history.ts";
import type { Formats } from "../words/format.ts";
import { say } from "../words/say.ts";
import type { LaunchDraft } from "./launch-draft.ts";

/**
 * The reason why a contact is not ticked at first, or can't be ticked. `refused`: a person at the
 * property has refused emails. `known`: the contact got an email, answered or bounced before.
 */
export type CandidateReason =
  | "fault"
  | "noEmail"
  | "wrongEmail"
  | "sameEmail"
  | "suppressed"
  | "refused"
  | "known";

/**
 * The greatest number of contacts that the launch view ticks by itself. The view shows as many
 * contacts at first, so that the agent has seen every ticked contact.
 */
export const tickedAtFirst = 8;

export type LaunchCandidate = {
  contact: Contact;
  reason: CandidateReason | null;
  isSelectable: boolean;
  isSelected: boolean;
  /**
   * The reason why this contact is not ticked at first, or can't be ticked; null if there is no
   * reason.
   */
  note: string | null;
  /** A text about the office's earlier emails to this contact; null if the office has sent none. */
  history: string | null;
};

/**
 * The property's history, as the Worker reports it before a launch. `marks` has the known facts
 * about each contact by the contact's key: emails sent, refusals and suppressions.
 */
export type PropertyContactHistory = Omit<ContactHistory, "contacts"> & {
  marks: ReadonlyMap<string, ContactMarks>;
};

/**
 * Returns the contacts to offer for a launch. Each entry tells whether the contact is ticked, and
 * has a note if there is a reason not to write to the contact. Of the host's contacts, only the
 * first `tickedAtFirst` are ticked at first. After an answer at the property, no contact is ticked
 * at first. After a refusal at the property, no contact can be ticked, unless a team lead has begun
 * a note.
 */
export function listLaunchCandidates(
  contacts: readonly Contact[],
  draft: Pick<LaunchDraft, "added" | "ticked" | "faults" | "refusalNote">,
  memory: PropertyContactHistory,
  format: Pick<Formats, "date">,
): LaunchCandidate[] {
  const { closedBy, answers, marks } = memory;
  const isSuggested = closedBy.length === 0 && answers.length === 0;
  const firstWithEmail = new Map<string, Contact>();
  return greetCouples([...contacts, ...draft.added]).map((contact, index) => {
    const { key, email } = contact;
    const isInSight = index < tickedAtFirst || index >= contacts.length;
    const known = marks.get(key);
    const history = known ? describeEarlierEmails(known, format) : null;
    const isClosed = (known?.isClosed ?? closedBy.length > 0) && draft.refusalNote === null;
    const choose = (cause: CandidateReason | null, note: string | null, mayBe = true): LaunchCandidate => {
      const isSelectable = mayBe && !isClosed;
      const isSelected = isSelectable && (draft.ticked[key] ?? (isSuggested && isInSight && note === null));
      const reason = isClosed && mayBe ? "refused" : cause;
      return { contact, reason, note, history, isSelectable, isSelected };
    };
    const fault = draft.faults[key];
    if (fault !== undefined) return choose("fault", fault);
    if (!email)
      return choose("noEmail", say("No email address. If you select them, they’ll wait until you add one"));
    if (!isEmailAddress(email))
      return choose("wrongEmail", say("This email address doesn’t look right"), false);
    const twin = firstWithEmail.get(email);
    if (twin)
      return choose(
        "sameEmail",
        say("Same email address as {name}. One email goes to both", { name: twin.name }),
        false,
      );
    firstWithEmail.set(email, contact);
    const suppression = known ? describeSuppression(known, format) : null;
    if (suppression !== null) return choose("suppressed", suppression, false);
    const hesitation = known ? describeReasonToHesitate(known, format) : null;
    return choose(hesitation === null ? null : "known", hesitation);
  });
}

/**
 * Gives the first of two people with the same email address a greeting such as "Hi Jane and John,",
 * because the two people get one letter.
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
