import type { CoreModule } from "../host/host.ts";

/** True in the build of a pinned version, whose page wants exactly this version. */
declare const IS_PINNED: boolean;

/**
 * Returns the core of the newest build, or null if this core belongs to the newest build. The
 * loader's folder has the file `build.js`, which names the files of the newest build.
 */
export async function loadNewerCore(loader: string): Promise<CoreModule | null> {
  if (IS_PINNED) return null;
  const list = new URL(`build.js?${Date.now()}`, loader).href;
  const { core } = (await import(/* @vite-ignore */ list)) as { core: string };
  const newest = new URL(core, loader).href;
  if (newest === import.meta.url) return null;
  return await import(/* @vite-ignore */ newest);
}
