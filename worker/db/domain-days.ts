import { nextDueRecipientsSql } from "./queue-order.ts";
import type { Database } from "./scope.ts";

/**
 * A number of slots that a sender takes for one recipient domain on one day. Each slot lets one
 * email leave.
 */
export type DomainSlotRequest = { senderId: number; domain: string; day: string; count: number };

/**
 * Returns how many slots each sender has taken for each domain on the given day. Leaves out a
 * domain for which no slot was taken.
 */
export async function loadDomainSlotCounts(
  db: Database,
  wanted: readonly Omit<DomainSlotRequest, "count">[],
): Promise<{ senderId: number; domain: string; slots: number }[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT d.sender_id AS senderId, d.domain, d.slots FROM json_each(?1) j
       JOIN sender_domain_days d ON d.sender_id = j.value->>'senderId' AND d.domain = j.value->>'domain'
         AND d.day = j.value->>'day'`,
    )
    .bind(JSON.stringify(wanted))
    .all<{ senderId: number; domain: string; slots: number }>();
  return results;
}

/**
 * Takes slots for domains. Each request gets all of its slots, or no slot if the sender's daily cap
 * for the domain would be exceeded. The statement that takes the slots reads the present cap, so
 * overlapping ticks (the Worker's runs every minute) can't exceed the cap. Writes one row per
 * request, and deletes the domain's earlier days.
 * @returns the granted requests, each with the domain's number of slots on that day
 */
export async function takeDomainSlots(
  db: Database,
  requests: readonly DomainSlotRequest[],
): Promise<{ senderId: number; domain: string; slots: number }[]> {
  if (requests.length === 0) return [];
  const json = JSON.stringify(requests);
  const take = db.$client
    .prepare(
      `INSERT INTO sender_domain_days (sender_id, domain, day, slots)
       SELECT s.id, j.value->>'domain', j.value->>'day', j.value->>'count'
       FROM json_each(?1) j JOIN senders s ON s.id = j.value->>'senderId'
       WHERE j.value->>'count' <= s.domain_daily_cap
       ON CONFLICT (sender_id, domain, day) DO UPDATE SET slots = slots + excluded.slots
         WHERE slots + excluded.slots <= (SELECT s.domain_daily_cap FROM senders s WHERE s.id = sender_id)
       RETURNING sender_id AS senderId, domain, slots`,
    )
    .bind(json);
  const forget = db.$client
    .prepare(
      `DELETE FROM sender_domain_days WHERE (sender_id, domain, day) IN (
         SELECT d.sender_id, d.domain, d.day FROM json_each(?1) j JOIN sender_domain_days d
           ON d.sender_id = j.value->>'senderId' AND d.domain = j.value->>'domain' AND d.day < j.value->>'day')`,
    )
    .bind(json);
  const [taken] = await db.$client.batch<{ senderId: number; domain: string; slots: number }>([take, forget]);
  return taken?.results ?? [];
}

/** Gives back slots that were taken and not used. */
export async function returnDomainSlots(db: Database, unused: readonly DomainSlotRequest[]): Promise<void> {
  if (unused.length === 0) return;
  await db.$client
    .prepare(
      `UPDATE sender_domain_days AS d SET slots = d.slots - j.value->>'count' FROM json_each(?1) j
       WHERE d.sender_id = j.value->>'senderId' AND d.domain = j.value->>'domain' AND d.day = j.value->>'day'`,
    )
    .bind(JSON.stringify(unused))
    .run();
}

/**
 * The number of due recipients that one tick checks for each sender with a daily cap per recipient
 * domain.
 */
const sweepSize = 1000;

/**
 * Postpones unclaimed due recipients to the sender's next day if the sender has reached the daily
 * cap for the recipient's domain. Ten thousand such recipients at the head of the queue would
 * otherwise leave the sender's slots unused. Writes two rows per recipient, once a day; writes
 * nothing if no domain is full.
 */
export async function postponeDueRecipientsOfFullDomains(
  db: Database,
  senders: readonly { id: number; day: string; nextDayAt: number }[],
  now: number,
): Promise<void> {
  if (senders.length === 0) return;
  const statement = db.$client.prepare(
    `UPDATE campaign_recipients SET due_at = ?1 WHERE id IN (
       SELECT r.id FROM (${nextDueRecipientsSql}) due JOIN campaign_recipients r ON r.id = due.id
       JOIN senders s ON s.id = r.sender_id
       JOIN sender_domain_days d ON d.sender_id = s.id AND d.day = ?2
         AND d.domain = substr(r.email, instr(r.email, '@') + 1)
       WHERE d.slots >= s.domain_daily_cap AND r.lease IS NULL
     )
     AND EXISTS (SELECT 1 FROM sender_domain_days d JOIN senders s ON s.id = d.sender_id
                 WHERE d.sender_id = ?3 AND d.day = ?2 AND d.slots >= s.domain_daily_cap)`,
  );
  await db.$client.batch(
    senders.map(({ id, day, nextDayAt }) => statement.bind(nextDayAt, day, id, now, sweepSize, 0)),
  );
}
