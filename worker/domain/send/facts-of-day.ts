import { dayMs } from "../../../shared/time-lengths.ts";
import { addressFields, personNameFields } from "../../../shared/vocabulary.ts";
import { findContact, formatWholeAddress, type NameValues, replaceAddress } from "../host-facts.ts";
import { formatRecipientName } from "../recipient.ts";
import type { Candidate } from "./candidate.ts";

type Recipient = Candidate["recipient"];
type Values = Readonly<Record<string, unknown>>;

/**
 * Returns the recipient as a letter of today names it. A price, status, address or name that the
 * host has reported since the launch replaces the value from the launch. An address or name that an
 * agent has corrected by hand stays; a price or status stays until the host reports a newer one.
 */
export function readCurrentRecipient(candidate: Candidate): Recipient {
  const { recipient } = candidate;
  const { price, status } = findNewerFacts(candidate);
  const name = findNewerName(candidate);
  return {
    ...recipient,
    name: name === null ? recipient.name : formatRecipientName(name),
    data: {
      recipient: name === null ? recipient.data.recipient : replaceName(recipient.data.recipient, name),
      property: {
        ...applyNewerAddress(candidate),
        ...(status === null ? {} : { standardStatus: status.value }),
        ...(price === null ? {} : { listPrice: price.value }),
      },
    },
  };
}

/** Returns when the recipient's row got this value: at the launch, or later from an agent. */
const getGivenAt = ({ data, addedAt }: Recipient, path: string): number => data.byHand?.[path] ?? addedAt;

/**
 * Returns the price and the status that the host has named since the row got them, with their
 * times.
 */
function findNewerFacts({ recipient, propertyPrice, listing }: Candidate) {
  const { listPrice, namedAt } = propertyPrice;
  const { status, statusAt } = listing.stored;
  const isNewer = (at: number | null, path: string) => at !== null && at > getGivenAt(recipient, path);
  return {
    price:
      listPrice !== null && isNewer(namedAt, "property.listPrice") ? { value: listPrice, at: namedAt } : null,
    status:
      status !== null && isNewer(statusAt, "property.standardStatus")
        ? { value: status, at: statusAt }
        : null,
  };
}

/** Returns the property's values with the address that the host has reported since the launch. */
function applyNewerAddress({ recipient, hostFacts: { address } }: Candidate): Values {
  const { addedAt, data } = recipient;
  if (address === null || address.at <= addedAt) return data.property;
  const corrected = addressFields.filter((field) => data.byHand?.[`property.${field}`] !== undefined);
  const { unparsedAddress, ...reported } = withCorrections(
    replaceAddress(data.property, address.values),
    data.property,
    corrected,
  );
  const isWhole = corrected.length === 0 || corrected.includes("unparsedAddress");
  const whole = isWhole && unparsedAddress !== undefined ? unparsedAddress : formatWholeAddress(reported);
  return whole === undefined ? reported : { ...reported, unparsedAddress: whole };
}

/**
 * Returns `values` with the corrected fields as they are in `own`; a field that was taken away is
 * absent.
 */
function withCorrections(values: Values, own: Values, corrected: readonly string[]): Values {
  const kept = Object.entries(values).filter(([name]) => !corrected.includes(name));
  const entries = corrected.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]));
  return Object.fromEntries([...kept, ...entries]);
}

/**
 * Returns the name that the host has reported since the launch; null if there is none. A report of
 * the same name is none, so that a greeting that was chosen at the launch stays.
 */
function findNewerName({ recipient, hostFacts }: Candidate): NameValues | null {
  const { addedAt, data, email, contactKey } = recipient;
  if (personNameFields.some((field) => data.byHand?.[`recipient.${field}`] !== undefined)) return null;
  const contact = findContact(hostFacts.contacts, { contactKey, email });
  if (contact === null || contact.at <= addedAt) return null;
  return isSameName(contact.name, recipient) ? null : contact.name;
}

function isSameName(name: NameValues, recipient: Recipient): boolean {
  const known = recipient.data.recipient;
  const isSamePart = (field: "firstName" | "lastName") =>
    name[field] === undefined || known[field] === undefined || name[field] === known[field];
  return formatRecipientName(name) === recipient.name && isSamePart("firstName") && isSamePart("lastName");
}

function replaceName(known: Values, name: NameValues): Record<string, unknown> {
  const isName = (field: string) => personNameFields.some((one) => one === field);
  return { ...Object.fromEntries(Object.entries(known).filter(([field]) => !isName(field))), ...name };
}

/**
 * Tells whether the next email states a price or status that is older than the office allows. A
 * value that came with the launch is as old as the launch. A value that is missing is not old.
 */
export function statesOldFact(candidate: Candidate, now: number): boolean {
  const { maxFactAgeDays, readFacts, recipient } = candidate;
  const { price, status } = findNewerFacts(candidate);
  return readFacts.some((path) => {
    const days = maxFactAgeDays[path];
    if (days === undefined) return false;
    const [newer, given] =
      path === "property.listPrice"
        ? [price, recipient.data.property.listPrice]
        : [status, recipient.data.property.standardStatus];
    if (newer === null && (given === undefined || given === null)) return false;
    return now - (newer?.at ?? getGivenAt(recipient, path)) > days * dayMs;
  });
}
