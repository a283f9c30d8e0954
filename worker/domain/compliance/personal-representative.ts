import type { Consent } from "../../../shared/consent.ts";
import type { RecipientSource } from "../../../shared/vocabulary.ts";
import { representativeVariable } from "../../../shared/words/personal-representative.ts";

type Values = Readonly<Record<string, unknown>>;
type Person = { source: RecipientSource; consent: Consent | null; data: { recipient: Values } };

/**
 * Tells whether emails to a person from a probate filing wait until somebody says that the person
 * is the estate's personal representative. Nobody else can sell the home, and heirs are in
 * mourning.
 */
export const needsRepresentative = ({ source, consent, data }: Person): boolean =>
  source === "probate" && consent === null && !isRepresentative(data.recipient);

/** The fields in which a CRM says what a person is to the estate. */
const roleFields = ["role", "kind", "capacity", "relationship", "contactRole"];
const representativeRole =
  /\b(?:personal representative|executor|executrix|administrator|administratrix|albacea)\b/i;
const negatedRole = /\b(?:former|not|no|spouse of|child of|attorney for|lawyer for)\b/i;

function isRepresentative(data: Values): boolean {
  // A list's column "Personal representative" arrives without "is".
  const stated = data[representativeVariable] ?? data.personalRepresentative;
  if (stated !== undefined && stated !== null && stated !== "") return isYes(stated);
  return roleFields
    .map((field) => data[field])
    .some((role) => typeof role === "string" && representativeRole.test(role) && !negatedRole.test(role));
}

/** Reads a stated value. A list's column has texts in place of true and false. */
const isYes = (value: unknown): boolean =>
  value === true ||
  value === 1 ||
  (typeof value === "string" && /^(?:y|yes|true|1|x|s[ií])$/i.test(value.trim()));
