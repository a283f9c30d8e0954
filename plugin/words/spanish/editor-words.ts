import { insights } from "./insights.ts";
import { letter } from "./letter.ts";
import { sequence } from "./sequence.ts";
import { settings } from "./settings.ts";

/** The Spanish of the editors, settings and figures. */
export const editorWords = { ...insights, ...letter, ...sequence, ...settings };
