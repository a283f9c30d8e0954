// This script is plain JavaScript without dependencies, because the script runs before the packages
// are installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Doorknock needs Node 20.19 or later; this is ${process.versions.node}. See https://nodejs.org/en/download.`,
  );
}

const missing = findInstallReason();
if (missing !== null) {
  console.log(`Installing packages (${missing}); this takes a minute the first time.`);
  if (!installPackages())
    fail("The packages could not be installed, see above. The registry must be reachable this one time.");
  const still = findInstallReason();
  if (still !== null) fail(`npm ended without an error, yet ${still}.`);
  console.log("Packages installed.");
}

/**
 * Installs the packages of the lock file and returns whether npm succeeded. `npm ci` refuses a lock
 * file that lacks another platform's optional binary; `npm install --no-save` then installs the
 * same versions and changes no file.
 */
function installPackages() {
  const options = ["--include=dev", "--loglevel=error"];
  let run = runNpm(["ci", ...options]);
  const isLockRefused = run.status !== 0 && /EUSAGE[\s\S]*lock file/.test(run.stderr);
  if (isLockRefused) run = runNpm(["install", "--no-save", ...options]);
  if (run.status !== 0) console.error(run.stderr ?? run.error);
  return run.status === 0;
}

/**
 * Returns why packages must be installed, or null. npm writes node_modules/.package-lock.json last,
 * so an interrupted install leaves no such file. Optional packages are not checked, because
 * optional packages can be binaries of other platforms.
 * @returns {string | null}
 */
function findInstallReason() {
  const stamp = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(stamp)) return "nothing is installed yet";
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(stamp);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.optional || entry.peer) continue;
    if (present[path]?.version !== entry.version)
      return `package-lock.json has changed: ${path.replace("node_modules/", "")}`;
    if (!existsSync(join(root, path))) return `${path} is gone`;
  }
  return null;
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch (error) {
    fail(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string[]} args */
function runNpm(args) {
  /** @type {import("node:child_process").SpawnSyncOptionsWithStringEncoding} */
  const options = { cwd: root, stdio: ["ignore", "inherit", "pipe"], encoding: "utf8", maxBuffer: 1e8 };
  const npm = process.env.npm_execpath;
  // npm sets `npm_execpath` to npm's own path for the scripts that npm runs. Without that path, the
  // `npm` command runs, which needs a shell on Windows.
  if (npm?.endsWith(".js")) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
