import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../scripts/port.ts";
import { projectRoot, runTool, signalGroup, startTool } from "../../scripts/process.ts";
import { buildTenant, type NewTenant } from "../../scripts/tenant-sql.ts";
import type { CampaignAnalytics } from "../../shared/analytics.ts";
import type { Campaign } from "../../shared/campaign.ts";

/*
 * Kills the Worker's process at random moments while it sends 500 emails, and starts it again. The
 * provider's own log, kept by this process, then shows that no recipient got an email twice. Only
 * recipients whose call was under way may be missing. `KILL_SEED=…` repeats a run.
 */
const recipients = 500;
const kills = 4;
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
/** The number of calls in flight at once; see `inFlight` in worker/send/sender.ts. */
const inFlight = 6;

const key = () => Buffer.alloc(32, 7).toString("base64");

test("SIGKILL at random moments: no step goes twice and nobody is lost", async () => {
  test.setTimeout(240_000);
  console.log(`kill seed ${seed}`);
  const random = mulberry32(seed);
  // The provider draws its own random numbers, so that a kill does not change how fast it answers.
  const provider = await startProvider(mulberry32(seed + 1));
  const folder = mkdtempSync(join(tmpdir(), "doorknock-kill-"));
  const worker = new Worker(folder, provider.url, await findFreePort());
  try {
    await worker.prepare();
    await worker.start();
    for (let kill = 0; kill < kills; kill += 1) {
      const goal = provider.calls.length + 20 + Math.floor(random() * 60);
      await worker.drive(() => provider.calls.length >= goal);
      await worker.kill();
      await worker.start();
      // Recipients that the dead process had claimed come due again when their leases end.
      await worker.advance("12m");
    }
    await worker.drive(async () => (await worker.settled()) === recipients);
    await worker.kill();

    const counts = new Map<string, number>();
    for (const call of provider.calls) counts.set(call, (counts.get(call) ?? 0) + 1);
    const twice = [...counts].filter(([, times]) => times > 1).map(([call]) => call);
    expect(twice, "emails the provider was given twice").toEqual([]);
    const unknown = await worker.unknown();
    expect(unknown.length, "more unknown outcomes than calls can have been in flight").toBeLessThanOrEqual(
      kills * inFlight,
    );
    const missing = Array.from({ length: recipients }, (_, index) => String(index + 1)).filter(
      (id) => !counts.has(`${id}-1`),
    );
    expect(
      missing.filter((id) => !unknown.includes(id)),
      "lost, and not listed as unknown",
    ).toEqual([]);

    await worker.start();
    await worker.advance("20m");
    await worker.drive(async () => (await worker.completed()) === recipients);
    expect(provider.calls.length, "calls after everything was settled").toBe(counts.size);
  } finally {
    await worker.kill();
    provider.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Starts a fake of SendGrid that records every message. It answers after 0 to 30 ms. */
async function startProvider(
  random: () => number,
): Promise<{ server: Server; url: string; calls: string[] }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    // A question about an email's fate: an account without the Activity add-on is refused.
    if (request.method !== "POST") {
      response.writeHead(403).end();
      return;
    }
    readBody(request).then(
      (body) => {
        const reference = /"dk_message":"(\d+-\d+)"/.exec(body)?.[1];
        calls.push(reference ?? `unreadable: ${body.slice(0, 300)}`);
        const answer = () => response.writeHead(202, { "x-message-id": `m${calls.length}` }).end();
        setTimeout(answer, random() * 30);
      },
      // The process was killed in the middle of its request, so the provider has got no message.
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * The demo's Worker, which has a clock to set, with a database of its own. It sends through the
 * provider above.
 */
class Worker {
  #child: ChildProcess | undefined;
  readonly #folder: string;
  readonly #port: number;
  readonly #settings: string[] = [];

  constructor(folder: string, providerUrl: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.#set({
      PUBLIC_URL: "https://mail.example.com",
      CREDENTIALS_KEY: key(),
      LINK_KEY: key(),
      SENDGRID_API_BASE: providerUrl,
    });
  }

  #set(settings: Record<string, string>): void {
    this.#settings.push(
      ...Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    );
  }

  get #database(): string[] {
    return ["--config", "demo/wrangler.toml", "--persist-to", this.#folder];
  }

  async prepare(): Promise<void> {
    await this.#d1("migrations", "apply", "DB", "--local");
    const file = join(this.#folder, "seed.sql");
    const tenant = await sendgridTenant();
    writeFileSync(file, seedSql(tenant));
    this.#set({
      DEMO_TENANT_ID: String(tenant.tenantId),
      DEMO_KEY_ID: tenant.kid,
      DEMO_ISSUER: tenant.issuer,
      DEMO_SIGNING_SECRET: tenant.secret,
    });
    await this.#d1("execute", "DB", "--local", "--yes", "--file", file);
  }

  async start(): Promise<void> {
    this.#child = startTool("wrangler", [
      ...[
        "dev",
        ...this.#database,
        "--local",
        "--test-scheduled",
        "--port",
        String(this.#port),
        "--ip",
        "127.0.0.1",
      ],
      ...[
        "--inspector-port",
        "0",
        "--log-level",
        "error",
        "--show-interactive-dev-session=false",
        ...this.#settings,
      ],
    ]);
    await until(async () => (await this.#fetch("/health")) !== null);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    signalGroup(child, "SIGKILL");
    await gone;
  }

  /** Runs the clock's ticks until `isDone`. */
  async drive(isDone: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      if (await isDone()) return true;
      await this.#fetch("/__scheduled?cron=*+*+*+*+*");
      return isDone();
    });
  }

  async advance(by: string): Promise<void> {
    const body = JSON.stringify({ advance: by });
    await until(async () => (await this.#fetch("/demo/clock", { method: "POST", body })) !== null);
  }

  /** Returns how many emails were sent or are listed as unknown. */
  async settled(): Promise<number> {
    const { total } = await this.#api<CampaignAnalytics>("/api/campaigns/1/analytics");
    return total.stats.sent + total.stats.unknown;
  }

  async completed(): Promise<number> {
    return (await this.#api<Campaign>("/api/campaigns/1")).counts.completed;
  }

  /**
   * Returns the recipients of messages that are shown as probably sent. Call this while the Worker
   * is down: two processes on one database lock each other out.
   */
  async unknown(): Promise<string[]> {
    const rows = await this.#query("SELECT recipient_id AS id FROM messages WHERE status = 'unknown'");
    return rows.map(({ id }) => String(id));
  }

  async #query(sql: string): Promise<Record<string, unknown>[]> {
    const output = await this.#d1("execute", "DB", "--local", "--json", "--command", sql);
    const [answer] = JSON.parse(output) as { results: Record<string, unknown>[] }[];
    return answer?.results ?? [];
  }

  async #api<Answer>(path: string): Promise<Answer> {
    const { token } = (await this.#json("/demo/token", { role: "admin", propertyId: "p-kill" })) as {
      token: string;
    };
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async #json(path: string, body: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`http://127.0.0.1:${this.#port}${path}`, init)).json();
  }

  async #d1(...args: string[]): Promise<string> {
    const { code, output, stdout } = await runTool("wrangler", ["d1", ...args, ...this.#database], {
      cwd: projectRoot,
    });
    if (code !== 0) throw new Error(output);
    return stdout;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response | null> {
    const headers = { "content-type": "application/json" };
    try {
      const url = `http://127.0.0.1:${this.#port}${path}`;
      const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(20_000) });
      await response.arrayBuffer();
      return response.ok ? response : null;
    } catch {
      // The Worker is not up yet, or was just killed. The caller tries again.
      return null;
    }
  }
}

