import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { getLinkSigner } from "../../worker/links.ts";
import { encodeHex } from "../../worker/providers/bytes.ts";
import {
  handleInboundPost,
  type InboundResult,
  type RefusedInboundPost,
} from "../../worker/receive/inbound.ts";
import {
  type ExpectedEvent,
  fillInSample,
  type InboundSample,
  inboundSamples,
  type SampleAddresses,
} from "../support/worker/inbound-samples.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  listCapturedEmails,
  worldIds,
} from "../support/worker/world.ts";

/*
 * Lets the Worker receive each sample of test/providers/samples/inbound.json and store the events
 * in real D1.
 */

const now = Date.UTC(2025, 9, 6, 14);
const ctx = createContext(bindings, { now: () => now });
const secret = "an outbox secret for tests";
const account = {
  id: worldIds.account,
  tenantId: worldIds.tenant,
  provider: "outbox",
  credentials: { provider: "outbox", webhookSecret: secret },
} as const;
let addresses: SampleAddresses;

beforeEach(async () => {
  await emptyDatabase();
  await createWorld({ now, steps: [{}, { delayDays: 3 }] });
  await bindings.DB.batch([
    bindings.DB.prepare("UPDATE campaign_recipients SET last_sent_at = ?1, next_step = 2").bind(now),
    bindings.DB.prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, sent_at, provider_account_id)
       VALUES (?1, 1, ?2, ?3, 'sent', ?4, ?5)`,
    ).bind(worldIds.firstRecipient, worldIds.tenant, worldIds.campaign, now, worldIds.account),
  ]);
  const signer = await getLinkSigner(ctx);
  const reference = { tenantId: worldIds.tenant, recipientId: worldIds.firstRecipient, stepNumber: 1 };
  addresses = {
    reply: `${await signer.signMailbox({ kind: "reply", reference })}@reply.test`,
    bounce: `${await signer.signMailbox({ kind: "bounce", reference })}@reply.test`,
    unsubscribe: `${await signer.signMailbox({ kind: "unsubscribe", reference })}@reply.test`,
    messageId: await signer.signMessageId(reference, "cedarmain.example"),
  };
});

async function post(sample: InboundSample): Promise<InboundResult | RefusedInboundPost> {
  const { raw, to, from } = fillInSample(sample, addresses, `id${inboundSamples.indexOf(sample)}`);
  const seconds = Math.floor(now / 1000);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, [
    "sign",
  ]);
  const signed = await new Blob([`${seconds}.`, raw]).arrayBuffer();
  const mac = encodeHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, signed)));
  const url = new URL(`https://mail.test/webhooks/inbound/${worldIds.account}`);
  url.searchParams.set("from", from);
  url.searchParams.set("to", to);
  const headers = new Headers({
    "content-type": "message/rfc822",
    "x-doorknock-signature": `t=${seconds},v1=${mac}`,
  });
  return handleInboundPost(ctx, account, { headers, body: raw, url });
}

type Stored = ExpectedEvent & { dedupeKey: string };

async function stored(): Promise<Stored[]> {
  const { results } = await bindings.DB.prepare(
    "SELECT recipient_id AS recipientId, step_number AS stepNumber, kind, data, dedupe_key AS dedupeKey FROM events",
  ).all<{ recipientId: number; stepNumber: number; kind: string; data: string; dedupeKey: string }>();
  return results.map(({ recipientId, stepNumber, kind, data, dedupeKey }) => ({
    ...JSON.parse(data),
    kind,
    dedupeKey,
    tied: recipientId === worldIds.firstRecipient && stepNumber === 1,
  }));
}

/**
 * Checks that there is exactly one stored event for each expected event, and no other stored event.
 */
function expectExactly(events: readonly Stored[], expected: readonly ExpectedEvent[]): void {
  const left = [...events];
  // Expected events with more fields are matched first, because an expected event with few fields
  // matches more of the stored events.
  const bySize = expected.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length);
  for (const wanted of bySize) {
    const at = left.findIndex((event) => {
      const fields = Object.entries({ email: undefined, ...wanted });
      return fields.every(([name, value]) => event[name as keyof ExpectedEvent] === value);
    });
    expect(at, `${JSON.stringify(wanted)} in ${JSON.stringify(left)}`).toBeGreaterThanOrEqual(0);
    left.splice(at, 1);
  }
  expect(left).toEqual([]);
}

describe("a sample email gives exactly its expected events, however often it is delivered:", () => {
  test.each(inboundSamples)("$name", async (sample) => {
    const { kind } = await post(sample);
    expect(kind).toBe(sample.result ?? (sample.expected.some(({ tied }) => tied) ? "recorded" : "unmatched"));
    expectExactly(await stored(), sample.expected);
    expect((await post(sample)).kind).toBe(sample.result ?? "duplicate");
    expectExactly(await stored(), sample.expected);
  });
});

test("an email that only its From connects to the owner stops nobody and is forwarded to the agent", async () => {
  const sample = inboundSamples.find(
    ({ name }) => name === "a new email by the owner, no answer to anything",
  );
  await post(sample as InboundSample);
  const { results } = await bindings.DB.prepare("SELECT DISTINCT status FROM campaign_recipients").all();
  expect(results).toEqual([{ status: "active" }]);
  const [forwarded, ...more] = await listCapturedEmails();
  expect(forwarded?.raw).toContain("What is it worth?");
  expect(more).toEqual([]);
});

describe("all sample emails together", () => {
  const everything = inboundSamples.flatMap(({ expected }) => expected);

  test.each([5, 40])(
    "give the same events in any order, each delivered twice (stride %i)",
    async (stride) => {
      const order = inboundSamples.map((_, index) => (index * stride) % inboundSamples.length);
      expect(new Set(order).size, "the stride reaches every sample").toBe(inboundSamples.length);
      for (const index of [...order, ...order.toReversed()])
        await post(inboundSamples[index] as InboundSample);
      expectExactly(await stored(), everything);
    },
  );

  test("give the same events with a broken email before each", async () => {
    for (const sample of inboundSamples) {
      const cut = sample.raw.slice(0, Math.floor(sample.raw.length / 3)).map((line) => line.slice(0, 9));
      await post({
        ...sample,
        raw: cut,
        to: "nobody@inbound.example.com",
        envelopeFrom: "nobody@elsewhere.example.com",
      });
      await post(sample);
    }
    const tied = (await stored()).filter((event) => event.tied);
    expectExactly(
      tied,
      everything.filter((event) => event.tied),
    );
  });
});
