import type {
  LetterClaim,
  ListingGuardCode,
  RecipientSource,
  RefusalKind,
  RefusalRemedy,
  StateRequiredDetail,
} from "../vocabulary.ts";

/**
 * The facts in the text of each reason why a gate (a check before a launch) refuses or warns. Days
 * are YYYY-MM-DD; states are English names.
 */
type GateFacts = {
  officeNameMissing: unknown;
  postalAddressMissing: unknown;
  licenseNumberMissing: unknown;
  equalHousingLineBlank: unknown;
  stateDetailMissing: { detail: StateRequiredDetail; agent: string; states: readonly string[] };
  licensedElsewhere: { agent: string; licenseStates: readonly string[]; states: readonly string[] };
  collisionsAreHeld: unknown;
  claimNotAttested: { claim: LetterClaim; words: string; stepNumber: number; isInSubject: boolean };
  saleNotNamed: { stepNumber: number };
  bereavementInLetter: { stepNumber: number; words: string };
  freeOfferInNewJersey: unknown;
  manyEmails: { emails: number };
  manyOwners: { owners: number };
  templateReturned: { stepNumber: number; note: string };
  templatesWaiting: { stepNumbers: readonly number[] };
  templatesNotApproved: { stepNumbers: readonly number[] };
  listingGuard: {
    verdict: ListingGuardCode;
    status: string | null;
    since: string | null;
    asOf: string | null;
    date: string | null;
  };
  onDoNotSolicitList: { list: string; asOf: string };
  doNotSolicitListOld: { list: string; ageDays: number; area: string };
  sourcesNeedLead: { sources: readonly RecipientSource[] };
  personRefused: {
    kind: RefusalKind;
    name: string;
    on: string;
    elsewhere: boolean;
    reply: string | null;
    remedy: RefusalRemedy;
  };
};

type Code = keyof GateFacts;
type ReasonToWrite = { [C in Code]: { code: C } & GateFacts[C] }[Code];

/**
 * The texts in one language for every reason of a gate. A table that lacks a reason does not
 * compile. A text about a setting has no period, since the tab joins several of these texts.
 */
export type GateTexts = { readonly [C in Code]: (facts: GateFacts[C]) => string };

/** Returns the text of a reason from the table `texts`, in the table's language. */
export function formatGateReason(texts: GateTexts, reason: ReasonToWrite): string {
  // Each code's function takes the facts of that code. The compiler can't follow this relation.
  const write = texts[reason.code] as (reason: ReasonToWrite) => string;
  return write(reason);
}

/** Returns a formatter of days (YYYY-MM-DD) for a language. */
export const createDayFormat = (locale: string) => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return (day: string): string => format.format(Date.parse(day));
};
