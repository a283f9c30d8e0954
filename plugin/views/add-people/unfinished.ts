/*
 * Keeps a note in the browser while people are being added, in case the page is closed. The note
 * has the file's name and two counts, but no content of the file.
 */

export type UnfinishedAddingNote = { campaignId: number; name: string | null; done: number; total: number };

const nameKey = (campaignId: number) => `doorknock adding ${campaignId}`;

/** Returns the note of a closed page that was still adding people; null if there is no note. */
export function readUnfinishedAddingNote(campaignId: number): UnfinishedAddingNote | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameKey(campaignId)) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { name, done, total } = kept as Partial<UnfinishedAddingNote>;
    if (!Number.isSafeInteger(done) || !Number.isSafeInteger(total)) return null;
    return {
      campaignId,
      name: typeof name === "string" ? name : null,
      done: Number(done),
      total: Number(total),
    };
  } catch {
    // The storage can't be read, so there is no note.
    return null;
  }
}

export function storeUnfinishedAddingNote({ campaignId, ...rest }: UnfinishedAddingNote): void {
  try {
    localStorage.setItem(nameKey(campaignId), JSON.stringify(rest));
  } catch {
    // The storage can't be written, so no note is kept.
  }
}

export function removeUnfinishedAddingNote(campaignId: number): void {
  try {
    localStorage.removeItem(nameKey(campaignId));
  } catch {
    // The storage can't be used, so there is no note to remove.
  }
}
