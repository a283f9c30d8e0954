import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import mailgunSamples from "../providers/samples/mailgun.json";
import sendgridSamples from "../providers/samples/sendgrid.json";
import { day, minute } from "../support/time.ts";
import { type Api, createApi } from "../support/worker/api.ts";
import { insertMessage, openWebhookAccounts, type WebhookPoster } from "../support/worker/webhook-posts.ts";
import { bindings, createWorld, emptyDatabase, worldIds } from "../support/worker/world.ts";

/*
 * Tests that every sample of a service's webhook produces exactly the expected events, in every
 * form in which the service can deliver the sample.
 */

type Expected = { kind: string; isMachine: boolean; occurredAt: number; data: object };

let api: Api;
let posts: WebhookPoster;
/** A time after every event of the samples. */
const now = Date.UTC(2026, 0, 1, 20);
const recipientId = 41;

beforeEach(async () => {
  await emptyDatabase();
  await createWorld({ now: now - 30 * day });
  await bindings.DB.prepare("UPDATE campaign_recipients SET id = ?1").bind(recipientId).run();
  await insertMessage(recipientId, 2);
  api = createApi();
  api.advance(now - api.now());
  posts = await openWebhookAccounts(api);
});

/**
 * Ingests the queued jobs, in reverse order if `isReversed` is true, and returns the stored events.
 * Leaves out events that the engine ascribes to a machine because of other events nearby.
 */
async function stored(isReversed = false): Promise<Expected[]> {
  const ctx = createContext(bindings, { now: api.now });
  const jobs = api.queue.take();
  for (const job of isReversed ? jobs.toReversed() : jobs) await ingestEvents(ctx, job);
  const { results } = await bindings.DB.prepare(
    `SELECT kind, is_machine AS isMachine, occurred_at AS occurredAt, data FROM events
    WHERE tenant_id = ?1 AND coalesce(data->>'machineSign', '') NOT IN ('burst', 'speed', 'trap')`,
  )
    .bind(worldIds.tenant)
    .all<{ kind: string; isMachine: number; occurredAt: number; data: string }>();
  return sorted(
    results.map((row) => ({ ...row, isMachine: row.isMachine === 1, data: JSON.parse(row.data) as object })),
  );
}

function sorted(events: readonly Expected[]): Expected[] {
  const facts = events.map(({ kind, isMachine, occurredAt, data }) => ({
    kind,
    isMachine,
    occurredAt: Math.min(occurredAt, now),
    data,
  }));
  const keyOf = (fact: Expected) => JSON.stringify([fact.kind, fact.occurredAt, fact.data]);
  return facts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Tells whether a sample contains a time. An event without a time gets the time of the request. */
const isTimed = ({ expected }: { expected: Expected | readonly Expected[] }) =>
  [expected].flat().every(({ occurredAt }) => occurredAt !== Date.UTC(2026, 0, 1, 12));

/**
 * Returns the samples with times a minute apart. All samples are about one message at one instant,
 * so two samples of one kind would otherwise count as one event. Leaves out samples whose time is
 * not in whole seconds.
 */
function minutesApart<Sample extends { fields: { timestamp?: unknown }; expected: Expected }>(
  samples: readonly Sample[],
): Sample[] {
  return samples.flatMap((sample, index) => {
    const { timestamp } = sample.fields;
    if (typeof timestamp !== "number" || timestamp > 1e11) return [];
    const fields = { ...sample.fields, timestamp: timestamp + index * 60 };
    const occurredAt = sample.expected.occurredAt + index * minute;
    return [{ ...sample, fields, expected: { ...sample.expected, occurredAt } }];
  });
}

describe("SendGrid's sample events", () => {
  const samples = sendgridSamples.filter(isTimed);
  const apart = minutesApart(
    samples.flatMap(({ payload, expected }) => {
      const [fields, event] = [(payload as object[])[0], (expected as Expected[])[0]];
      return fields === undefined || event === undefined ? [] : [{ fields, expected: event }];
    }),
  );
  const everything: { sg_event_id?: string }[] = apart.map(({ fields }) => fields);
  const expectedOfAll = sorted(apart.map(({ expected }) => expected));

  test.each(samples)("are stored exactly as expected: $about", async ({ payload, expected }) => {
    const elements = payload as object[];
    expect((await posts.sendgrid(JSON.stringify(elements))).status).toBe(200);
    expect((await posts.sendgrid(`${JSON.stringify(elements, null, 1)}\r\n`)).status).toBe(200);
    for (const element of elements.toReversed()) await posts.sendgrid(JSON.stringify([element]));
    const withBroken = [null, ...elements, { event: [] }, "text"];
    expect((await posts.sendgrid(JSON.stringify(withBroken))).json.broken).toBe(3);
    expect(await stored()).toEqual(sorted(expected as Expected[]));
  });

  test("are the same in one batch, one by one and in reverse, each stored once", async () => {
    await posts.sendgrid(JSON.stringify(everything));
    expect(await stored()).toEqual(expectedOfAll);
    api.refuseWrites(true);
    for (const element of everything) await posts.sendgrid(JSON.stringify([element]));
    expect(await stored(true)).toEqual(expectedOfAll);
    api.refuseWrites(false);
    await posts.sendgrid(JSON.stringify(everything.toReversed()));
    expect(await stored()).toEqual(expectedOfAll);
  });

  test("that are repeated with other event ids, as in retries, are stored once", async () => {
    const renamed = (suffix: string) =>
      everything.map((element) => ({ ...element, sg_event_id: `retry-${suffix}` }));
    await posts.sendgrid(JSON.stringify(everything));
    for (const suffix of ["a", "b", "c"]) await posts.sendgrid(JSON.stringify(renamed(suffix)));
    const without = everything.map(({ sg_event_id: _, ...element }) => element);
    await posts.sendgrid(JSON.stringify(without));
    expect(await stored()).toEqual(expectedOfAll);
  });
});

describe("Mailgun's sample events", () => {
  const samples = mailgunSamples.filter(isTimed);
  const post = (sample: (typeof samples)[number], token?: string) => {
    const options = token === undefined ? {} : { token };
    if (sample.contentType !== "application/json") {
      const fields = sample.payload as Record<string, string>;
      // The field `timestamp` is both the event's time and a part of the signature.
      return posts.mailgunForm(fields, { ...options, seconds: Number(fields.timestamp) });
    }
    return posts.mailgun((sample.payload as { "event-data": unknown })["event-data"], options);
  };

  test.each(samples)("are stored exactly as expected: $about", async (sample) => {
    expect((await post(sample, "first")).status).toBe(200);
    expect((await post(sample, "first")).status).toBe(200);
    expect((await posts.mailgun(null)).status).toBe(200);
    expect((await post(sample)).status).toBe(200);
    expect(await stored()).toEqual(sorted([sample.expected as Expected]));
  });

  test("are the same in order and in reverse, each stored once", async () => {
    const apart = minutesApart(
      samples.flatMap(({ payload, expected }) => {
        const fields = "event-data" in payload ? (payload["event-data"] as object) : undefined;
        return fields === undefined ? [] : [{ fields, expected: expected as Expected }];
      }),
    );
    // A Mailgun event's id is unique within a day. All samples are from one day, so each sample
    // gets an id of its own.
    const facts = apart.map(({ fields }, index) =>
      "id" in fields ? { ...fields, id: `id-${index}` } : fields,
    );
    for (const fact of [...facts, ...facts.toReversed()]) await posts.mailgun(fact);
    expect(await stored(true)).toEqual(sorted(apart.map(({ expected }) => expected)));
  });
});
