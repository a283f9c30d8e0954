import { type Answer, type Api, addAccount } from "./api.ts";
import { createSendgridSigner, hmac } from "./webhook-signing.ts";

export const webhookAccounts = { sendgrid: 301, mailgun: 302 };
const signingKey = "a mailgun signing key";

type MailgunPost = { token?: string; key?: string; seconds?: number; contentType?: string };

/** Gives tenant 1 a SendGrid and a Mailgun account, and posts what they would: signed at the API's own time. */
export async function createWebhookPosts(api: Api) {
  const signer = await createSendgridSigner();
  await addAccount(1, webhookAccounts.sendgrid, {
    provider: "sendgrid",
    apiKey: "SG.accept.fake",
    region: "us",
    webhookPublicKey: signer.publicKey,
  });
  await addAccount(1, webhookAccounts.mailgun, {
    provider: "mailgun",
    apiKey: "key-accept",
    domain: "mg.agency.example",
    region: "us",
    webhookSigningKey: signingKey,
  });
  let posts = 0;
  const secondsNow = () => Math.floor(api.now() / 1000);
  const newToken = () => {
    posts += 1;
    return `token${posts}`.padEnd(50, "0");
  };
  const post = (path: string, raw: BodyInit, headers: Record<string, string>): Promise<Answer> =>
    api.call("POST", path, { token: null, raw, headers });
  const sign = async ({ token = newToken(), key = signingKey, seconds = secondsNow() }: MailgunPost) => ({
    timestamp: String(seconds),
    token,
    signature: await hmac(key, `${seconds}${token}`),
  });

  return {
    post,
    /** The three fields of Mailgun's signature. */
    sign,
    /** `signedBody`: what was signed in place of what is sent. */
    async sendgrid(body: string, { signedBody = body, seconds = secondsNow() } = {}): Promise<Answer> {
      return post(`/webhooks/email-status/${webhookAccounts.sendgrid}`, body, {
        "content-type": "application/json",
        "x-twilio-email-event-webhook-timestamp": String(seconds),
        "x-twilio-email-event-webhook-signature": await signer.sign(String(seconds), signedBody),
      });
    },
    async mailgun(eventData: unknown, options: MailgunPost = {}): Promise<Answer> {
      const body = JSON.stringify({ signature: await sign(options), "event-data": eventData });
      const { contentType = "application/json" } = options;
      return post(`/webhooks/email-status/${webhookAccounts.mailgun}`, body, { "content-type": contentType });
    },
    /** As before 2018: one flat form, the signature among its fields. */
    async mailgunForm(fields: Record<string, string>, options: MailgunPost = {}): Promise<Answer> {
      const body = new URLSearchParams({ ...fields, ...(await sign(options)) }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return post(`/webhooks/email-status/${webhookAccounts.mailgun}`, body, headers);
    },
  };
}
export type WebhookPosts = Awaited<ReturnType<typeof createWebhookPosts>>;