/** Creates a tenant that sends through SendGrid at a high rate. */
function sendgridTenant(): Promise<NewTenant> {
  return buildTenant(
    {
      name: "Cedar Realty",
      postalAddress: "1 Cedar Street, Albany, NY 12207",
      timeZone: "America/New_York",
      license: "NY 10991200001",
      licensedName: null,
      officePhone: "(518) 555-0100",
      officeCity: "Albany",
      officeState: "NY",
      agentLicense: "10401234567",
      agentLicensedName: null,
      agentLicenseType: "Licensed Salesperson",
      agentLicenseState: "NY",
      equalHousingLine: "Equal Housing Opportunity",
      allowedOrigins: [],
      holidays: [],
      issuer: null,
      fromName: "Ann Agent",
      fromEmail: "ann@cedar.example.com",
      replyTo: null,
      phone: null,
      ratePerSecond: 100,
      dailyCap: null,
      provider: "sendgrid",
      credentials: { provider: "sendgrid", apiKey: "SG.kill", region: "us", webhookPublicKey: null },
    },
    Uint8Array.from(Buffer.from(key(), "base64")),
  );
}

/** Returns the SQL for the tenant and for an active campaign whose recipients are all due. */
function seedSql({ sql, tenantId, senderId }: NewTenant): string {
  return `${sql}
INSERT INTO email_templates (id, tenant_id, name, created_at, updated_at) VALUES (1, ${tenantId}, 'Email', 1, 1);
INSERT INTO email_template_versions (template_id, version, tenant_id, subject, body_html, body_text, variables, created_at)
  VALUES (1, 1, ${tenantId}, 'Your home', '<p>Hi {{recipient.salutation}}</p>', '', '[]', 1);
INSERT INTO campaigns (id, tenant_id, name, type, status, property_id, sender_id, first_recipient_id,
    last_recipient_id, created_by, created_at, launched_at, updated_at)
  VALUES (1, ${tenantId}, 'Kill', 'sellerOutreach', 'active', 'p-kill', ${senderId}, 1, 16384, 'agent', 1, 1, 1);
INSERT INTO campaign_steps (campaign_id, step_number, tenant_id, template_id, template_version) VALUES (1, 1, ${tenantId}, 1, 1);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${recipients})
INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, property_id, email, name, due_at, scheduled_at, data, created_at)
  SELECT i, ${tenantId}, 1, ${senderId}, 'p' || i, 'owner' || i || '@example.com', 'Owner', 1, 1, '{"recipient":{},"property":{}}', 1 FROM n;
`;
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(isDone, { timeout: 90_000, intervals: [50, 100, 200] }).toBe(true);
}

/** Creates a small seeded generator (mulberry32), so that a failed run can be repeated. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
