import type { Ctx } from "./context.ts";
import { createLinkSigner, type LinkSigner } from "./mail/link-signer.ts";

/** One signer per call: importing the key is the costly part of signing. */
const signers = new WeakMap<Ctx, Promise<LinkSigner>>();

/** Returns the signer of tracking links, unsubscribe links and reply addresses for this call. */
export function createSigner(ctx: Ctx): Promise<LinkSigner> {
  const kept = signers.get(ctx) ?? createLinkSigner(ctx.settings.LINK_KEY);
  signers.set(ctx, kept);
  return kept;
}
