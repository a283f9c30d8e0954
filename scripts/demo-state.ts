import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { projectRoot } from "./process.ts";

/**
 * The paths of the files that `npm start` keeps between runs. The demo's tenant is in the database
 * if `seededFile` exists.
 */
export type DemoPaths = { folder: string; database: string; secretsFile: string; seededFile: string };

export function getDemoPaths(folder = process.env.DEMO_STATE ?? ".wrangler/demo"): DemoPaths {
  const path = resolve(projectRoot, folder);
  return {
    folder: path,
    database: join(path, "database"),
    secretsFile: join(path, "secrets.env"),
    seededFile: join(path, "seeded"),
  };
}

export type DemoSecrets = { CREDENTIALS_KEY: string; LINK_KEY: string } & Record<string, string>;

/**
 * Returns the demo's secrets. The first run creates the secrets. Every later run needs the same key
 * to decrypt credentials in the database.
 */
export function loadOrCreateDemoSecrets(state: DemoPaths): DemoSecrets {
  mkdirSync(state.folder, { recursive: true });
  if (!existsSync(state.secretsFile)) {
    // Credentials in the database can't be decrypted without their key, so the database is deleted.
    rmSync(state.database, { recursive: true, force: true });
    rmSync(state.seededFile, { force: true });
    const key = () => randomBytes(32).toString("base64");
    saveDemoSecrets(state, { CREDENTIALS_KEY: key(), LINK_KEY: key() });
  }
  return parseSecrets(readFileSync(state.secretsFile, "utf8"), state.secretsFile);
}

export function saveDemoSecrets(state: DemoPaths, secrets: DemoSecrets): void {
  const lines = Object.entries(secrets).map(([name, value]) => `${name}='${value}'`);
  writeFileSync(state.secretsFile, `${lines.join("\n")}\n`, { mode: 0o600 });
}

function parseSecrets(text: string, path: string): DemoSecrets {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/^([A-Z_]+)='([^']*)'$/gm)) found[name] = value;
  const { CREDENTIALS_KEY, LINK_KEY } = found;
  if (CREDENTIALS_KEY === undefined || LINK_KEY === undefined) {
    throw new Error(`${relative(projectRoot, path)} is damaged; \`npm run reset\` starts afresh.`);
  }
  return { ...found, CREDENTIALS_KEY, LINK_KEY };
}

type Holder = { pid: number; port: number };

/**
 * Returns the running process that uses this state, or null. Two servers would damage the database.
 */
export function findDemoLockHolder(state: DemoPaths): Holder | null {
  const path = join(state.folder, "running.json");
  if (!existsSync(path)) return null;
  const { pid, port } = JSON.parse(readFileSync(path, "utf8")) as Holder;
  return pid !== process.pid && isAlive(pid) ? { pid, port } : null;
}

export function lockDemoState(state: DemoPaths, port: number): () => void {
  const path = join(state.folder, "running.json");
  mkdirSync(state.folder, { recursive: true });
  writeFileSync(path, JSON.stringify({ pid: process.pid, port }));
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
