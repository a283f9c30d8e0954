import { dirname, join, normalize } from "node:path";
import type { SourceFile } from "./source-file.ts";

/** `rooms`: what it may import of ours; `types`: of which only types; `packages`: everything else it may import. */
type Rule = { rooms: string[]; types?: string[]; packages: string[] };

/** The Worker's own top: the doors, and what every route shares. */
const top = "worker";

/** The design's table, exactly: what is not here is not allowed. The most specific entry is a file's room. */
const rules: Record<string, Rule> = {
  "shared/vocabulary.ts": { rooms: [], packages: [] },
  shared: { rooms: ["shared"], packages: ["zod"] },
  "worker/domain": { rooms: ["worker/domain", "shared"], packages: ["zod", "temporal-polyfill"] },
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
  "worker/engine": {
    rooms: [
      "worker/engine",
      "worker/domain",
      "worker/db",
      "worker/mail",
      "worker/providers",
      "shared",
    ].concat("worker/context.ts", "worker/env.ts"),
    packages: ["zod"],
  },
  "worker/routes": {
    rooms: ["worker/engine", "worker/domain", "worker/db", "worker/mail", "worker/api", "shared", top],
    // The services themselves reach a route through its context; what they speak is this interface.
    types: ["worker/providers/provider.ts"],
    packages: ["hono", "zod"],
  },
  "worker/api": { rooms: ["worker/api", "shared"], packages: ["zod"] },
  worker: { rooms: ["worker", "shared"], packages: ["hono", "jose", "papaparse", "zod"] },
  "plugin/vite.config.ts": { rooms: [], packages: ["vite", "node:"] },
  plugin: {
    rooms: ["plugin", "shared/vocabulary.ts"],
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

/** An interface that one room asks for and another keeps is known to both; nothing else may be listed here. */
const agreed = new Set(["worker/db/outbox.ts → worker/providers/outbox.ts"]);

/** What is wrong with a file, one line each; empty for nothing. */
export function faultsOf(file: SourceFile): string[] {
  const room = roomOf(file.path);
  const rule = rules[room];
  if (rule === undefined) return [`${file.path} is in no room`];
  const faults = file.imports.flatMap(({ specifier, isTypeOnly }) => {
    const target = specifier.startsWith(".") ? normalize(join(dirname(file.path), specifier)) : specifier;
    return isAllowed(file.path, room, rule, target, isTypeOnly) ? [] : [`${file.path} imports ${target}`];
  });
  const doesImpure = room === "worker/domain" ? file.deeds.map((deed) => `${file.path} uses ${deed}`) : [];
  const hides = /(^|\/)(utils?|helpers?|lib|types|common|misc)(\/|\.tsx?$)/.test(file.path);
  return [
    ...faults,
    ...doesImpure,
    ...(hides ? [`${file.path} has a name that says nothing`] : []),
    ...(file.isBarrel ? [`${file.path} only hands on what other files export`] : []),
  ];
}

function roomOf(path: string): string {
  const rooms = Object.keys(rules).filter((room) => isWithin(path, room));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? "";
}

function isAllowed(path: string, room: string, rule: Rule, target: string, isTypeOnly: boolean): boolean {
  if (!/^[\w.]+\//.test(target) || /^\w+\.js$/.test(target) || !isOurs(target)) {
    return rule.packages.some(
      (name) =>
        target === name || target.startsWith(`${name}/`) || (name === "node:" && target.startsWith(name)),
    );
  }
  if (agreed.has(`${path} → ${target}`) && isTypeOnly) return true;
  const isIn = (allowed: string) =>
    allowed === top && room !== top ? isTopFile(target) : isWithin(target, allowed);
  // A route next to another is not "its own room": handlers stand alone.
  return rule.rooms.some(isIn) || (isTypeOnly && (rule.types ?? []).some(isIn));
}

function isOurs(target: string): boolean {
  return /^(shared|worker|plugin|demo|scripts|test)\//.test(target);
}

function isTopFile(path: string): boolean {
  return dirname(path) === top;
}

function isWithin(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}
