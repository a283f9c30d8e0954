import { dirname, join, normalize } from "node:path";
import type { SourceFile } from "./source-file.ts";

/**
 * `rooms` are the folders and files of ours that the room may import, and `types` those of which it
 * may import only types. `packages` lists everything else that it may import.
 */
type Rule = { rooms: string[]; types?: string[]; packages: string[] };

/** Match the files directly in a folder, without its inner rooms. */
const httpTop = "worker/http/*";
const domainTop = "worker/domain/*";
const providerInterface = "worker/providers/provider.ts";

const roomsBelowWings = [
  "worker/domain",
  "worker/db",
  "worker/mail",
  "worker/providers",
  "shared",
  "worker/context.ts",
  "worker/links.ts",
  "worker/env.ts",
  "worker/jobs.ts",
];
const roomsBelowHttp = [
  "worker/send",
  "worker/receive",
  "worker/accounts",
  "worker/domain",
  "worker/db",
  "worker/mail",
  "worker/providers/credentials.ts",
  "shared",
  "worker/context.ts",
  "worker/links.ts",
  "worker/env.ts",
];

/**
 * The imports that each room may have. Everything else is forbidden. A file belongs to the most
 * specific entry that matches its path.
 */
const rules: Record<string, Rule> = {
  "shared/vocabulary.ts": { rooms: [], packages: [] },
  "shared/words": { rooms: ["shared/words", "shared/vocabulary.ts"], packages: [] },
  shared: { rooms: ["shared"], packages: ["zod"] },
  // Send may import the files directly in domain, and these may import schedule.
  "worker/domain": { rooms: [domainTop, "worker/domain/schedule", "shared"], packages: ["zod"] },
  "worker/domain/schedule": { rooms: ["worker/domain/schedule", "shared"], packages: ["temporal-polyfill"] },
  "worker/domain/receive": { rooms: ["worker/domain/receive", "shared"], packages: [] },
  "worker/domain/template": { rooms: ["worker/domain/template", "shared"], packages: [] },
  "worker/domain/send": {
    rooms: ["worker/domain/send", "worker/domain/schedule", "worker/domain/receive", domainTop, "shared"],
    packages: [],
  },
  "worker/db": { rooms: ["worker/db", "shared"], types: ["worker/domain"], packages: ["drizzle-orm"] },
  "worker/mail": {
    rooms: ["worker/mail", "worker/domain", "worker/providers", "shared"],
    packages: [
      "zod",
      "handlebars",
      "postal-mime",
      "@remix-run/multipart-parser",
      "sanitize-html",
      "htmlparser2",
      "postcss",
      "juice",
      "cheerio",
    ],
  },
  "worker/providers": {
    rooms: ["worker/providers", "worker/domain", "shared"],
    packages: ["zod", "@sendgrid/client", "@sendgrid/mail", "mailgun.js", "nodemailer", "node:"],
  },
  // Work with provider accounts for both wings, send and receive.
  "worker/accounts": {
    rooms: [
      "worker/accounts",
      "worker/mail",
      "worker/providers",
      "worker/db",
      "worker/domain",
      "shared",
    ].concat("worker/context.ts", "worker/links.ts", "worker/env.ts"),
    packages: ["zod"],
  },
  // The outside wing: everything that comes back.
  "worker/receive": {
    rooms: ["worker/receive", "worker/accounts", ...roomsBelowWings],
    packages: ["zod"],
  },
  // The clock wing: everything that leaves.
  "worker/send": {
    rooms: ["worker/send", "worker/receive", "worker/accounts", ...roomsBelowWings],
    packages: ["zod"],
  },
  // The agent wing: everything that knows Hono or a status code.
  "worker/http": {
    rooms: ["worker/http", ...roomsBelowHttp],
    types: [providerInterface],
    packages: ["hono", "jose", "papaparse", "zod"],
  },
  "worker/http/routes": {
    rooms: ["worker/http/openapi", "worker/http/views", httpTop, ...roomsBelowHttp],
    // A route gets the services through its context, and knows only their interface.
    types: [providerInterface],
    packages: ["hono", "zod"],
  },
  "worker/http/openapi": { rooms: ["worker/http/openapi", "shared"], packages: ["zod"] },
  // The Worker's four entry points and the data of a call. No other folder of the Worker may use
  // this rule.
  worker: { rooms: ["worker", "shared"], packages: ["zod"] },
  "plugin/vite.config.ts": { rooms: [], packages: ["vite", "node:"] },
  plugin: {
    rooms: ["plugin", "shared/vocabulary.ts", "shared/words"],
    types: ["shared"],
    packages: ["preact", "@preact/signals"],
  },
  "demo/worker": {
    rooms: ["demo/worker", "demo/mailbox/mail.ts", "worker/index.ts", "shared"],
    types: ["worker/env.ts"],
    packages: ["hono", "jose", "postal-mime", "zod"],
  },
  demo: { rooms: ["demo"], packages: ["preact", "@preact/signals"] },
};

