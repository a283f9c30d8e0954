import type { LetterClaim, RefusalKind, RefusalRemedy, StateRequiredDetail } from "../vocabulary.ts";
import { createDayFormat, formatGateReason, type GateTexts } from "./gate-texts.ts";
import { englishListingTexts } from "./listing-guard-texts.ts";
import { formatSourceNames } from "./source-names.ts";

const formatDay = createDayFormat("en-US");
const formatDayOrNull = (day: string | null) => (day === null ? null : formatDay(day));
const joinNames = (names: readonly string[]) => new Intl.ListFormat("en-US").format(names);

const details: Readonly<Record<StateRequiredDetail, (agent: string) => string>> = {
  licenseType: (agent) => `${agent}'s license type`,
  licenseNumber: (agent) => `${agent}'s license number`,
  californiaLicenseNumber: (agent) => `${agent}'s own 8-digit DRE number`,
  brokerageLicense: () => "the brokerage's license number",
  officePhone: () => "the office's phone",
  officeCity: () => "the city of the office",
  officeState: () => "the state of the office",
  officeWebsite: () => "the office's website",
  iabsLink: () => "a link to the office's IABS form",
  relationshipFormLink: () => "a link to the office's brokerage relationships form",
};

const claimRules: Readonly<Record<LetterClaim, string>> = {
  haveBuyer: "says that you have a buyer, which must be true",
  numberOne: "says that you rank first, which must be provable",
  somethingFree: "offers something free, so it must be free without conditions",
};

const refusals: Readonly<Record<RefusalKind, (name: string) => string>> = {
  unsubscribed: (name) => `${name} opted out of emails about this property`,
  complained: (name) => `${name} marked an email about this property as spam`,
  refused: (name) => `${name} asked for no more emails about this property`,
  notSelling: (name) => `${name} said they're not selling`,
  undecided: (name) => `${name} may have said no, and no one has decided yet`,
  wrongPerson: (name) => `${name} is the wrong person for this property`,
};

const sayUndecidedElsewhere = (name: string) =>
  `${name} may have said no about another home, and no one has decided yet`;

const remedies: Readonly<Record<RefusalRemedy, string>> = {
  decide: "First, say what their reply means.",
  addNote: "To email there anyway, add a note that says why.",
  askTeamLead: "A team lead can allow it by adding a note.",
};

/** Returns a text that quotes a letter's claim and says what must be true for the claim. */
export const describeLetterClaim = (claim: LetterClaim, words: string): string =>
  `"${words}" ${claimRules[claim]}`;

const nameEmails = (stepNumbers: readonly number[]) =>
  `email${stepNumbers.length === 1 ? "" : "s"} ${stepNumbers.join(", ")}`;

/** The API's English text for each reason why a launch is refused or warned about. */
export const englishGateTexts: GateTexts = {
  officeNameMissing: () => "Every email needs your office's name",
  postalAddressMissing: () => "Federal law requires your office's postal address in every email",
  licenseNumberMissing: () => "Every email needs a license number, either your office's or the sender's own",
  equalHousingLineBlank: () => "The Equal Housing line is blank; set it to null if none applies",
  stateDetailMissing: ({ detail, agent, states }) => {
    const asker =
      states.length === 0
        ? "A home in a state that's unknown or has no rule on file requires"
        : `${joinNames(states)} ${states.length === 1 ? "requires" : "require"}`;
    return `${asker} ${details[detail](agent)}`;
  },
  licensedElsewhere: ({ agent, licenseStates, states }) =>
    `${agent} is licensed in ${joinNames(licenseStates)} but is emailing about homes in ${joinNames(states)}`,
  collisionsAreHeld: () => "Your office always holds people who are in another campaign.",
  claimNotAttested: ({ claim, words, stepNumber, isInSubject }) =>
    `Email ${stepNumber}${isInSubject ? ", subject" : ""}: ${describeLetterClaim(claim, words)}`,
  saleNotNamed: ({ stepNumber }) =>
    `Email ${stepNumber} mentions a nearby sale, but this campaign doesn't say which one. Launch the sequence again and choose the sale.`,
  bereavementInLetter: ({ stepNumber, words }) =>
    `Email ${stepNumber} says "${words}". Emails to people from probate filings can't mention a death. Take it out.`,
  freeOfferInNewJersey: () =>
    "New Jersey requires a free offer's terms in writing (N.J.A.C. 11:5-6.1(m)). Say in the email what is free, who gets it and on what terms.",
  manyEmails: ({ emails }) =>
    `This sequence has ${emails} emails. After the third, few owners reply and many more report spam.`,
  manyOwners: ({ owners }) =>
    `This campaign would have ${owners} owners. Campaigns with 50 people or fewer get about three times as many replies, so consider a few smaller ones.`,
  templateReturned: ({ stepNumber, note }) => `Email ${stepNumber} was returned by a team lead: “${note}”`,
  templatesWaiting: ({ stepNumbers }) => `A team lead has yet to approve ${nameEmails(stepNumbers)}.`,
  templatesNotApproved: ({ stepNumbers }) =>
    `A team lead has to approve ${nameEmails(stepNumbers)} before you can use ${stepNumbers.length === 1 ? "it" : "them"}.`,
  listingGuard: ({ verdict, status, since, asOf, date }) =>
    englishListingTexts[verdict]({
      status: status ?? "no listing",
      since: formatDayOrNull(since),
      asOf: formatDayOrNull(asOf),
      date: formatDayOrNull(date),
    }),
  onDoNotSolicitList: ({ list, asOf }) =>
    `This home is on the do-not-solicit list “${list}” dated ${formatDay(asOf)}, so you can't ask its owner to sell.`,
  doNotSolicitListOld: ({ list, ageDays, area }) =>
    `The do-not-solicit list “${list}” is ${ageDays} days old. Import the newest one before you email about homes in ${area}.`,
  sourcesNeedLead: ({ sources }) =>
    `People from ${formatSourceNames(sources)} need a team lead's approval. Ask a team lead to add them, or launch a separate campaign for them.`,
  personRefused: ({ kind, name, on, elsewhere, reply, remedy }) =>
    `${elsewhere ? sayUndecidedElsewhere(name) : refusals[kind](name)} (${formatDay(on)})${reply === null ? "." : `: “${reply}”`} ${remedies[remedy]}`,
};

/** Returns the API's English text for a reason why a launch is refused or warned about. */
export const describeGateReason = (reason: Parameters<typeof formatGateReason>[1]): string =>
  formatGateReason(englishGateTexts, reason);
