import type { LetterRecord } from "../../shared/letter-record.ts";
import type { LetterCopy } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import { hashText } from "../mail/text-hash.ts";
import type { OutgoingEmail } from "../providers/provider.ts";
import { getPeopleOfEmail, type RecipientEmails } from "./recipient-emails.ts";
import { type RenderInput, renderEmail } from "./render.ts";
import { resolveStepWording, type WordingContent } from "./step-wording.ts";

/**
 * A sent letter that was rebuilt. `copy` is `asItLeft` if the letter has the stored hash, and
 * `rebuilt` if the hash differs. If the letter can't be rebuilt, `copy` is `none` and `email` is
 * null.
 */
export type RebuiltSentLetter = { copy: LetterCopy; email: OutgoingEmail | null };

/**
 * The facts that a message's row keeps. `isElse`: true if the else email was sent, the step's email
 * for people who do not meet the conditions.
 */
export type SentMessage = { stepNumber: number; subject: string; record: LetterRecord; isElse: boolean };

/**
 * Rebuilds a sent letter from the record in the message's row, and compares the hash of the rebuilt
 * letter with the stored hash. In the letter that is shown, links lead nowhere.
 */
export async function rebuildSentLetter(
  ctx: Ctx,
  emails: RecipientEmails,
  { stepNumber, subject, record, isElse }: SentMessage,
): Promise<RebuiltSentLetter> {
  const content = findSentWording(emails, { stepNumber, isElse }, record);
  if (content === null) return { copy: "none", email: null };
  const { recipient, campaign } = emails.candidate;
  const people = getPeopleOfEmail(emails);
  const input: RenderInput = {
    ...people,
    // A consent that was recorded after the email had left does not change the email's footer.
    recipient: { ...people.recipient, ...(record.consentAt === null ? { consent: null } : {}) },
    content,
    cacheKey: null,
    campaign: { id: recipient.campaignId, replyTo: campaign.replyTo, type: campaign.type },
    reference: { tenantId: recipient.tenantId, recipientId: recipient.id, stepNumber },
    thread: null,
    preview: false,
    kept: { subject, values: record.values },
  };
  const [left, shown] = await Promise.all([
    renderEmail(ctx, input),
    renderEmail(ctx, { ...input, preview: true }),
  ]);
  if (!shown.ok) return { copy: "none", email: null };
  const isSame = left.ok && (await hashText(`${left.email.html}\n${left.email.text}`)) === record.bodyHash;
  return { copy: isSame ? "asItLeft" : "rebuilt", email: shown.email };
}

/**
 * Returns the wording that a sent email had. Null if the personal wording or the template no longer
 * exists.
 */
function findSentWording(
  { candidate, wordings }: RecipientEmails,
  step: Pick<SentMessage, "stepNumber" | "isElse">,
  { templateId, templateVersion, personalVersion }: LetterRecord,
): WordingContent | null {
  const reference = { templateId, templateVersion, variants: [], winner: null, elseEmail: null };
  const email = { recipientId: candidate.recipient.id, ...step, tried: null };
  const texts = personalVersion === undefined ? { ...wordings, personal: new Map() } : wordings;
  const found = resolveStepWording(reference, email, texts);
  return found === null || found.personalVersion !== (personalVersion ?? null) ? null : found.content;
}