/**
 * Imports allowed beyond the rules: the interface that one room needs and another implements.
 * Nothing else may be listed here.
 */
const allowedExceptions = new Set(["worker/db/outbox.ts → worker/providers/outbox.ts"]);

/** Rooms whose rule is for their own files alone: a folder in them needs a rule of its own. */
const roomsWithoutFolders = new Set(["worker", "worker/domain"]);

/** Returns the faults of a file, one line each. */
export function findArchitectureFaults(file: SourceFile): string[] {
  const room = findRoom(file.path);
  const rule = rules[room];
  if (rule === undefined) return [`${file.path} is in no room`];
  if (roomsWithoutFolders.has(room) && dirname(file.path) !== room) return [`${file.path} is in no room`];
  const faults = file.imports.flatMap(({ specifier, isTypeOnly }) => {
    const target = resolveImport(file.path, specifier);
    return isAllowed(file.path, rule, target, isTypeOnly) ? [] : [`${file.path} imports ${target}`];
  });
  const doesImpure = isWithin(file.path, "worker/domain")
    ? file.deeds.map((deed) => `${file.path} uses ${deed}`)
    : [];
  const hides = /(^|\/)(utils?|helpers?|lib|types|common|misc)(\/|\.tsx?$)/.test(file.path);
  return [
    ...faults,
    ...doesImpure,
    ...(hides ? [`${file.path} has a name that says nothing`] : []),
    ...(file.isBarrel ? [`${file.path} only hands on what other files export`] : []),
  ];
}

/**
 * Returns the import circles among the files, types included, each as "a → b → a". Every set of
 * files that reach each other shows as at least one circle.
 */
export function findCircles(files: readonly SourceFile[]): string[] {
  const imports = new Map(
    files.map(({ path, imports }) => [path, imports.map(({ specifier }) => resolveImport(path, specifier))]),
  );
  const circles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start !== -1) circles.push([...trail.slice(start), path].join(" → "));
    if (start !== -1 || finished.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}

function resolveImport(path: string, specifier: string): string {
  return specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : specifier;
}

/**
 * Matches SQL that sets a recipient's status to stopped, or sets a stop reason. In an UPDATE,
 * columns are set before FROM and WHERE.
 */
const stopInSql = [
  /\bSET\b(?:(?!\b(?:FROM|WHERE|SET)\b)[^`])*?\bstatus\s*=(?:(?!,|\b(?:FROM|WHERE)\b)[^`"])*'stopped'/i,
  /(?:\bSET|,)\s*stop_reason\s*=/i,
];
/** Matches a stopped row that is passed to SQL or to the query builder. */
const stopInRow = /\b(?:status:\s*"stopped"|stopReason:\s*"\w+")/;

/**
 * Returns the fault of a file in `worker/` that stops recipients without `db/stops.ts`. Empty if
 * there is none.
 */
export function findStopWriteFaults(path: string, source: string): string[] {
  if (!path.startsWith("worker/") || path === "worker/db/stops.ts") return [];
  const isWritten = stopInSql.some((pattern) => pattern.test(source)) || stopInRow.test(source);
  return isWritten ? [`${path} writes a stop, which only worker/db/stops.ts may`] : [];
}

function findRoom(path: string): string {
  const rooms = Object.keys(rules).filter((room) => isWithin(path, room));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? "";
}

function isAllowed(path: string, rule: Rule, target: string, isTypeOnly: boolean): boolean {
  if (!/^[\w.]+\//.test(target) || /^\w+\.js$/.test(target) || !isOurs(target)) {
    return rule.packages.some(
      (name) =>
        target === name || target.startsWith(`${name}/`) || (name === "node:" && target.startsWith(name)),
    );
  }
  if (allowedExceptions.has(`${path} → ${target}`) && isTypeOnly) return true;
  const isIn = (allowed: string) =>
    allowed.endsWith("/*") ? dirname(target) === allowed.slice(0, -2) : isWithin(target, allowed);
  // A route may not import the route beside it, since handlers stand alone: its rule leaves out its
  // own folder.
  return rule.rooms.some(isIn) || (isTypeOnly && (rule.types ?? []).some(isIn));
}

function isOurs(target: string): boolean {
  return /^(shared|worker|plugin|demo|scripts|test)\//.test(target);
}

function isWithin(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}
