/**
 * Returns the letter that names a wording of an email: A for index 0, B for index 1. The tab and
 * the API use the same letters.
 */
export const formatWordingName = (index: number) => String.fromCharCode("A".charCodeAt(0) + index);
