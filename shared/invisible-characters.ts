/*
 * Finds characters that no reader can see. Such characters come from copied texts, and can reverse
 * a name or invalidate an address. This file imports nothing, so that the tab can use it without a
 * validator.
 */

/** Matches soft hyphens, zero-width spaces and direction marks. */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/**
 * Returns a text without invisible characters. The joiners U+200C and U+200D stay, because they
 * change the letters of some scripts and the look of emoji.
 */
export const dropInvisibleCharacters = (text: string): string => text.replace(invisible, "");
