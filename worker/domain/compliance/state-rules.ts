import type { DisclosureNeed, StateRule } from "./state-rule.ts";
import { rulesFromAlabamaToKansas } from "./state-rules/alabama-to-kansas.ts";
import { rulesFromKentuckyToNewMexico } from "./state-rules/kentucky-to-new-mexico.ts";
import { rulesFromNewYorkToWisconsin } from "./state-rules/new-york-to-wisconsin.ts";

/** The month, as YYYY-MM, in which the sources of `stateRules` were last checked. */
export const stateRulesCheckedOn = "2026-11";

/** The rules of the states whose advertising rule was found, in the order of the states' names. */
export const stateRules: readonly StateRule[] = [
  ...rulesFromAlabamaToKansas,
  ...rulesFromKentuckyToNewMexico,
  ...rulesFromNewYorkToWisconsin,
];

const rulesByState = new Map(stateRules.map((rule) => [rule.state, rule]));

/**
 * Returns the rule of a state by its two-letter code; null for a state without a rule in the table.
 */
export function findStateRule(state: string): StateRule | null {
  return rulesByState.get(state) ?? null;
}

/**
 * The details that an email needs if the property's state is unknown or has no rule in the table.
 */
export const strictDisclosureNeeds: readonly DisclosureNeed[] = [
  "licenseType",
  "licenseNumber",
  "officePhone",
  "officePlace",
];
