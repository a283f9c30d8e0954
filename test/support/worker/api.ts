import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { SignJWT } from "jose";
import { createContext } from "../../../worker/context.ts";
import { schema } from "../../../worker/db/schema.ts";
import { openDatabase } from "../../../worker/db/scope.ts";
import type { Bindings } from "../../../worker/env.ts";
import { createApp } from "../../../worker/http/app.ts";
import type { EventJob } from "../../../worker/jobs.ts";
import { sealCredentials, sealText } from "../../../worker/providers/credentials.ts";
import type { Credentials } from "../../../worker/providers/provider.ts";
import { type Clock, createClock, testStartAt } from "./clock.ts";
import { createCollectingQueue } from "./queue.ts";
import { bindings, credentialsKey } from "./world.ts";

export const allowedOrigin = "https://crm.example";

export const getSigningSecret = (tenantId: number) => `the signing secret of tenant ${tenantId}, long enough`;
export const getKeyId = (tenantId: number) => `key-${tenantId}`;
export const getIssuer = (tenantId: number) => `https://crm.example/${tenantId}`;
export const getSenderId = (tenantId: number) => tenantId * 100 + 1;
export const getAccountId = (tenantId: number) => tenantId * 100 + 2;

const outbox: Credentials = { provider: "outbox", webhookSecret: "an outbox secret for tests" };

/**
 * Creates a tenant (an office) with a signing key, a sender and a provider account. All ids follow
 * from the tenant's id.
 */
export async function createTenant(tenantId: number, credentials: Credentials = outbox): Promise<void> {
  const db = openDatabase(bindings.DB);
  const owned = { tenantId, createdAt: testStartAt };
  await db.insert(schema.tenants).values({
    id: tenantId,
    name: `Brokerage ${tenantId}`,
    timeZone: "America/New_York",
    postalAddress: `${tenantId} Cedar Street, Albany, NY 12207`,
    license: "NY 10991200001",
    officePhone: "(518) 555-0100",
    officeCity: "Albany",
    officeState: "NY",
    allowedOrigins: [allowedOrigin],
    createdAt: testStartAt,
  });
  await db.insert(schema.tenantKeys).values({
    ...owned,
    kid: getKeyId(tenantId),
    algorithm: "HS256",
    issuer: getIssuer(tenantId),
    sealedSecret: await sealText(credentialsKey, getKeyId(tenantId), getSigningSecret(tenantId)),
  });
  await db.insert(schema.senders).values({
    ...owned,
    id: getSenderId(tenantId),
    fromName: "Ann Agent",
    licenseType: "Licensed Salesperson",
    licenseNumber: "10401234567",
    licenseState: "NY",
    fromEmail: `ann@brokerage-${tenantId}.example`,
    timeZone: "America/New_York",
    intervalMs: 5000,
  });
  await addAccount(tenantId, getAccountId(tenantId), credentials);
}

export async function addAccount(tenantId: number, id: number, credentials: Credentials): Promise<void> {
  await openDatabase(bindings.DB)
    .insert(schema.providerAccounts)
    .values({
      id,
      tenantId,
      provider: credentials.provider,
      name: "Main",
      sealedCredentials: await sealCredentials(credentialsKey, id, credentials),
      createdAt: testStartAt,
    });
}

export type TokenOptions = {
  tenantId?: number;
  role?: string;
  prop?: unknown;
  /**
   * The claims of the token that replace the default claims. A claim that is undefined is removed.
   */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  secret?: string;
  lifeSeconds?: number;
  at?: number;
};

/**
 * Returns a signed token, as a host's backend would sign the token. By default, the token is for an
 * agent of tenant 1 who may see every property.
 */
