import type { Credentials, UnsealedAccount } from "../../../worker/providers/provider.ts";
import { type Api, type ApiAnswer, addAccount } from "./api.ts";
import { computeHmac, createSendgridSigner } from "./webhook-signing.ts";
import { bindings } from "./world.ts";

/** Adds a message to the database. A message is `sending` until the service has answered. */
export async function insertMessage(
  recipientId: number,
  stepNumber: number,
  status: "sending" | "sent" | "skipped" = "sent",
): Promise<void> {
  await bindings.DB.prepare(
    `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, attempts, attempt_id)
     SELECT id, ?2, tenant_id, campaign_id, ?3, ?3 <> 'skipped', iif(?3 = 'skipped', NULL, 1)
     FROM campaign_recipients WHERE id = ?1`,
  )
    .bind(recipientId, stepNumber, status)
    .run();
}

export const webhookAccountIds = { sendgrid: 301, mailgun: 302 };
const signingKey = "a mailgun signing key";

type SendgridPost = { signedBody?: string; seconds?: number };
type MailgunPost = { token?: string; key?: string; seconds?: number; contentType?: string };
/** A signed webhook post, as a service would send it. */
export type SignedPost = { account: UnsealedAccount; body: string; headers: Record<string, string> };

/**
 * Gives tenant 1 a SendGrid and a Mailgun account. Returns functions that make and deliver these
 * services' webhook posts, signed at the time of the API's clock.
 */
export async function openWebhookAccounts(api: Api) {
  const signer = await createSendgridSigner();
  const sendgrid = buildWebhookAccount({
    provider: "sendgrid",
    apiKey: "SG.accept.fake",
    region: "us",
    webhookPublicKey: signer.publicKey,
  });
  const mailgun = buildWebhookAccount({
    provider: "mailgun",
    apiKey: "key-accept",
    domain: "mg.agency.example",
    region: "us",
    webhookSigningKey: signingKey,
  });
  for (const { id, tenantId, credentials } of [sendgrid, mailgun])
    await addAccount(tenantId, id, credentials);
  let made = 0;
  const secondsNow = () => Math.floor(api.now() / 1000);
  const newToken = () => {
    made += 1;
    return `token${made}`.padEnd(50, "0");
  };
  const post = (path: string, raw: BodyInit, headers: Record<string, string>): Promise<ApiAnswer> =>
    api.call("POST", path, { token: null, raw, headers });
  const deliver = ({ account, body, headers }: SignedPost) =>
    post(`/webhooks/email-status/${account.id}`, body, headers);
  const sign = async ({ token = newToken(), key = signingKey, seconds = secondsNow() }: MailgunPost) => ({
    timestamp: String(seconds),
    token,
    signature: await computeHmac(key, `${seconds}${token}`),
  });
  const make = {
    /**
     * Makes a SendGrid post. `signedBody` is the body for which the signature is made; by default
     * the sent body.
     */
    async sendgrid(
      body: string,
      { signedBody = body, seconds = secondsNow() }: SendgridPost = {},
    ): Promise<SignedPost> {
      const headers = {
        "content-type": "application/json",
        "x-twilio-email-event-webhook-timestamp": String(seconds),
        "x-twilio-email-event-webhook-signature": await signer.sign(String(seconds), signedBody),
      };
      return { account: sendgrid, body, headers };
    },
    async mailgun(eventData: unknown, options: MailgunPost = {}): Promise<SignedPost> {
      const body = JSON.stringify({ signature: await sign(options), "event-data": eventData });
      const { contentType = "application/json" } = options;
      return { account: mailgun, body, headers: { "content-type": contentType } };
    },
    /**
     * Makes a Mailgun post in the form used before 2018: flat fields, including the fields of the
     * signature.
     */
    async mailgunForm(fields: Record<string, string>, options: MailgunPost = {}): Promise<SignedPost> {
      const body = new URLSearchParams({ ...fields, ...(await sign(options)) }).toString();
      return { account: mailgun, body, headers: { "content-type": "application/x-www-form-urlencoded" } };
    },
  };
  return {
    post,
    /** Returns the three fields of Mailgun's signature. */
    sign,
    make,
    deliver,
    sendgrid: async (...of: Parameters<typeof make.sendgrid>) => deliver(await make.sendgrid(...of)),
    mailgun: async (...of: Parameters<typeof make.mailgun>) => deliver(await make.mailgun(...of)),
    mailgunForm: async (...of: Parameters<typeof make.mailgunForm>) => deliver(await make.mailgunForm(...of)),
  };
}
export type WebhookPoster = Awaited<ReturnType<typeof openWebhookAccounts>>;

function buildWebhookAccount(credentials: Credentials): UnsealedAccount {
  const id = credentials.provider === "sendgrid" ? webhookAccountIds.sendgrid : webhookAccountIds.mailgun;
  return { id, tenantId: 1, provider: credentials.provider, credentials };
}
