import type { GateReason } from "../../../shared/gate-reason.ts";
import type { RefusalKind, SuppressionReason } from "../../../shared/vocabulary.ts";

/** A person's stored refusal at a property. */
export type StoredRefusal = {
  propertyId: string;
  email: string;
  kind: RefusalKind;
  refusedAt: number;
  name: string;
  note: string | null;
  /** The words of the reply that says no; null if no reply was read. */
  replyText: string | null;
  /** The recipient who replied, or about whom the agent stated the refusal. */
  recipientId: number;
  /**
   * True if the person's address is on the do-not-email list now. A team lead can remove an address
   * from the list.
   */
  isSuppressed: boolean;
  /** When the property's owners last changed, as far as the host has said. */
  ownersChangedAt: number | null;
  /**
   * When the person became a recipient at the property, or, if that time is unknown, when the
   * person refused. An earlier owner may refuse long after the sale, and still speaks for the
   * earlier household only.
   */
  addressedAt: number;
};

/** A recipient of an earlier or running campaign. */
export type OtherRecipient = {
  propertyId: string | null;
  email: string | null;
  contactKey: string | null;
  name: string;
  campaignId: number;
  campaignName: string;
  senderName: string;
  hasBounced: boolean;
  sent: number;
  lastSentAt: number | null;
  addressedAt: number;
  answeredAt: number | null;
  answerText: string | null;
};

export type Contact = { email: string | null; contactKey: string | null };

export type ContactAnswer = {
  name: string;
  email: string | null;
  propertyId: string | null;
  answeredAt: number;
  firstWords: string;
  campaignId: number;
  campaignName: string;
};

export type ContactMarks = {
  suppressed: { reason: SuppressionReason; since: number } | null;
  refusedHere: StoredRefusal | null;
  answered: ContactAnswer | null;
  emailed: { count: number; lastAt: number; lastFrom: string } | null;
  bounced: boolean;
  /** When the contact gave an answer about another home that is undecided; null without one. */
  undecidedElsewhere: number | null;
  /** True if a launch to this contact is refused. */
  isClosed: boolean;
};

export type PropertyHistory = {
  propertyId: string;
  ownersChangedAt: number | null;
  refusals: readonly StoredRefusal[];
  past: readonly OtherRecipient[];
  /** The time of each person's newest undecided reply about another home, by email address. */
  undecidedElsewhere: ReadonlyMap<string, number>;
  suppressions: ReadonlyMap<string, { reason: SuppressionReason; since: number }>;
};

/**
 * Tells whether a refusal is still in force for the person who refused. Lifting the suppression of
 * an address also lifts the opt-outs of that address, but no other refusal.
 */
export function isRefusalInForce({ kind, isSuppressed }: StoredRefusal): boolean {
  switch (kind) {
    case "undecided":
    case "notSelling":
    case "wrongPerson":
      return true;
    case "refused":
    case "unsubscribed":
    case "complained":
      return isSuppressed;
  }
}

/**
 * Tells whether a refusal forbids emails to everybody at the property. "Wrong person" forbids
 * emails to one address only. A refusal by earlier owners does not count for new owners, even if
 * the refusal came after the sale.
 */
export function forbidsEmailsAtProperty(refusal: StoredRefusal): boolean {
  const { kind, addressedAt, ownersChangedAt } = refusal;
  return kind !== "wrongPerson" && isRefusalInForce(refusal) && addressedAt > (ownersChangedAt ?? 0);
}

/**
 * Tells whether a refusal forbids emails to this address about the refusal's property. A person's
 * own opt-out needs no rule here, since the do-not-email list has the address.
 */
export function forbidsEmailsTo(refusal: StoredRefusal, email: string | null): boolean {
  return refusal.kind === "wrongPerson" ? refusal.email === email : forbidsEmailsAtProperty(refusal);
}

/**
 * Returns the marks that an agent sees at each contact before a launch, such as a suppression, a
 * refusal or an answer. The result has the order of the contacts.
 */
