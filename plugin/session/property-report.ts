import type { PropertyStatusInput } from "../../shared/property.ts";
import { getReceiptTime, getStatusTime, pickListingFields } from "./listing-report.ts";
import { readContactNames, readReportedAddress } from "./reported-facts.ts";
import type { Session } from "./state.ts";

/**
 * The age, in ms, below which a record counts as young. The report of a young record contains no
 * time, and the Worker then uses the time of the request.
 */
const youngMs = 60_000;

type Source = Pick<Session, "property" | "contacts" | "given" | "reported" | "tokens" | "isVisible">;

/**
 * The contacts' names that the host has set most recently. `learnedAt` is the time at which the
 * element got the names, in ms by the browser's clock.
 */
type LearnedNames = { content: string; learnedAt: number };

/**
 * The names of the contacts of each property. The key is a signal of the property's remembered
 * state, so the names are kept while the page is open.
 */
const learnedNames = new WeakMap<Source["reported"], LearnedNames>();

/**
 * Stores the time at which the element got the contacts' names. If the host sets the same names
 * again, the earlier time stays. A page that stays open for days therefore can't make old names
 * look new.
 */
export function noteContactNamesTime({ contacts, reported }: Source): void {
  const content = JSON.stringify(readContactNames(contacts.value));
  if (learnedNames.get(reported)?.content !== content)
    learnedNames.set(reported, { content, learnedAt: Date.now() });
}

/**
 * Returns all facts that a report would contain, as one text. If the text differs from the last
 * reported text, a fact has changed.
 */
export const serializeReportedFacts = ({ property, contacts }: Source): string =>
  JSON.stringify([
    pickListingFields(property.peek()),
    readReportedAddress(property.peek()),
    readContactNames(contacts.peek()),
  ]);

/**
 * Returns the reports of the host's records: one report, or two reports if the property and the
 * contacts were set at different times. The report of a record younger than `youngMs` has no time,
 * because the tab may not know the server's time yet.
 */
export function buildPropertyReports(source: Source): PropertyStatusInput[] {
  const { property, contacts, given, reported, tokens } = source;
  const record = given.peek();
  const address = readReportedAddress(property.peek());
  const names = readContactNames(contacts.peek());
  const namesAge = Date.now() - (learnedNames.get(reported)?.learnedAt ?? Date.now());
  const isYoung = Date.now() - (record?.learnedAt ?? 0) < youngMs;
  const statusAsOf = isYoung && property.peek().statusAsOf === undefined ? null : getStatusTime(source);
  const ofProperty: PropertyStatusInput = {
    ...pickListingFields(property.peek()),
    ...(address === null ? {} : { address }),
    ...(statusAsOf === null ? {} : { statusAsOf }),
    ...(isYoung || record === null ? {} : { valuesAsOf: getReceiptTime(record, source) }),
    source: "tab",
    isLook: source.isVisible(),
  };
  if (names.length === 0) return [ofProperty];
  if (isYoung && namesAge < youngMs) return [{ ...ofProperty, contacts: names }];
  const valuesAsOf = new Date(tokens.now() - namesAge).toISOString();
  return [ofProperty, { contacts: names, valuesAsOf, source: "tab" }];
}
