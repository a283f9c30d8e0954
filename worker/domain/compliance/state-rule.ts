/**
 * The details that a state may want in an advertisement, besides the names of the brokerage and the
 * agent. `officePlace`: the city and state of the office. `agencyForm`: a link to the state's form
 * on agency, in the letter's body.
 */
export type DisclosureNeed =
  | "licenseType"
  | "licenseNumber"
  | "brokerageLicense"
  | "officePhone"
  | "officePlace"
  | "officeWebsite"
  | "agencyForm";

/**
 * The least size of the brokerage's name, compared with the agent's name. `visible`: the rule names
 * no size.
 */
export type BrokerageNameSize = "visible" | "third" | "half" | "equal" | "larger";

/** The kind of source in which a rule was read. `ruleText`: the statute or rule itself. */
export type RuleSourceKind = "ruleText" | "regulator" | "association" | "secondary";

/** One state's rule on the content of an advertisement. The rules are facts, not legal advice. */
export type StateRule = {
  /** The two-letter code of the state. */
  state: string;
  name: string;
  /** The rule in our own words. */
  text: string;
  needs: readonly DisclosureNeed[];
  brokerageSize: BrokerageNameSize;
  source: string;
  url: string;
  sourceKind: RuleSourceKind;
  /** The date that the copy of the source shows. The rule may have changed since that date. */
  asOf: string;
};
