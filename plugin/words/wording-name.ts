/**
 * Returns the letter that names a wording of an email: A for 0, B for 1. People and the API use the
 * same letter.
 */
export const formatWording = (index: number) => String.fromCharCode("A".charCodeAt(0) + index);
