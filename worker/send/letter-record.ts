import type { LetterRecord } from "../../shared/letter-record.ts";
import { limits } from "../../shared/limits.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { getNewestListing } from "../domain/send/candidate-listing.ts";
import { hashText } from "../mail/text-hash.ts";
import type { OutgoingEmail } from "../providers/provider.ts";
import type { StepWording } from "./step-wording.ts";

/** A rendered email, and the values of the variables that the email's wording uses. */
export type EmailToRecord = {
  email: Pick<OutgoingEmail, "from" | "to" | "html" | "text">;
  values: Record<string, unknown>;
};

/** Builds the record that the message's row keeps of a letter that is about to leave. */
export async function buildLetterRecord(
  candidate: Candidate,
  {
    templateId,
    templateVersion,
    personalVersion,
  }: Pick<StepWording, "templateId" | "templateVersion" | "personalVersion">,
  { email, values }: EmailToRecord,
  now: number,
): Promise<LetterRecord> {
  const { consent } = candidate.recipient;
  const { approval } = candidate.campaign;
  const listing = getNewestListing(candidate, now);
  const isShort = JSON.stringify(values).length <= limits.letterValuesLength;
  const { decidedBy = null, decidedAt = null, sources = [] } = approval ?? {};
  return {
    from: email.from,
    to: email.to,
    templateId,
    templateVersion,
    ...(personalVersion === null ? {} : { personalVersion }),
    values: isShort ? values : null,
    footer: readFooter(email.text),
    bodyHash: await hashText(`${email.html}\n${email.text}`),
    listing:
      listing.status === null && listing.statusAt === null
        ? null
        : { status: listing.status, asOf: toIsoOrNull(listing.statusAt) },
    consentAt: consent?.at ?? null,
    approval: decidedBy === null || decidedAt === null ? null : { by: decidedBy, at: decidedAt, sources },
  };
}

const toIsoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/**
 * Returns the footer in the text part: the last paragraph without its last line, the unsubscribe
 * link.
 */
function readFooter(text: string): string {
  const lines = (text.trimEnd().split("\n\n").at(-1) ?? "").split("\n");
  return lines.slice(0, -1).join("\n").slice(0, limits.letterFooterLength);
}
