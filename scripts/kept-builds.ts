import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserFacingError } from "./process.ts";

/** A build that was deployed. */
export type Release = { version: string; releasedAt: string };

const keptMs = 365 * 86_400_000;

/**
 * Returns the releases whose files a deploy serves: the newest, and each other release until a year
 * after a newer one has replaced it.
 */
export function listServedReleases(releases: readonly Release[], now: number): Release[] {
  const newestFirst = releases.toSorted((a, b) => b.releasedAt.localeCompare(a.releasedAt));
  return newestFirst.filter((_, index) => {
    const successor = newestFirst[index - 1];
    return successor === undefined || Date.parse(successor.releasedAt) + keptMs > now;
  });
}

/**
 * Stores a build in the folder of kept builds: the hashed files of `plugin`, which open pages still
 * ask for, and the files of `pinned` under the path of the version.
 * @throws UserFacingError if the folder has another build of the same version
 */
export function keepBuild(
  builds: string,
  { plugin, pinned, version, now }: { plugin: string; pinned: string; version: string; now: number },
): void {
  const folder = join(builds, version);
  if (existsSync(folder)) {
    if (hashFolder(join(folder, `v${version}`)) === hashFolder(pinned)) return;
    throw new UserFacingError(
      `${folder} has another build of version ${version}. Raise the version in package.json: npm version patch.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  cpSync(join(plugin, "a"), join(folder, "a"), { recursive: true });
  cpSync(pinned, join(folder, `v${version}`), { recursive: true });
  const release: Release = { version, releasedAt: new Date(now).toISOString() };
  writeFileSync(join(folder, "release.json"), `${JSON.stringify(release)}\n`);
}

/** Adds the files of every release that is still served to the files of the newest build. */
export function addKeptBuilds(builds: string, plugin: string, now: number): Release[] {
  const releases = readdirSync(builds)
    .map((name) => join(builds, name, "release.json"))
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as Release);
  const served = listServedReleases(releases, now);
  for (const { version } of served) {
    for (const part of ["a", `v${version}`])
      cpSync(join(builds, version, part), join(plugin, part), { recursive: true });
  }
  const headers = join(plugin, "_headers");
  const own = readFileSync(headers, "utf8");
  const majors = [...new Set(served.map(({ version }) => version.split(".")[0]))];
  writeFileSync(headers, [own, ...majors.map(writePinnedHeaders)].join("\n"));
  return served;
}

/** The dot in the path tells `/v1.4.2/`, which never changes, from `/v1/`, which moves. */
const writePinnedHeaders = (major: string | undefined) => `/v${major}.*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=31536000, immutable
`;

function hashFolder(folder: string): string {
  if (!existsSync(folder)) return "";
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).toSorted())
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}
