import { addPeople } from "./add-people.ts";
import { insights } from "./insights.ts";
import { letter } from "./letter.ts";
import { sequence } from "./sequence.ts";
import { settings } from "./settings.ts";

/** The Spanish texts of the editors, the settings, the figures and the view that adds people. */
export const editorWords = { ...addPeople, ...insights, ...letter, ...sequence, ...settings };