export async function signToken(options: TokenOptions = {}): Promise<string> {
  const { tenantId = 1, role = "agent", prop = "*", at = testStartAt, lifeSeconds = 300 } = options;
  const issuedAt = Math.floor(at / 1000);
  const claims: Record<string, unknown> = {
    iss: getIssuer(tenantId),
    aud: "doorknock",
    sub: "agent-1",
    tid: tenantId,
    role,
    prop,
    iat: issuedAt,
    exp: issuedAt + lifeSeconds,
    ...options.claims,
  };
  const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return await new SignJWT(given)
    .setProtectedHeader({ alg: "HS256", kid: getKeyId(tenantId), typ: "JWT", ...options.header })
    .sign(new TextEncoder().encode(options.secret ?? getSigningSecret(tenantId)));
}

export type ApiAnswer = { status: number; headers: Headers; text: string; json: JsonAnswer };
// biome-ignore lint/suspicious/noExplicitAny: tests read any field of an answer
type JsonAnswer = any;

export type ApiCallOptions = {
  token?: string | null;
  body?: unknown;
  /** A body that is sent unchanged, in place of `body`. */
  raw?: BodyInit;
  headers?: Record<string, string>;
};

/** The options of `createApi`. `env` replaces some of the Worker's own bindings. */
export type ApiOptions = { random?: () => number; env?: Partial<Bindings>; clock?: Clock };

/**
 * Returns functions that call the API, together with the API's clock and queue. A test moves the
 * clock by hand, and the queue keeps its jobs until the test takes the jobs.
 */
