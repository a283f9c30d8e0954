import type { Ctx } from "./context.ts";
import { createLinkSigner, type LinkSigner } from "./mail/link-signer.ts";

/**
 * Each context's link signer. Importing the key is the costly part of signing, so each context
 * imports the key only once.
 */
const signers = new WeakMap<Ctx, Promise<LinkSigner>>();

/** Returns the signer of tracking links, unsubscribe links and reply addresses for the context. */
export function getLinkSigner(ctx: Ctx): Promise<LinkSigner> {
  const kept = signers.get(ctx) ?? createLinkSigner(ctx.settings.LINK_KEY);
  signers.set(ctx, kept);
  return kept;
}
