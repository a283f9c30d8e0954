import { letter } from "./letter.ts";
import { sequence } from "./sequence.ts";
import { settings } from "./settings.ts";

/** The Spanish of the editors and settings. */
export const editorWords = { ...letter, ...sequence, ...settings };
