import { createContext } from "preact";

/**
 * The stored sequence whose letters have versions; null if no versions are stored, as for the steps
 * of a campaign. The version number goes up with each save.
 */
export const VersionedSequence = createContext<{ id: string; version: number } | null>(null);
