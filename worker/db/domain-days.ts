import { nextInLine } from "./queue-order.ts";
import type { Database } from "./scope.ts";

/** So many slots of a sender's day for one recipient domain. */
export type DomainClaim = { senderId: number; domain: string; day: string; count: number };

/** How many slots each domain has had on that day; a domain that is not in the answer has had none. */
export async function domainSlots(
  db: Database,
  wanted: readonly Omit<DomainClaim, "count">[],
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
 * Takes slots from domains, each claim whole or not at all: an overlapping tick may have been first. One atomic
 * statement that looks at the cap as it is now. Writes one row per claim, and takes the domain's earlier days away.
 * @returns the claims that took, each with where its domain stands after it
 */
export async function takeDomainSlots(
  db: Database,
  claims: readonly DomainClaim[],
): Promise<{ senderId: number; domain: string; slots: number }[]> {
  if (claims.length === 0) return [];
  const json = JSON.stringify(claims);
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

/** Gives back what was taken and then not used. */
export async function returnDomainSlots(db: Database, claims: readonly DomainClaim[]): Promise<void> {
  if (claims.length === 0) return;
  await db.$client
    .prepare(
      `UPDATE sender_domain_days AS d SET slots = d.slots - j.value->>'count' FROM json_each(?1) j
       WHERE d.sender_id = j.value->>'senderId' AND d.domain = j.value->>'domain' AND d.day = j.value->>'day'`,
    )
    .bind(JSON.stringify(claims))
    .run();
}

/** How many due recipients one tick looks at for each sender that has domains which are full. */
const sweepSize = 1000;

/**
 * Puts off who is due at a domain that is full for today, without claiming them: behind ten thousand of them the
 * sender's slots would go unused. Writes two rows each, once a day; nothing where no domain is full.
 */
export async function putOffFullDomains(
  db: Database,
  senders: readonly { id: number; day: string; nextDayAt: number }[],
  now: number,
): Promise<void> {
  if (senders.length === 0) return;
  const statement = db.$client.prepare(
    `UPDATE campaign_recipients SET due_at = ?1 WHERE id IN (
       SELECT r.id FROM (${nextInLine}) due JOIN campaign_recipients r ON r.id = due.id
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
