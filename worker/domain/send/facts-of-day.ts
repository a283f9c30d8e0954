import { addressFields, personNameFields } from "../../../shared/fact-fields.ts";
import {
  findContact,
  formatWholeAddress,
  hasSameAddress,
  type KnownContact,
  type NameValues,
  replaceAddress,
} from "../host-facts.ts";
import { formatRecipientName } from "../recipient.ts";
import type { Candidate } from "./candidate.ts";

type Recipient = Candidate["recipient"];
type Values = Readonly<Record<string, unknown>>;

/**
 * Returns the recipient with the values that a letter sent today uses. A price, status, address or
 * name that the host has reported since the launch replaces the value from the launch. An address
 * or name that an agent has corrected by hand stays. A price or status stays until the host reports
 * a newer value.
 */
export function applyNewerFacts(candidate: Candidate): Recipient {
  const { price, status } = findNewerPriceAndStatus(candidate);
  const { name, data } = applyNewerIdentity(candidate);
  return {
    ...candidate.recipient,
    name,
    data: {
      ...data,
      property: {
        ...data.property,
        ...(status === null ? {} : { standardStatus: status.value }),
        ...(price === null ? {} : { listPrice: price.value }),
      },
    },
  };
}

/**
 * Returns the recipient's name and data with the name and the address that the host has reported
 * since the launch.
 */
export function applyNewerIdentity(candidate: Candidate): Pick<Recipient, "name" | "data"> {
  const { name, data } = candidate.recipient;
  const newer = findNewerName(candidate);
  return {
    name: newer === null ? name : formatRecipientName(newer),
    data: {
      ...data,
      recipient: newer === null ? data.recipient : replaceName(data.recipient, newer),
      property: applyNewerAddress(candidate),
    },
  };
}

/** Returns when the recipient's row got this value: at the launch, or later from an agent. */
export const getValueGivenAt = ({ data, addedAt }: Recipient, path: string): number =>
  data.byHand?.[path] ?? addedAt;

/**
 * Returns the price and the status that the host has named since the recipient's row got these
 * values, with their times.
 */
export function findNewerPriceAndStatus({ recipient, propertyPrice, listing }: Candidate) {
  const { listPrice, namedAt } = propertyPrice;
  const { status, statusAt } = listing.stored;
  const isNewer = (at: number | null, path: string) => at !== null && at > getValueGivenAt(recipient, path);
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
function applyNewerAddress(candidate: Candidate): Record<string, unknown> {
  const { data } = candidate.recipient;
  const address = findNewerAddress(candidate);
  // A report of the same address changes nothing, so the letters stay as the launch view showed
  // them.
  if (address === null || hasSameAddress(data.property, address.values)) return data.property;
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
 * Returns `values` with the corrected fields of `own`; a field that an agent has removed is absent.
 */
function withCorrections(values: Values, own: Values, corrected: readonly string[]): Values {
  const kept = Object.entries(values).filter(([name]) => !corrected.includes(name));
  const entries = corrected.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]));
  return Object.fromEntries([...kept, ...entries]);
}

/**
 * Returns the address that the host has reported since the launch; null if the host has reported no
 * address since then.
 */
export const findNewerAddress = ({ recipient, hostFacts: { address } }: Candidate) =>
  address !== null && address.at > recipient.addedAt ? address : null;

/**
 * Returns the host's report of the recipient's name since the launch. Null if the host has reported
 * no name since then, or if an agent has corrected the name.
 */
export function findNewerContact({ recipient, hostFacts }: Candidate): KnownContact | null {
  const { addedAt, data, email, contactKey } = recipient;
  if (personNameFields.some((field) => data.byHand?.[`recipient.${field}`] !== undefined)) return null;
  const contact = findContact(hostFacts.contacts, { contactKey, email });
  return contact !== null && contact.at > addedAt ? contact : null;
}

/**
 * Returns the name that the host has reported since the launch; null if the host has reported no
 * other name. A report of the same name does not count, so that a greeting that was chosen at the
 * launch stays.
 */
function findNewerName(candidate: Candidate): NameValues | null {
  const contact = findNewerContact(candidate);
  return contact === null || isSameName(contact.name, candidate.recipient) ? null : contact.name;
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