export function listContactMarks(contacts: readonly Contact[], facts: PropertyHistory): ContactMarks[] {
  return contacts.map((contact) => {
    const own = facts.past.filter((past) => isSamePerson(past, contact));
    const suppressed = contact.email === null ? null : (facts.suppressions.get(contact.email) ?? null);
    const undecidedElsewhere = facts.undecidedElsewhere.get(contact.email ?? "") ?? null;
    return {
      suppressed,
      undecidedElsewhere,
      isClosed:
        undecidedElsewhere !== null || facts.refusals.some((one) => forbidsEmailsTo(one, contact.email)),
      refusedHere: facts.refusals.find((one) => one.email === contact.email && isRefusalInForce(one)) ?? null,
      answered: listAnswers(own)[0] ?? null,
      emailed: summarizeEmails(own),
      bounced:
        suppressed?.reason === "bounced" ||
        own.some(({ hasBounced, email }) => hasBounced && email === contact.email),
    };
  });
}

/** Returns the answers of the present household of the property, the newest first. */
export function listPropertyAnswers({ propertyId, ownersChangedAt, past }: PropertyHistory): ContactAnswer[] {
  return listAnswers(
    past.filter((one) => one.propertyId === propertyId && one.addressedAt > (ownersChangedAt ?? 0)),
  );
}

function isSamePerson(past: OtherRecipient, { email, contactKey }: Contact): boolean {
  return (email !== null && past.email === email) || (contactKey !== null && past.contactKey === contactKey);
}

/** Returns the last answer of each person, the newest answer first. */
function listAnswers(past: readonly OtherRecipient[]): ContactAnswer[] {
  const answers = past.flatMap(
    ({ answeredAt, answerText, name, email, propertyId, campaignId, campaignName }) =>
      answeredAt === null
        ? []
        : [
            {
              name,
              email,
              propertyId,
              answeredAt,
              firstWords: cutToFirstWords(answerText ?? ""),
              campaignId,
              campaignName,
            },
          ],
  );
  const newest = answers.toSorted((one, other) => other.answeredAt - one.answeredAt);
  const seen = new Set<string | null>();
  return newest.filter(({ email }) => !seen.has(email) && seen.add(email));
}

function summarizeEmails(past: readonly OtherRecipient[]): ContactMarks["emailed"] {
  const written = past.filter(({ lastSentAt }) => lastSentAt !== null);
  const [last] = written.toSorted((one, other) => (other.lastSentAt ?? 0) - (one.lastSentAt ?? 0));
  if (last === undefined) return null;
  const count = written.reduce((sum, { sent }) => sum + sent, 0);
  return { count, lastAt: last.lastSentAt ?? 0, lastFrom: last.senderName };
}

/**
 * The most characters of an answer that are shown: about two lines of a banner in a narrow drawer.
 */
const firstWordsLength = 120;

/** Returns the beginning of a text as one line, cut between words. */
export function cutToFirstWords(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  const characters = [...line];
  if (characters.length <= firstWordsLength) return line;
  const cut = characters.slice(0, firstWordsLength).join("");
  const end = cut.lastIndexOf(" ");
  return `${end > firstWordsLength / 2 ? cut.slice(0, end) : cut}…`;
}

/**
 * A recipient to whom a refusal forbids emails. `index` is the recipient's position in the request.
 */
export type BlockedContact = {
  index: number;
  email: string | null;
  refusal: StoredRefusal;
  /** True if the refusal is an undecided reply of the same person about another home. */
  isElsewhere: boolean;
};

/**
 * Returns the reason why a refusal forbids a launch, with the person's reply and what the agent can
 * do next. A reply about another home is left out if the agent may not see that home.
 * @param mayOverride true if the agent's role may write in spite of the refusal
 * @param sees tells whether the agent may see a property
 */
export function buildRefusalReason(
  { refusal: { kind, name, email, refusedAt, replyText, propertyId }, isElsewhere }: BlockedContact,
  mayOverride: boolean,
  sees: (propertyId: string) => boolean,
): GateReason {
  const mayRead = !isElsewhere || sees(propertyId);
  return {
    code: "personRefused",
    kind,
    name: name || email,
    on: new Date(refusedAt).toISOString().slice(0, 10),
    elsewhere: isElsewhere,
    reply: replyText === null || !mayRead ? null : cutToFirstWords(replyText),
    remedy: kind === "undecided" ? "decide" : mayOverride ? "addNote" : "askTeamLead",
  };
}

/** Returns the field of the request that a refusal is about, such as `recipients.0.email`. */
export function findBlockedField({ index, email, refusal }: BlockedContact): string {
  return `recipients.${index}.${refusal.email === email ? "email" : "propertyId"}`;
}
