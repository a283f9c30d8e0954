import type { Ctx } from "../context.ts";
import { listSealedWithoutPrefix, replaceSealedText } from "../db/sealed-texts.ts";
import { buildSealPrefix, sealText, unsealText } from "../providers/credentials.ts";

/** The greatest number of texts that one tick seals anew. */
const textsPerTick = 100;

/**
 * Seals the texts of older keys with the newest key, so that an older key can be taken out of
 * CREDENTIALS_KEY. Does nothing while CREDENTIALS_KEY has one key. A text that no key opens stays.
 */
export async function resealOldTexts({ db, settings }: Ctx): Promise<void> {
  const keys = settings.CREDENTIALS_KEY;
  if (keys.length === 1) return;
  const texts = await listSealedWithoutPrefix(db, await buildSealPrefix(keys[0]), textsPerTick);
  let unreadable = 0;
  for (const text of texts) {
    const content = await unsealText(keys, text.context, text.sealed).catch(() => null);
    if (content === null) unreadable += 1;
    else await replaceSealedText(db, text, await sealText(keys, text.context, content));
  }
  if (texts.length === 0) return;
  const resealed = texts.length - unreadable;
  console.info(JSON.stringify({ level: "info", msg: "secrets resealed", resealed, unreadable }));
}