export function createApi({ env: changes, clock = createClock(), ...options }: ApiOptions = {}) {
  const queue = createCollectingQueue<EventJob>();
  let isQueueDown = false;
  let refusesWrites = false;
  const eventQueue = {
    ...queue.queue,
    send: async (job: EventJob) => {
      if (isQueueDown) throw new Error("Queue is overloaded. Please back off.");
      return queue.queue.send(job);
    },
  } as unknown as Queue<EventJob>;
  const refuse = async () => {
    throw new Error("D1_ERROR: D1 DB is overloaded. Requests queued for too long.");
  };
  const app = createApp(async (env) => {
    const all = { ...env, EVENT_QUEUE: eventQueue, ...changes };
    const DB = new Proxy(all.DB, {
      get(target, name) {
        if (name === "batch" && refusesWrites) return refuse;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    return createContext({ ...all, DB }, { ...options, now: clock.now });
  });

  async function call(method: string, path: string, options: ApiCallOptions = {}): Promise<ApiAnswer> {
    const token = options.token === undefined ? await signToken({ at: clock.at }) : options.token;
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const request = new Request(`https://mail.test${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
    });
    // The Worker derives ids from the time, so each request gets a millisecond of its own.
    clock.at += 1;
    const execution = createExecutionContext();
    const response = await app.fetch(request, bindings, execution);
    const text = new TextDecoder().decode(await response.arrayBuffer());
    await waitOnExecutionContext(execution);
    const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : null,
    };
  }

  return {
    app,
    queue,
    call,
    get: (path: string, options?: ApiCallOptions) => call("GET", path, options),
    post: (path: string, body?: unknown, options?: ApiCallOptions) =>
      call("POST", path, { body, ...options }),
    put: (path: string, body?: unknown, options?: ApiCallOptions) => call("PUT", path, { body, ...options }),
    patch: (path: string, body?: unknown, options?: ApiCallOptions) =>
      call("PATCH", path, { body, ...options }),
    delete: (path: string, options?: ApiCallOptions) => call("DELETE", path, options),
    advance: clock.advance,
    now: clock.now,
    breakQueue: (isDown: boolean) => {
      isQueueDown = isDown;
    },
    /** Makes D1 refuse every batch of statements, so that events go to the queue. */
    refuseWrites: (isRefused: boolean) => {
      refusesWrites = isRefused;
    },
  };
}
export type Api = ReturnType<typeof createApi>;

export const exampleOwner = {
  email: "jane.doe@example.com",
  fullName: "Jane Doe",
  property: { streetAddress: "123 Main St" },
};

export function buildTemplateBody(overrides: Record<string, unknown> = {}) {
  return {
    name: "First letter",
    subject: 'Your home at {{default property.streetAddress "your street"}}',
    bodyHtml: "<p>Hi {{recipient.salutation}}</p>",
    ...overrides,
  };
}

export async function createTemplate(api: Api, options: ApiCallOptions = {}): Promise<number> {
  const answer = await api.post("/api/templates", buildTemplateBody(), options);
  if (answer.status !== 201) throw new Error(`no template: ${answer.text}`);
  return answer.json.id;
}

/**
 * Returns the body of a request for a campaign of three steps, on days 0, 3 and 7. All steps use
 * one template.
 */
export function buildCampaignBody(templateId: number, overrides: Record<string, unknown> = {}) {
  return {
    name: "Seller Outreach Q4 2025",
    type: "sellerOutreach",
    propertyId: "p-1",
    senderId: getSenderId(1),
    steps: [{ templateId }, { templateId, delayDays: 3 }, { templateId, delayDays: 4 }],
    ...overrides,
  };
}

/**
 * Returns the body of a request that launches a campaign. The campaign is about the property `p-1`,
 * or about no single property if a recipient has another property.
 */
export function buildLaunchBody(templateId: number, overrides: Record<string, unknown> = {}) {
  const launch = { status: "active", recipients: [exampleOwner], ...overrides };
  const isOfOneProperty = launch.recipients.every(
    (person) => (Reflect.get(person, "propertyId") ?? "p-1") === "p-1",
  );
  return buildCampaignBody(templateId, { ...(isOfOneProperty ? {} : { propertyId: null }), ...launch });
}

export async function createLaunchedCampaign(
  api: Api,
  overrides: Record<string, unknown> = {},
): Promise<JsonAnswer> {
  const answer = await api.post("/api/campaigns", buildLaunchBody(await createTemplate(api), overrides));
  if (answer.status !== 201) throw new Error(`no campaign: ${answer.text}`);
  return answer.json;
}

const counted = [
  "campaigns",
  "campaign_steps",
  "campaign_recipients",
  "email_templates",
  "email_template_versions",
  "sequences",
  "messages",
  "events",
  "suppressions",
  "audit_log",
];

/**
 * Returns a text with the row counts of the tables in `counted`, and with the main columns of
 * campaigns, recipients, templates and sequences. Tests compare two such texts.
 */
export async function dumpTables(): Promise<string> {
  const results = await bindings.DB.batch([
    ...counted.map((table) => bindings.DB.prepare(`SELECT '${table}' AS name, count(*) AS n FROM ${table}`)),
    bindings.DB.prepare("SELECT id, status, name, sender_id, tags, updated_at FROM campaigns ORDER BY id"),
    bindings.DB.prepare(
      "SELECT id, status, stop_reason, due_at, scheduled_at, lease, send_now FROM campaign_recipients ORDER BY id",
    ),
    bindings.DB.prepare("SELECT id, version, name, deleted_at FROM email_templates ORDER BY id"),
    bindings.DB.prepare("SELECT id, version, name FROM sequences ORDER BY id"),
  ]);
  return JSON.stringify(results.map((result) => result.results));
}

export async function readRow(table: "campaign_recipients" | "campaigns", id: number) {
  const row = await bindings.DB.prepare(`SELECT * FROM ${table} WHERE id = ?`).bind(id).first();
  if (row === null) throw new Error(`no row ${id} in ${table}`);
  return row;
}

export async function listRecipientIds(campaignId: number): Promise<number[]> {
  const { results } = await bindings.DB.prepare(
    "SELECT id FROM campaign_recipients WHERE campaign_id = ? ORDER BY id",
  )
    .bind(campaignId)
    .all<{ id: number }>();
  return results.map((row) => row.id);
}

export const buildOwners = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: `owner-${index}@example.com`,
    fullName: `Owner ${index}`,
  }));

/** Puts an address on the do-not-email list of tenant 1. */
export async function suppressAddress(email: string): Promise<void> {
  await openDatabase(bindings.DB)
    .insert(schema.suppressions)
    .values({ tenantId: 1, email, reason: "unsubscribed", source: "test", createdAt: testStartAt });
}
