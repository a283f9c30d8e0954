/**
 * The name of the form that explains whom an agent represents, by state. The agent must give a
 * person the form before the agent and the person discuss a specific home. The rules are 22 TAC
 * 531.20 in Texas and Maine's rule on brokerage relationships.
 */
const agencyForms: Readonly<Record<string, string>> = {
  TX: "Information About Brokerage Services",
  ME: "Real Estate Brokerage Relationships Form",
};

export const agencyFormStates: readonly string[] = Object.keys(agencyForms);

/**
 * Returns the sentence that asks an agent to send the form, after a reply about a home in this
 * state.
 */
export function formatAgencyFormRequest(state: string | null): string {
  const form = agencyForms[state ?? ""] ?? "state's form on agency";
  return `Send the ${form} before you discuss the home.`;
}
