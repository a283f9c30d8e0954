import { addPeopleTexts } from "./add-people.ts";
import { insightsTexts } from "./insights.ts";
import { letterTexts } from "./letter.ts";
import { ownersTexts } from "./owners.ts";
import { sequenceTexts } from "./sequence.ts";
import { settingsTexts } from "./settings.ts";
import { startRuleTexts } from "./start-rules.ts";

/** The Spanish texts of the editors, the settings, the figures and the view that adds people. */
export const spanishEditorTexts = {
  ...addPeopleTexts,
  ...insightsTexts,
  ...letterTexts,
  ...ownersTexts,
  ...sequenceTexts,
  ...settingsTexts,
  ...startRuleTexts,
};
