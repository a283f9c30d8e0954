import type { MessageReference } from "../../providers/provider.ts";
import type { LinkSigner } from "../tracking.ts";

/** RFC 5322 §2.1.1: a line holds 998 characters, and not every service folds what it is given. */
const maxReferencesLength = 998 - "References: ".length;

/**
 * In-Reply-To and References (RFC 5322 §3.6.4): the email before this one, and the chain that leads to it. A chain too
 * long for one line loses its middle: the first names the thread, the newest are what a mailbox most surely still has.
 * @param earlierSteps whose emails the thread holds, oldest first; @param domain the one those Message-IDs were made at
 */
export async function threadHeaders(
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
