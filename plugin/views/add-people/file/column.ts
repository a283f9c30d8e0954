/**
 * The possible meanings of a column in a table of people. `address` is a whole address in one cell.
 * `keep` and `keepForHome` keep the values for letters, as `recipient.*` and `property.*`.
 */
export const columnMeanings = [
  "email",
  "fullName",
  "firstName",
  "lastName",
  "phone",
  "propertyId",
  "address",
  "street",
  "city",
  "state",
  "zip",
  "mailingAddress",
  "mailingStreet",
  "mailingCity",
  "mailingState",
  "mailingZip",
  "status",
  "source",
  "sourceDate",
  "contactKey",
  "keep",
  "keepForHome",
  "skip",
] as const;
export type ColumnMeaning = (typeof columnMeanings)[number];

/** The meanings that any number of columns may have. */
export const repeatableMeanings: readonly ColumnMeaning[] = ["keep", "keepForHome", "skip"];

/**
 * The meanings of columns about the home. A campaign about one property does not need these
 * columns.
 */
export const homeMeanings: readonly ColumnMeaning[] = [
  "propertyId",
  "address",
  "street",
  "city",
  "state",
  "zip",
  "status",
  "keepForHome",
];

/**
 * A column of a table. `head` is the column's name in the table's first line; null if the first
 * line has values.
 */
export type TableColumn = { head: string | null; meaning: ColumnMeaning };
