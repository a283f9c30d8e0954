/*
 * Characters that nobody sees. They come from copied texts, and can turn a name around or make an
 * address fail. This file imports nothing, so that the tab can use it without a validator.
 */

/** Matches soft hyphens, zero-width spaces and direction marks. */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/**
 * Returns a text without invisible characters. The joiners U+200C and U+200D stay, because they
 * change the letters of some scripts, and emoji.
 */
export const dropInvisibleCharacters = (text: string): string => text.replace(invisible, "");
