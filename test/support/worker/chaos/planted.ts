import type { Provider } from "../../../../worker/providers/provider.ts";
import type { InvariantName } from "./invariants.ts";
import type { ChaosOptions } from "./run.ts";
import { allDayWindow } from "./scenario.ts";

/*
 * The name of each invariant, and the bugs that the invariant must catch. A tick is the Worker's
 * run every minute, a slot is the planned moment of an email, and a claim reserves a recipient.
 *
 *   sentOnce         a call is made twice; an email with an unknown outcome is sent again
 *   nothingMissing   a message that was not sent is recorded as sent
 *   stopsHold        the last check before a call ignores stops, or ignores a stop of all sending
 *   insideWindow     the engine ignores the sending hours
 *   underDailyCap    the daily cap is one too high; two ticks may use the same slots
 *   underDomainCap   the daily cap for a domain is one too high
 *   underRate        a sender is four times as fast; a sender does not record its calls
 *   cooledOff        the engine ignores the least time between two emails to one person
 *   snoozesHold      a snooze is recorded, but the engine ignores it
 *   staysTheSame     the sender of a recipient changes
 *   tasksHold        an expired task is not closed, but the next step is sent
 *   figuresAgree     a message is stored under another campaign
 *   nobodyStuck      a claim for sending never ends
 */

/** A bug that a test puts into a run, to show that an invariant catches the bug. */
export type PlantedBug = {
  what: string;
  breaks: InvariantName;
  /**
   * The seed whose run caught the bug last time. The test tries this seed first, and then other
   * seeds. Without `caughtBy`, the test starts with seed 1.
   */
  caughtBy?: number;
  plant: Omit<ChaosOptions, "seed" | "recipients">;
};

const rewriting = (find: RegExp, put: string) => ({ rewrite: (sql: string) => sql.replaceAll(find, put) });
const calling = (send: (provider: Provider) => Provider["send"]) => ({
  provider: (provider: Provider): Provider => ({ ...provider, send: send(provider) }),
});

export const plantedBugs: readonly PlantedBug[] = [
  {
    what: "a call that is made a second time",
    breaks: "sentOnce",
    plant: calling((provider) => async (...email) => {
      await provider.send(...email);
      return provider.send(...email);
    }),
  },
  {
    what: "an unknown outcome that is sent again blindly",
    breaks: "sentOnce",
    plant: {
      ...rewriting(/iif\(c\.unknown_policy.*?AS unknownPolicy/g, "'resend' AS unknownPolicy"),
      callRate: 0.7,
    },
  },
  {
    what: "an email that is recorded as sent but was not sent",
    breaks: "nothingMissing",
    plant: calling((provider) => async (email, account, timeoutMs) => {
      if (email.reference.recipientId % 5 > 0) return provider.send(email, account, timeoutMs);
      return { kind: "accepted", providerMessageId: null };
    }),
  },
  {
    what: "a call to a recipient who was stopped",
    breaks: "stopsHold",
    plant: {
      ...rewriting(
        /WHERE r\.lease = [^\n]*\n\s*AND r\.status = 'active' AND c\.status = 'active'/g,
        "WHERE 1",
      ),
      stopRate: 0.3,
    },
  },
  {
    what: "a send window that is ignored",
    breaks: "insideWindow",
    plant: rewriting(/c\.send_window AS sendWindow/g, "NULL AS sendWindow"),
  },
  {
    what: "a daily cap that is one too high",
    breaks: "underDailyCap",
    plant: {
      ...rewriting(/\b([ns])\.daily_cap AS dailyCap/g, "$1.daily_cap + 1 AS dailyCap"),
      // With a small cap, nearly every run reaches the cap.
      given: { dailyCap: 2 },
    },
  },
  {
    what: "a slot clock that overlapping ticks may move at the same time",
    breaks: "underDailyCap",
    caughtBy: 2,
    plant: {
      ...rewriting(
        /AND next_slot_at = \?5 AND cap_day = \?6 AND slots_today = \?7/g,
        "AND ?5 + ?6 + ?7 >= 0",
      ),
      overlapRate: 0.8,
      given: { dailyCap: 2, domainDailyCap: null, intervalMs: 200, sendWindow: allDayWindow },
    },
  },
  {
    what: "a sender that is four times as fast",
    breaks: "underRate",
    caughtBy: 2,
    plant: rewriting(/(\w\.interval_ms) AS intervalMs/g, "$1 / 4 AS intervalMs"),
  },
  {
    what: "a cool-off that is ignored",
    breaks: "cooledOff",
    caughtBy: 4,
    plant: rewriting(/t\.cool_off_hours/g, "0"),
  },
  {
    what: "departures that are not recorded",
    breaks: "underRate",
    caughtBy: 7,
    plant: {
      ...rewriting(/SET next_departure_at =/g, "SET next_departure_at = 0 *"),
      given: { intervalMs: 20_000, sendWindow: allDayWindow },
    },
  },
  {
    what: "a cap for a domain that is one too high",
    breaks: "underDomainCap",
    plant: {
      ...rewriting(/\b([ns])\.domain_daily_cap\b/g, "($1.domain_daily_cap + 1)"),
      given: { domainDailyCap: 1, sendWindow: allDayWindow },
    },
  },
  {
    what: "a panic stop that is ignored",
    breaks: "stopsHold",
    plant: {
      rewrite: (sql: string) =>
        sql
          .replaceAll("AND t.stopped_at IS NULL", "")
          .replaceAll("t.stopped_at IS NOT NULL AS isTenantStopped", "0 AS isTenantStopped"),
      panicRate: 0.3,
      given: { intervalMs: 20_000, sendWindow: allDayWindow },
    },
  },
  {
    what: "a snooze that is recorded but ignored",
    breaks: "snoozesHold",
    caughtBy: 5,
    plant: {
      rewrite: (sql: string) =>
        sql
          .replaceAll("r.snoozed_until AS snoozedUntil", "NULL AS snoozedUntil")
          .replaceAll("scheduled_at = j.until", "scheduled_at = ?4")
          .replaceAll("THEN j.until END", "THEN ?4 END"),
      meddleRate: 1,
      given: { sendWindow: allDayWindow },
    },
  },
  {
    what: "recipients who change senders",
    breaks: "staysTheSame",
    plant: rewriting(
      /r\.sender_id AS senderId/g,
      "r.sender_id + (r.next_step = 2 AND r.sender_id = 11) AS senderId",
    ),
  },
  {
    what: "a task that has expired but is not closed",
    breaks: "tasksHold",
    plant: rewriting(/SET outcome = 'expired', closed_at = [^\n]*/g, "SET closed_at = k.closed_at"),
  },
  {
    what: "a message that is stored under another campaign",
    breaks: "figuresAgree",
    plant: rewriting(/r\.campaign_id, 'sending'/g, "0, 'sending'"),
  },
  {
    what: "a claim that never ends",
    breaks: "nobodyStuck",
    plant: rewriting(/SET due_at = \?1, lease = \?2/g, "SET due_at = ?1 + 9000000000000, lease = ?2"),
  },
];
