import { dirname, join, normalize } from "node:path";
import type { SourceFileFacts } from "./source-file.ts";

/**
 * The imports that one room (a folder or file of the project) may have. `rooms` lists the folders
 * and files that the room may import, and `packages` the packages. `types` lists the folders and
 * files from which the room may import only types.
 */
type Rule = { rooms: string[]; types?: string[]; packages: string[] };

/**
 * `worker/http/*` means the files directly in the folder, without the files in its inner folders.
 */
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

const valuesForPlugin = [
  "shared/vocabulary.ts",
  "shared/limits.ts",
  "shared/email-address.ts",
  "shared/invisible-characters.ts",
  "shared/street-line.ts",
  "shared/fact-fields.ts",
  "shared/words",
];
const proseMirror = ["view", "state", "model", "commands", "keymap", "history", "schema-list"].map(
  (part) => `prosemirror-${part}`,
);

/**
 * The imports that each room may have. All other imports are forbidden. If several rooms contain a
 * file, the file belongs to the room with the longest path.
 */
const rules: Record<string, Rule> = {
  "shared/vocabulary.ts": { rooms: [], packages: [] },
  "shared/limits.ts": { rooms: [], packages: [] },
  "shared/invisible-characters.ts": { rooms: [], packages: [] },
  "shared/email-address.ts": { rooms: ["shared/invisible-characters.ts"], packages: [] },
  "shared/street-line.ts": { rooms: [], packages: [] },
  "shared/fact-fields.ts": { rooms: [], packages: [] },
  "shared/mustache.ts": { rooms: [], packages: [] },
  "shared/snippet-marker.ts": { rooms: [], packages: [] },
  "shared/html-text.ts": { rooms: [], packages: [] },
  "shared/words": {
    rooms: ["shared/words", "shared/vocabulary.ts", "shared/limits.ts"],
    packages: [],
  },
  shared: { rooms: ["shared"], packages: ["zod"] },
  // This rule is for the files directly in the folder `domain`, without its inner folders.
  "worker/domain": {
    rooms: [domainTop, "worker/domain/schedule", "worker/domain/compliance", "shared"],
    packages: ["zod"],
  },
  "worker/domain/schedule": { rooms: ["worker/domain/schedule", "shared"], packages: ["temporal-polyfill"] },
  "worker/domain/compliance": {
    rooms: ["worker/domain/compliance", "worker/domain/schedule", "shared"],
    packages: [],
  },
  "worker/domain/receive": { rooms: ["worker/domain/receive", "shared"], packages: [] },
  "worker/domain/template": { rooms: ["worker/domain/template", "shared"], packages: [] },
  "worker/domain/send": {
    rooms: [
      "worker/domain/send",
      "worker/domain/schedule",
      "worker/domain/receive",
      "worker/domain/compliance",
      domainTop,
      "shared",
    ],
    packages: ["tldts"],
  },
  // The database takes two rules from the domain: the formula of a sender's pace, and the order of
  // outcomes, from which a query is built.
  "worker/db": {
    rooms: [
      "worker/db",
      "worker/domain/send/interval.ts",
      "worker/domain/receive/outcome-order.ts",
      "shared",
    ],
    types: ["worker/domain"],
    packages: ["drizzle-orm"],
  },
  "worker/mail": {
    rooms: ["worker/mail", "worker/domain", "worker/providers", "shared"],
    packages: [
      "zod",
      "handlebars",
      "postal-mime",
      "@remix-run/multipart-parser",
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
  // Both `worker/send` and `worker/receive` use this room, which works with provider accounts.
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
  // This room handles everything that comes back from mail services and people: events and replies.
  "worker/receive": {
    rooms: ["worker/receive", "worker/accounts", ...roomsBelowWings],
    packages: ["zod"],
  },
  // This room handles everything that the clock starts: all emails that the Worker sends.
  "worker/send": {
    rooms: ["worker/send", "worker/receive", "worker/accounts", ...roomsBelowWings],
    packages: ["zod", "ipaddr.js"],
  },
  // This room handles the requests of agents. Only this room may use Hono or HTTP status codes.
  "worker/http": {
    rooms: ["worker/http", ...roomsBelowHttp],
    types: [providerInterface],
    packages: ["hono", "jose", "papaparse", "zod"],
  },
  "worker/http/routes": {
    rooms: ["worker/http/openapi", "worker/http/views", "worker/http/gates", httpTop, ...roomsBelowHttp],
    // A route gets the mail services through its context, so a route imports only the type of their
    // interface.
    types: [providerInterface],
    packages: ["hono", "zod"],
  },
  "worker/http/openapi": { rooms: ["worker/http/openapi", "shared"], packages: ["zod"] },
  // This rule is for the files directly in the folder `worker`. Each folder in `worker` needs a
  // rule of its own.
  worker: { rooms: ["worker", "shared"], packages: ["zod"] },
  "plugin/vite.config.ts": { rooms: [], packages: ["vite", "node:"] },
  "plugin/vite.pinned.config.ts": { rooms: ["plugin/vite.config.ts"], packages: ["vite", "node:"] },
  plugin: {
    rooms: ["plugin", ...valuesForPlugin],
    types: ["shared"],
    packages: ["preact", "@preact/signals", "@preact/signals-core"],
  },
  // The letter editor is a file of its own in the build, so only the editor may import its large
  // packages.
  "plugin/views/letter": {
    rooms: [
      "plugin",
      ...valuesForPlugin,
      "shared/mustache.ts",
      "shared/html-text.ts",
      "shared/snippet-marker.ts",
    ],
    types: ["shared"],
    packages: ["preact", "@preact/signals", "@preact/signals-core", ...proseMirror],
  },
  // The reader of tables is a file of its own in the build, so only this file may import
  // `papaparse`.
  "plugin/views/add-people/file/table.ts": { rooms: [], packages: ["papaparse"] },
  // A host installs this package. Of the plugin it has the types, and the list of events.
  client: {
    rooms: ["client", "shared", "plugin/host/event-types.ts"],
    types: ["plugin"],
    packages: ["react", "openapi-fetch", "jose"],
  },
  // This script runs the tools that check the package.
  "client/check.mjs": { rooms: [], packages: ["node:"] },
  "demo/worker": {
    rooms: ["demo/worker", "demo/mailbox/mail.ts", "worker/index.ts", "shared"],
    types: ["worker/env.ts"],
    packages: ["hono", "jose", "postal-mime", "zod"],
  },
  demo: { rooms: ["demo"], packages: ["preact", "@preact/signals"] },
};

/**
 * The exceptions to the rules: imports that are allowed nevertheless. Each exception imports only
 * the type of an interface that one room needs and another room implements.
 */
const allowedExceptions = new Set(["worker/db/outbox.ts → worker/providers/outbox.ts"]);

/** Files that a host imports by the name of the package, so they hand on what others export. */
const doorsOfPackage = new Set(["client/contract.ts"]);

/**
 * Rooms whose rule is only for the files directly in the room's folder. An inner folder of such a
 * room needs a rule of its own.
 */
const roomsWithoutFolders = new Set(["worker", "worker/domain"]);

/** Returns the imports and impurities that a file must not have, each as one line. */
export function findArchitectureFaults(file: SourceFileFacts): string[] {
  const room = findRoom(file.path);
  const rule = rules[room];
  if (rule === undefined) return [`${file.path} is in no room`];
  if (roomsWithoutFolders.has(room) && dirname(file.path) !== room) return [`${file.path} is in no room`];
  const faults = file.imports.flatMap(({ specifier, isTypeOnly }) => {
    const target = resolveImport(file.path, specifier);
    return isAllowed(file.path, rule, target, isTypeOnly) ? [] : [`${file.path} imports ${target}`];
  });
  const impureUses = isWithin(file.path, "worker/domain")
    ? file.impurities.map((impurity) => `${file.path} uses ${impurity}`)
    : [];
  const hides = /(^|\/)(utils?|helpers?|lib|types|common|misc)(\/|\.tsx?$)/.test(file.path);
  return [
    ...faults,
    ...impureUses,
    ...(hides ? [`${file.path} has a name that says nothing`] : []),
    ...(file.isBarrel && !doorsOfPackage.has(file.path)
      ? [`${file.path} only hands on what other files export`]
      : []),
  ];
}

/**
 * Returns the import circles among the files, each as "a → b → a". Imports of types count, too.
 * Files that import each other, directly or through other files, appear in at least one circle.
 */
export function findImportCircles(files: readonly SourceFileFacts[]): string[] {
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
 * The first pattern matches SQL that stops a recipient, and the second pattern matches SQL that
 * sets a stop reason. In an UPDATE, the columns stand before FROM and WHERE.
 */
const stopInSql = [
  /\bSET\b(?:(?!\b(?:FROM|WHERE|SET)\b)[^`])*?\bstatus\s*=(?:(?!,|\b(?:FROM|WHERE)\b)[^`"])*'stopped'/i,
  /(?:\bSET|,)\s*stop_reason\s*=/i,
];
/** Matches code that passes a stopped row to SQL or to the query builder. */
const stopInRow = /\b(?:status:\s*"stopped"|stopReason:\s*"\w+")/;

/**
 * Returns a list with one fault if a file in `worker/` other than `db/stops.ts` stops recipients;
 * otherwise an empty list.
 */
export function findStopWriteFaults(path: string, source: string): string[] {
  if (!path.startsWith("worker/") || path === "worker/db/stops.ts") return [];
  const isWritten = stopInSql.some((pattern) => pattern.test(source)) || stopInRow.test(source);
  return isWritten ? [`${path} writes a stop, which only worker/db/stops.ts may`] : [];
}

/**
 * Matches a call of a function that starts a campaign, adds people to a campaign, or changes
 * letters of a started campaign.
 */
const gatedWrites =
  /\b(?:createCampaign|launchCampaign|resumeCampaign|addRecipients|applyPlannedStepsChange|applyNewestWording|savePersonalWording)\(/;

/**
 * Returns a list with one fault if a file of `worker/http/` calls a function from `gatedWrites`
 * without calling the gates, which are the checks before a launch.
 */
export function findGateFaults(path: string, source: string): string[] {
  if (!path.startsWith("worker/http/") || !gatedWrites.test(source.replace(/\bfunction \w+\(/g, "")))
    return [];
  const asks = /\b(?:passGates|passWordingGates)\(/.test(source);
  return asks ? [] : [`${path} starts a campaign or changes its letters without asking the gates`];
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
  // The rule for the room of the routes does not allow the room itself, so that no route imports
  // another route.
  return rule.rooms.some(isIn) || (isTypeOnly && (rule.types ?? []).some(isIn));
}

function isOurs(target: string): boolean {
  return /^(shared|worker|plugin|client|demo|scripts|test)\//.test(target);
}

function isWithin(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}
