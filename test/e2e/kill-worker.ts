import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { applyLocalMigrations } from "../../scripts/local-migrations.ts";
import { projectRoot, quietEnvironment, runTool, signalProcessGroup } from "../../scripts/process.ts";
import { buildTenantSql, type NewTenant } from "../../scripts/tenant-sql.ts";
import type { CampaignAnalytics } from "../../shared/analytics.ts";
import type { Campaign } from "../../shared/campaign.ts";
import type { CampaignRecipient } from "../../shared/recipient.ts";
import type { RecipientOutcome } from "../../shared/vocabulary.ts";
import type { Credentials } from "../../worker/providers/provider.ts";
import type { WorkerRun } from "./bundled-worker.ts";
import { getPreparedFolder } from "./demo-server.ts";
import type { StandInMailService } from "./kill-services.ts";

type Page = { items: CampaignRecipient[]; nextCursor: string | null };

const key = () => Buffer.alloc(32, 7).toString("base64");

/**
 * The demo's Worker as a process that a test can kill. The Worker has a database of its own and a
 * clock that the test sets, and sends emails to `service`.
 */
export class KillableWorker {
  #child: ChildProcess | undefined;
  readonly #folder: string;
  readonly #port: number;
  readonly #bindings: Record<string, string>;
  readonly #service: StandInMailService;
  readonly #recipients: number;

  constructor(folder: string, service: StandInMailService, recipients: number, port: number) {
    this.#folder = folder;
    this.#service = service;
    this.#recipients = recipients;
    this.#port = port;
    this.#bindings = {
      PUBLIC_URL: "https://mail.example.com",
      CREDENTIALS_KEY: key(),
      LINK_KEY: key(),
      ...service.settings,
    };
  }

  get #database(): string[] {
    return ["--config", "demo/wrangler.toml", "--persist-to", this.#folder];
  }

  async prepare(): Promise<void> {
    writeFileSync(join(this.#folder, "authority.pem"), this.#service.certificateAuthority);
    await applyLocalMigrations(this.#folder);
    const file = join(this.#folder, "seed.sql");
    const tenant = await buildKillTenant(this.#service.credentials);
    writeFileSync(file, seedSql(tenant, this.#recipients));
    Object.assign(this.#bindings, {
      DEMO_TENANT_ID: String(tenant.tenantId),
      DEMO_KEY_ID: tenant.kid,
      DEMO_ISSUER: tenant.issuer,
      DEMO_SIGNING_SECRET: tenant.secret,
    });
    await this.#d1("execute", "DB", "--local", "--yes", "--file", file);
  }

  async start(): Promise<void> {
    const run: WorkerRun = {
      bundle: join(getPreparedFolder(), "worker"),
      database: this.#folder,
      port: this.#port,
      bindings: this.#bindings,
    };
    const child = fork(join(import.meta.dirname, "killed-process.ts"), [JSON.stringify(run)], {
      cwd: projectRoot,
      env: { ...quietEnvironment, NODE_EXTRA_CA_CERTS: join(this.#folder, "authority.pem") },
      execArgv: ["--import", "tsx"],
      // The process and its workerd form a group of their own, which one signal ends.
      detached: true,
    });
    this.#child = child;
    if (!(await waitForMessage(child))) throw new Error("The Worker's process ended at its start.");
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    signalProcessGroup(child, "SIGKILL");
    await gone;
  }

  /** Runs ticks, the Worker's regular runs, until `isDone` returns true. */
  async drive(isDone: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      if (await isDone()) return true;
      await this.#runTick();
      return isDone();
    });
  }

  /** Runs a tick. A process that has been killed runs none, and the caller tries again. */
  async #runTick(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !child.connected) return;
    child.send("tick");
    await waitForMessage(child);
  }

  async advance(by: string): Promise<void> {
    const body = JSON.stringify({ advance: by });
    await until(async () => (await this.#fetch("/demo/clock", { method: "POST", body })) !== null);
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /**
   * Moves the clock in steps of `step` and runs a tick after each step, until `isDone` returns
   * true.
   */
  async pass(step: string, isDone: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      if (await isDone()) return true;
      await this.advance(step);
      await this.#runTick();
      return false;
    });
  }

  async completed(): Promise<number> {
    return (await this.#api<Campaign>("/api/campaigns/1")).counts.completed;
  }

  /**
   * Lets time pass until every recipient has completed the campaign, and until the stored figures
   * agree with the recipients. The demo's clock can overtake a slow call, whose result then
   * corrects "probably sent", and the figures are counted once a minute.
   */
  async finish(): Promise<void> {
    await this.pass("5m", async () => (await this.completed()) === this.#recipients);
    await this.pass("2m", async () => {
      const { stats, outcomes } = await this.shown();
      const uncertain = [...outcomes.values()].filter((outcome) => outcome === "probablySent");
      return stats.unknown === uncertain.length;
    });
  }

  /**
   * Returns the data that an agent sees: the campaign's totals, and the outcome for each recipient,
   * by the recipient's id.
   */
  async shown(): Promise<{
    stats: CampaignAnalytics["total"]["stats"];
    outcomes: Map<string, RecipientOutcome>;
  }> {
    const { total } = await this.#api<CampaignAnalytics>("/api/campaigns/1/analytics");
    const outcomes = new Map<string, RecipientOutcome>();
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = await this.#api(`/api/campaigns/1/recipients?limit=100${after}`);
      for (const { id, outcome } of page.items) outcomes.set(String(id), outcome);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return { stats: total.stats, outcomes };
  }

  async #api<Answer>(path: string): Promise<Answer> {
    const { token } = (await this.#json("/demo/token", { role: "admin", propertyId: "p-kill" })) as {
      token: string;
    };
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`http://localhost:${this.#port}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async #json(path: string, body: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`http://localhost:${this.#port}${path}`, init)).json();
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
      const url = `http://localhost:${this.#port}${path}`;
      const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(20_000) });
      await response.arrayBuffer();
      return response.ok ? response : null;
    } catch {
      // The Worker has not started yet, or has just been killed. The caller tries again.
      return null;
    }
  }
}

/** Waits for the next message of the process. Returns false if the process ends without one. */
async function waitForMessage(child: ChildProcess): Promise<boolean> {
  const over = new AbortController();
  const hasMessage = once(child, "message", { signal: over.signal }).then(() => true);
  const hasEnded = once(child, "exit", { signal: over.signal }).then(() => false);
  try {
    return await Promise.race([hasMessage, hasEnded]);
  } finally {
    over.abort();
  }
}

/** Creates a tenant that sends through the account at a high rate. */
function buildKillTenant(credentials: Credentials): Promise<NewTenant> {
  return buildTenantSql(
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
      otherLicenses: [],
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
      provider: credentials.provider,
      credentials,
    },
    [Uint8Array.from(Buffer.from(key(), "base64"))],
  );
}

/** Returns the SQL for the tenant and for an active campaign whose recipients are all due. */
function seedSql({ sql, tenantId, senderId }: NewTenant, recipients: number): string {
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
  SELECT i, ${tenantId}, 1, ${senderId}, 'p-kill', 'owner' || i || '@example.com', 'Owner', 1, 1, '{"recipient":{},"property":{}}', 1 FROM n WHERE i <= ${recipients};
`;
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(isDone, { timeout: 120_000, intervals: [50, 100, 200] }).toBe(true);
}
