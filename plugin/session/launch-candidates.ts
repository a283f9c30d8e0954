import type { ContactFacts, ContactHistory } from "../../shared/contact-history.ts";
import { isEmailAddress } from "../../shared/email-address.ts";
import type { Contact } from "../host/mapping.ts";
import {
  describeEarlierEmails,
  describeReasonAgainstEmail,
  describeSuppression,
} from "../words/contact-history.ts";
import type { Formats } from "../words/format.ts";
import { say } from "../words/say.ts";
import type { LaunchDraft } from "./launch-draft.ts";

/**
 * The reason why the launch view does not tick a contact at first, or why the agent can't tick the
 * contact. `refused`: a person at the property has refused emails. `known`: an earlier email to the
 * contact was sent, answered or bounced.
 */
export type ReasonAgainstCandidate =
  | "fault"
  | "noEmail"
  | "wrongEmail"
  | "sameEmail"
  | "suppressed"
  | "refused"
  | "known";

/**
 * The launch view ticks at most this number of contacts by itself. At first, the view shows only
 * these contacts, so that the agent has seen every ticked contact.
 */
export const mostContactsTickedAtFirst = 8;

export type LaunchCandidate = {
  contact: Contact;
  reason: ReasonAgainstCandidate | null;
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
 * The history of the emails about a property, as the Worker reports it before a launch. `marks`:
 * the known facts about each contact, such as sent emails, refusals and suppressions, by contact
 * key.
 */
export type PropertyContactHistory = Omit<ContactHistory, "contacts"> & {
  marks: ReadonlyMap<string, ContactFacts>;
};

/**
 * Returns the contacts that the launch view offers. `note` names the reason against writing to a
 * contact, if there is one. Of the host's contacts, only the first `mostContactsTickedAtFirst` are
 * ticked at first, and none if somebody at the property has answered. If somebody at the property
 * has refused emails, the agent can tick a contact only after a team lead has begun to write a
 * reason for an exception (`refusalNote`).
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
    const isInSight = index < mostContactsTickedAtFirst || index >= contacts.length;
    const known = marks.get(key);
    const history = known ? describeEarlierEmails(known, format) : null;
    const isClosed = (known?.isClosed ?? closedBy.length > 0) && draft.refusalNote === null;
    const choose = (
      cause: ReasonAgainstCandidate | null,
      note: string | null,
      mayBe = true,
    ): LaunchCandidate => {
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
    const hesitation = known ? describeReasonAgainstEmail(known, format) : null;
    return choose(hesitation === null ? null : "known", hesitation);
  });
}

/**
 * Two people with the same email address get one letter together. This function gives the first of
 * the two a salutation for both, for a greeting such as "Hi Jane and John,".
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
