import type { MessageReference } from "../../providers/provider.ts";
import type { LinkSigner } from "../link-signer.ts";

/**
 * The most characters in References. A line has at most 998 characters (RFC 5322 §2.1.1), and some
 * services do not fold longer lines.
 */
const maxReferencesLength = 998 - "References: ".length;

/**
 * Returns In-Reply-To and References (RFC 5322 §3.6.4): the id of the previous email, and the ids
 * of all earlier emails in the thread. A list that is too long for one line loses the ids in its
 * middle, because the first id names the thread, and a mailbox most likely still has the newest
 * emails.
 * @param earlierSteps numbers of the steps whose emails are in the thread, oldest first
 * @param domain the domain in the Message-IDs of the thread's emails
 */
export async function buildThreadHeaders(
  signer: LinkSigner,
  reference: MessageReference,
  earlierSteps: readonly number[],
  domain: string,
): Promise<Record<string, string>> {
  const ids = await Promise.all(
    earlierSteps.map((stepNumber) => signer.signMessageId({ ...reference, stepNumber }, domain)),
  );
  const [first, ...newer] = ids;
  const last = ids.at(-1);
  if (first === undefined || last === undefined) return {};
  while (newer.length > 1 && [first, ...newer].join(" ").length > maxReferencesLength) newer.shift();
  return { "In-Reply-To": last, References: [first, ...newer].join(" ") };
}
