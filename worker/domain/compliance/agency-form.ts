/**
 * The states that want their form on agency given to a person before an agent talks with the person
 * about a specific home, with the form's name: 22 TAC 531.20 and Maine's rule on relationships.
 */
const agencyForms: Readonly<Record<string, string>> = {
  TX: "Information About Brokerage Services",
  ME: "Real Estate Brokerage Relationships Form",
};

export const agencyFormStates: readonly string[] = Object.keys(agencyForms);

/** Returns what an agent has to do after a reply about a home in this state. */
export function describeAgencyForm(state: string | null): string {
  const form = agencyForms[state ?? ""] ?? "state's form on agency";
  return `Send the ${form} before you talk about the home.`;
}
