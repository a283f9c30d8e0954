import { expect, test } from "vitest";
import { LogLevel, WorkerMailer } from "worker-mailer";
import { smtpProvider } from "../../worker/providers/smtp/send.ts";
import {
  buildOutgoingEmail,
  buildSmtpAccount,
  fetchReceivedRequests,
  providerServers,
  providerTimeoutMs,
} from "../support/worker/provider-fixtures.ts";

type Mail = { raw: string; envelope: { rcptTo: { address: string; dsn: { notify: unknown } }[] } };

async function mailTo(address: string): Promise<{ headers: string; notify: unknown }> {
  const [mail] = await fetchReceivedRequests<Mail>("smtp", address);
  if (mail === undefined) throw new Error(`no mail came to ${address}`);
  const recipient = mail.envelope.rcptTo.find((each) => each.address === address);
  return { headers: mail.raw.split("\r\n\r\n")[0] ?? "", notify: recipient?.dsn.notify };
}

/**
 * Shows why the SMTP provider uses nodemailer (docs/decisions/sending.md). Delete this test when
 * worker-mailer no longer has these faults.
 */
test("worker-mailer 1.2.1 lets a subject add a header, shows Bcc and refuses bounces, unlike ours", async () => {
  const subject = "Your house on Oak Street\r\nX-Added: by the subject";
  const theirs = "ada@worker-mailer.example";
  await WorkerMailer.send(
    {
      host: "localhost",
      port: providerServers.smtp.starttls,
      startTls: true,
      credentials: { username: "worker-mailer", password: "correct horse" },
      authType: "plain",
      logLevel: LogLevel.NONE,
    },
    { from: "jo@agency.example", to: theirs, bcc: "eve@agency.example", subject, text: "Hello Ada" },
  );
  const theirMail = await mailTo(theirs);
  expect(theirMail.headers).toMatch(/^X-Added: by the subject\r?$/m);
  expect(theirMail.headers).toMatch(/^Bcc: eve@agency\.example\r?$/im);
  expect(theirMail.notify).toEqual(["NEVER"]);

  const ours = "ada@nodemailer.example";
  const email = buildOutgoingEmail(ours, { subject, headers: { Bcc: "eve@agency.example" } });
  await smtpProvider.send(email, buildSmtpAccount("starttls", "nodemailer"), providerTimeoutMs);
  const ourMail = await mailTo(ours);
  expect(ourMail.headers).not.toMatch(/^(?:X-Added|Bcc):/im);
  expect(ourMail.notify).toEqual(["FAILURE", "DELAY"]);
});
