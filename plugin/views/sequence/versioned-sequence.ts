import { createContext } from "preact";

/**
 * The stored sequence whose letters' versions can be seen; null where no versions are kept, as for
 * the steps of a campaign. The version goes up with each save.
 */
export const VersionedSequence = createContext<{ id: string; version: number } | null>(null);
