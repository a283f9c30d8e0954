import { beforeEach, expect, inject, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { interpretInboundEmail } from "../../worker/domain/receive/inbound-meaning.ts";
import { maxStoredReplyLength } from "../../worker/domain/receive/reply-text.ts";
import { getLinkSigner } from "../../worker/links.ts";
import { readInboundPost } from "../../worker/mail/inbound/form.ts";
import { parseInboundEmail } from "../../worker/mail/inbound/inbound.ts";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { createRandom } from "../support/worker/chaos/random.ts";
import { fillInSample, inboundSamples, type SampleAddresses } from "../support/worker/inbound-samples.ts";
import { mutateMime } from "../support/worker/mutate-mime.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  readRecipientState,
  worldIds,
} from "../support/worker/world.ts";

/*
 * Tests received emails with random faults. The tests parse every email, post one in five as a
 * form, and let the Worker store one in forty in D1. `FUZZ_SEED=… FUZZ_CASES=…` repeats a run, or
 * makes a bigger run.
 */

const { seed, cases } = inject("fuzz");
const now = Date.UTC(2025, 9, 6, 14);
const ctx = createContext(bindings, { now: () => now });
const reference = { tenantId: worldIds.tenant, recipientId: worldIds.firstRecipient, stepNumber: 1 };
let addresses: SampleAddresses;

beforeEach(async () => {
  await emptyDatabase();
  await createWorld({
    now,
    recipients: [
      { email: "jane.doe@example.com", propertyId: "p-1" },
      { email: "victim@example.com", propertyId: "p-2" },
    ],
  });
  const signer = await getLinkSigner(ctx);
  addresses = {
    reply: `${await signer.signMailbox({ kind: "reply", reference })}@reply.test`,
    bounce: `${await signer.signMailbox({ kind: "bounce", reference })}@reply.test`,
    unsubscribe: `${await signer.signMailbox({ kind: "unsubscribe", reference })}@reply.test`,
    messageId: await signer.signMessageId(reference, "cedarmain.example"),
  };
});

function broken(number: number) {
  const random = createRandom(seed, String(number));
  const sample = fillInSample(random.pick(inboundSamples), addresses, `fuzz${number}`);
  return { ...sample, raw: mutateMime(random, sample.raw), random };
}

test(`${cases} broken emails are read without an error, in bounded size (FUZZ_SEED=${seed})`, async () => {
  for (let number = 0; number < cases; number += 1) {
    const { raw, from } = broken(number);
    const email = await parseInboundEmail(raw, from);
    const meanings = interpretInboundEmail(email);
    const inOrder =
      email.words.length <= maxStoredReplyLength &&
      email.words.isWellFormed() &&
      !email.words.includes("\0") &&
      email.subject.length <= 500 &&
      meanings.length <= 50 &&
      meanings.every(
        (one) =>
          !("status" in one) ||
          (/^(?:[245]\.\d{1,3}\.\d{1,3})?$/.test(one.status) && one.diagnostic.length <= 500),
      );
    if (!inOrder)
      expect.fail(`seed ${seed}, case ${number}: ${JSON.stringify({ ...email, headers: 0 }).slice(0, 500)}`);
  }
}, 180_000);

test(`broken inbound forms are read or refused without an error (FUZZ_SEED=${seed})`, async () => {
  const type = "multipart/form-data; boundary=xYzZY";
  for (let number = 0; number < cases / 5; number += 1) {
    const { raw, random } = broken(number);
    const part = (name: string, value: string) =>
      `--xYzZY\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const form =
      part("envelope", '{"to":["a@example.com"],"from":"b@example.com"}') +
      part("charsets", '{"text":"windows-1252","subject":"cp850","html":"nonsense"}') +
      part(random.pick(["email", "text", "headers", "message-headers"]), String.fromCharCode(...raw)) +
      "--xYzZY--";
    const body = mutateMime(
      random,
      Uint8Array.from(form, (char) => char.charCodeAt(0) & 255),
    );
    const headers = new Headers({ "content-type": type });
    const post = await readInboundPost({
      headers,
      body,
      url: new URL("https://mail.test/webhooks/inbound/1"),
    });
    if (post !== null) expect(post.email.words.length).toBeLessThanOrEqual(maxStoredReplyLength);
  }
}, 120_000);

test(`received broken emails affect only the recipient in their token (FUZZ_SEED=${seed})`, async () => {
  for (let number = 0; number < Math.max(250, cases / 40); number += 1) {
    const { raw, from, to } = broken(number);
    await receiveEmail(ctx, { from, to, raw });
  }
  expect(await readRecipientState(worldIds.firstRecipient + 1)).toMatchObject({
    status: "active",
    stopReason: null,
  });
  const { results } = await bindings.DB.prepare("SELECT email FROM suppressions").all<{ email: string }>();
  for (const { email } of results) expect(email).toBe("jane.doe@example.com");
  const events = await bindings.DB.prepare(
    `SELECT count(*) AS stored, sum(recipient_id NOT IN (0, ?1)) AS foreign_, max(length(data)) AS longest,
       max(length(dedupe_key)) AS longestKey, sum(json_valid(data)) AS valid FROM events`,
  )
    .bind(worldIds.firstRecipient)
    .first<Record<string, number>>();
  expect(events?.stored).toBeGreaterThan(cases / 200);
  expect(events).toMatchObject({ foreign_: 0, valid: events?.stored });
  expect(events?.longest).toBeLessThan(30_000);
  expect(events?.longestKey).toBeLessThan(300);
}, 120_000);
