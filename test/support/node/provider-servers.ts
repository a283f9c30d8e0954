/// <reference path="../worker/provider-servers.d.ts" />
import type { TestProject } from "vitest/node";
import { createCertificates } from "./certificates.ts";
import { startRequestLedger } from "./ledger.ts";
import { startFakeMailgun } from "./mailgun-server.ts";
import { startScriptedSmtpControl } from "./scripted-smtp.ts";
import { startFakeSendgrid } from "./sendgrid-server.ts";
import { startSmtpServers } from "./smtp-servers.ts";

/**
 * Starts fakes of SendGrid, Mailgun and several kinds of mail server.
 * @returns a function that stops the fakes
 */
export async function startProviderServers(project: TestProject): Promise<() => Promise<void>> {
  const ledger = await startRequestLedger();
  const certificates = await createCertificates();
  const sendgrid = await startFakeSendgrid(ledger);
  const mailgun = await startFakeMailgun(ledger);
  const smtp = await startSmtpServers(certificates, ledger);
  const scripted = await startScriptedSmtpControl(certificates);
  project.provide("providerServers", {
    certificateAuthority: certificates.authority,
    sendgrid: sendgrid.url,
    mailgun: mailgun.url,
    ledger: ledger.url,
    smtp: smtp.ports,
    scriptedSmtp: scripted.url,
  });
  return async () => {
    await Promise.all([smtp.stop(), scripted.stop(), sendgrid.stop(), mailgun.stop(), ledger.stop()]);
  };
}
