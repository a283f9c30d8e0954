import type { ProviderName } from "../../shared/vocabulary.ts";
import type { Credentials } from "../../worker/providers/provider.ts";
import { type Certificates, createCertificates } from "../support/node/certificates.ts";
import type { RequestLedger } from "../support/node/ledger.ts";
import { startFakeMailgun } from "../support/node/mailgun-server.ts";
import { startFakeSendgrid } from "../support/node/sendgrid-server.ts";
import type { RunningServer } from "../support/node/serve.ts";
import { startSmtpServers } from "../support/node/smtp-servers.ts";
import { startSlowProxy } from "./slow-link.ts";

export type ProviderWithStandIn = Exclude<ProviderName, "outbox">;

/**
 * A stand-in for a mail service. The stand-in keeps running while the Worker is killed, and logs
 * the emails that it receives.
 */
export type StandInMailService = {
  credentials: Credentials;
  /** The settings that make the Worker call the stand-in. */
  settings: Record<string, string>;
  /** The certificate of the authority that signed the mail server's certificate (PEM). */
  certificateAuthority: string;
  /** The recipient ids of the emails that the service has received, in order. */
  arrived: string[];
  /** Resolves as soon as the service has received `count` emails. */
  waitForArrivals: (count: number) => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Starts the stand-in for a service, which checks each request as strictly as the real service
 * does. The stand-in for Mailgun also answers questions about received emails. The connection is
 * slow, so that a kill can lose an email on the way.
 * @param sendgridName the name of the account in sendgrid-server.ts, which decides the answers of
 * SendGrid's stand-in
 */
export async function startStandInMailService(
  provider: ProviderWithStandIn,
  random: () => number,
  sendgridName = "accept",
): Promise<StandInMailService> {
  const arrived: string[] = [];
  let waiting: { count: number; resolve: () => void } | null = null;
  const waitForArrivals = (count: number) =>
    new Promise<void>((resolve) => {
      if (arrived.length >= count) resolve();
      else waiting = { count, resolve };
    });
  const ledger = {
    record: (service: string, entryKey: string) => {
      if (service !== provider) return;
      arrived.push(/^(?:owner)?(\d+)/.exec(entryKey)?.[1] ?? entryKey);
      if (waiting !== null && arrived.length >= waiting.count) waiting.resolve();
    },
  };
  const certificates = await createCertificates();
  const behind = await startStandIn(provider, certificates, ledger);
  const link = await startSlowProxy(behind.port, random);
  return {
    ...describeAccount(provider, link, sendgridName),
    arrived,
    waitForArrivals,
    certificateAuthority: certificates.authority,
    stop: async () => {
      await link.stop();
      await behind.stop();
    },
  };
}

async function startStandIn(
  provider: ProviderWithStandIn,
  certificates: Certificates,
  ledger: RequestLedger,
): Promise<Pick<RunningServer, "port" | "stop">> {
  switch (provider) {
    case "sendgrid":
      return await startFakeSendgrid(ledger);
    case "mailgun":
      return await startFakeMailgun(ledger);
    case "smtp": {
      const { ports, stop } = await startSmtpServers(certificates, ledger);
      return { port: ports.starttls, stop };
    }
  }
}

function describeAccount(
  provider: ProviderWithStandIn,
  { url, port }: RunningServer,
  sendgridName: string,
): Pick<StandInMailService, "credentials" | "settings"> {
  switch (provider) {
    case "sendgrid": {
      const account = { apiKey: `SG.${sendgridName}.fake`, region: "us", webhookPublicKey: null } as const;
      return { credentials: { provider, ...account }, settings: { SENDGRID_API_BASE: url } };
    }
    case "mailgun": {
      const account = { apiKey: "key-accept", domain: "mg.agency.example", region: "us" } as const;
      const credentials = { provider, ...account, webhookSigningKey: null };
      return { credentials, settings: { MAILGUN_API_BASE: url } };
    }
    case "smtp": {
      const login = { user: "agent", password: "correct horse", webhookSecret: null };
      return { credentials: { provider, host: "localhost", port, tls: "starttls", ...login }, settings: {} };
    }
  }
}
