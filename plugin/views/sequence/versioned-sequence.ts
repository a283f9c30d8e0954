import { createContext } from "preact";

/**
 * The sequence in the editor, if the Worker stores the versions of its letters; null for the steps
 * of a campaign. The version number goes up with each save.
 */
export const VersionedSequenceContext = createContext<{ id: string; version: number } | null>(null);
