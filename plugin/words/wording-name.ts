/** Returns the letter that people and the API use for a wording of an email: A for 0, B for 1. */
export const formatWording = (index: number) => String.fromCharCode("A".charCodeAt(0) + index);
