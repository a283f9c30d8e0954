import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

/** A file system in memory, which most Linux systems have. */
const memory = "/dev/shm";
/** The least free space for the files of one run, in bytes. A run uses less than half of it. */
const leastFree = 2 * 1024 ** 3;

/**
 * Makes this process and the processes that it starts keep their temporary files in memory, if
 * there is enough of it. A database on a disk waits for the disk after each write, and these waits
 * took half of the tests' time. Does nothing if TMPDIR is set.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR !== undefined || !existsSync(memory)) return;
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize < leastFree) return;
  const runs = join(memory, `doorknock-tests-${process.getuid?.() ?? 0}`);
  deleteFilesOfEndedRuns(runs);
  const own = join(runs, String(process.pid));
  mkdirSync(own, { recursive: true, mode: 0o700 });
  process.once("exit", () => rmSync(own, { recursive: true, force: true }));
  process.env.TMPDIR = own;
}

/** Deletes the folders of processes that have ended, for example by a kill. */
function deleteFilesOfEndedRuns(runs: string): void {
  if (!existsSync(runs)) return;
  for (const pid of readdirSync(runs)) {
    if (!existsSync(`/proc/${pid}`)) rmSync(join(runs, pid), { recursive: true, force: true });
  }
}
