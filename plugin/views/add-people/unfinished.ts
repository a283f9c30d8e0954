/*
 * A note in the browser that people were being added when the page was closed. The note has the
 * file's name and numbers, but nothing of what the file contains.
 */

export type Unfinished = { campaignId: number; name: string | null; done: number; total: number };

const nameKey = (campaignId: number) => `doorknock adding ${campaignId}`;

/** Returns the adding that a closed page has left unfinished; null without one. */
export function readUnfinished(campaignId: number): Unfinished | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameKey(campaignId)) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { name, done, total } = kept as Partial<Unfinished>;
    if (!Number.isSafeInteger(done) || !Number.isSafeInteger(total)) return null;
    return {
      campaignId,
      name: typeof name === "string" ? name : null,
      done: Number(done),
      total: Number(total),
    };
  } catch {
    // Without a store, there is no note.
    return null;
  }
}

export function keepUnfinished({ campaignId, ...rest }: Unfinished): void {
  try {
    localStorage.setItem(nameKey(campaignId), JSON.stringify(rest));
  } catch {
    // Without a store, nothing is noted.
  }
}

export function forgetUnfinished(campaignId: number): void {
  try {
    localStorage.removeItem(nameKey(campaignId));
  } catch {
    // Without a store, there is nothing to forget.
  }
}
