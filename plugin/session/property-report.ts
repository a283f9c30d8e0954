import type { PropertyStatusInput } from "../../shared/property.ts";
import { getLearnedTime, getStatusTime, readListing } from "./listing-report.ts";
import { readAddress, readContactNames } from "./reported-facts.ts";
import type { Session } from "./state.ts";

/** A record younger than this is sent without a time; the Worker then takes the request's time. */
const youngMs = 60_000;

type Source = Pick<Session, "property" | "contacts" | "given" | "reported" | "tokens" | "isVisible">;

/**
 * The names that the host gave last, and when the element got them, in ms by the browser's clock.
 */
type LearnedNames = { content: string; learnedAt: number };

/** The names by the state that is remembered for a property while the page is open. */
const learnedNames = new WeakMap<Source["reported"], LearnedNames>();

/**
 * Notes when the element got the contacts' names. The time stays if the host sets the same names
 * again, so that a page that has been open for days can't make old names look new.
 */
export function noteContacts({ contacts, reported }: Source): void {
  const content = JSON.stringify(readContactNames(contacts.value));
  if (learnedNames.get(reported)?.content !== content)
    learnedNames.set(reported, { content, learnedAt: Date.now() });
}

/** Returns what the host's records say now, as one text by which a change is seen. */
export const readContent = ({ property, contacts }: Source): string =>
  JSON.stringify([
    readListing(property.peek()),
    readAddress(property.peek()),
    readContactNames(contacts.peek()),
  ]);

/**
 * Returns the reports of what the host's records say: one, or two if the property and the contacts
 * are of different times. A young record has no time in its report, because the tab may not know
 * the server's time yet.
 */
export function buildReports(source: Source): PropertyStatusInput[] {
  const { property, contacts, given, reported, tokens } = source;
  const record = given.peek();
  const address = readAddress(property.peek());
  const names = readContactNames(contacts.peek());
  const namesAge = Date.now() - (learnedNames.get(reported)?.learnedAt ?? Date.now());
  const isYoung = Date.now() - (record?.learnedAt ?? 0) < youngMs;
  const statusAsOf = isYoung && property.peek().statusAsOf === undefined ? null : getStatusTime(source);
  const ofProperty: PropertyStatusInput = {
    ...readListing(property.peek()),
    ...(address === null ? {} : { address }),
    ...(statusAsOf === null ? {} : { statusAsOf }),
    ...(isYoung || record === null ? {} : { valuesAsOf: getLearnedTime(record, source) }),
    source: "tab",
    isLook: source.isVisible(),
  };
  if (names.length === 0) return [ofProperty];
  if (isYoung && namesAge < youngMs) return [{ ...ofProperty, contacts: names }];
  const valuesAsOf = new Date(tokens.now() - namesAge).toISOString();
  return [ofProperty, { contacts: names, valuesAsOf, source: "tab" }];
}
