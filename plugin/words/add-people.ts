import type { RecipientCheck } from "../../shared/recipient-check.ts";
import type { RecipientSource, RecipientVerdict } from "../../shared/vocabulary.ts";
import type { ColumnMeaning } from "../views/add-people/file/column.ts";
import type { FileFault } from "../views/add-people/file/file-text.ts";
import type { RowFault, RowFaultKind } from "../views/add-people/file/people.ts";
import type { Phrase } from "./phrases.ts";
import { say, sayMessage, sayReason, translatedTable } from "./say.ts";
import { formatSource } from "./source.ts";

/* The texts of the view that adds people to a campaign. */

/** The names of the meanings that an agent can choose for a column of a table. */
export const columnMeaningTexts = translatedTable<ColumnMeaning>({
  email: "Email address",
  fullName: "Full name",
  firstName: "First name",
  lastName: "Last name",
  phone: "Phone",
  propertyId: "Property ID",
  address: "Home: whole address",
  street: "Home: street",
  city: "Home: city",
  state: "Home: state",
  zip: "Home: ZIP code",
  mailingAddress: "Mailing: whole address",
  mailingStreet: "Mailing: street",
  mailingCity: "Mailing: city",
  mailingState: "Mailing: state",
  mailingZip: "Mailing: ZIP code",
  status: "Home: listing status",
  source: "How you know them",
  sourceDate: "Date of the record",
  contactKey: "Contact ID",
  keep: "Other detail",
  keepForHome: "Home: other detail",
  skip: "Leave out",
});

export const fileFaultTexts = translatedTable<FileFault | "tooMany" | "nobody">({
  tooLarge: "This file is larger than 5 MB. Split it first.",
  empty: "This file is empty.",
  workbook: "This is an Excel workbook. Save it as CSV first.",
  notText: "This is not a text file.",
  tooMany: "This has more than 10,000 people. Split it first.",
  nobody: "No people found.",
});

const rowFaultTexts = {
  email: "“{value}” is not an email address",
  date: "“{value}” is not a date",
  nobody: "Has no name or email address",
  cells: "Has {value} cells, more than there are columns",
  quote: "Has a quotation mark that’s never closed or is inside a cell",
} as const satisfies Record<RowFaultKind, Phrase>;

/** Returns the reason why a row of a table was not used. */
export function describeRowFault({ kind, value }: RowFault): string {
  if (kind === "email" || kind === "date" || kind === "cells") return say(rowFaultTexts[kind], { value });
  return say(rowFaultTexts[kind]);
}

/** The verdicts of the Worker's check with which a person is not added. */
export type LeftOutVerdict = Exclude<RecipientVerdict, "ready" | "waitingForEmail">;

/** The reasons why people are not added. */
export const leftOutVerdictTexts = translatedTable<LeftOutVerdict>({
  faulty: "A value is wrong",
  repeated: "Listed twice",
  alreadyThere: "Already in this campaign",
  suppressed: "On your office’s no-email list",
  refused: "Someone at this home said no",
  listed: "The home is listed or sold",
  doNotSolicit: "On a do-not-solicit list",
  needsLead: "Needs a team lead",
});

/**
 * Returns the reason why the Worker would not add a person; empty if the Worker would add the
 * person.
 */
export function describeReasonNotAdded({ verdict, fields = {}, reason, message }: RecipientCheck): string {
  if (verdict === "ready" || verdict === "waitingForEmail") return "";
  if (reason !== undefined && message !== undefined) return sayReason(reason, message);
  const faults = Object.entries(fields).map(([field, fault]) => `${nameField(field)}: ${sayMessage(fault)}`);
  return faults.length > 0 ? faults.join("; ") : leftOutVerdictTexts[verdict];
}

/**
 * The meaning of the column that fills a field of the API, by the field's name. A field without an
 * entry is shown with its own name.
 */
const meaningsByField: Readonly<Record<string, ColumnMeaning>> = {
  email: "email",
  fullName: "fullName",
  firstName: "firstName",
  lastName: "lastName",
  propertyId: "propertyId",
  sourceDate: "sourceDate",
  contactKey: "contactKey",
};
function nameField(field: string): string {
  const meaning = meaningsByField[field];
  return meaning === undefined ? field : columnMeaningTexts[meaning];
}

/** Returns the name of a source as a choice: "Bought or imported lists". */
export function getSourceChoiceLabel(source: RecipientSource): string {
  const name = formatSource(source);
  return `${name.slice(0, 1).toLocaleUpperCase()}${name.slice(1)}`;
}
