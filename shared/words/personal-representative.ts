/**
 * The value in a recipient's `templateData` that says whether the person is the personal
 * representative of an estate: the executor or administrator whom a probate court has named.
 */
export const representativeVariable = "isPersonalRepresentative";
