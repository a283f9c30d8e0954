/*
 * The order in which one sender's due recipients are sent to. The lane is a column of the
 * recipient. The index begins with sender and lane, so that a lane's oldest recipients are found
 * without reading others.
 */

/**
 * The lanes of follow-ups; the lanes of first touches have numbers four higher. Each lane gets one
 * slot out of `every`, beginning with slot `first`, so that each of eight slots belongs to one
 * lane. Every second slot goes to a campaign's first ten recipients. A lane without due recipients
 * leaves its slots to the others.
 */
const followUpLanes = [
  { lane: 0, every: 2, first: 0 },
  { lane: 1, every: 4, first: 1 },
  { lane: 2, every: 8, first: 3 },
  { lane: 3, every: 8, first: 7 },
];
const firstTouchLanes = followUpLanes.map((one) => ({ ...one, lane: one.lane + 4 }));
export const lanes = [...followUpLanes, ...firstTouchLanes].map(({ lane }) => lane);
/** The number of slots after which the lanes' turns begin again. */
export const turnsPerRound = 8;

/**
 * SQL: the oldest due recipients of each lane, with their turns. Reads at most ?5 of each lane, so
 * that a backlog is not read.
 */
const oldestPerLaneSql = (some: typeof followUpLanes, isFirstTouch: 0 | 1) =>
  some
    .map(
      ({ lane, every, first }) => `SELECT id, ${isFirstTouch} AS isFirstTouch,
        (${first + turnsPerRound} - ?6) % ${every} + ${every} * (row_number() OVER (ORDER BY due_at) - 1) AS turn
      FROM (SELECT id, due_at FROM campaign_recipients
        WHERE sender_id = ?3 AND lane = ${lane} AND due_at <= ?4 ORDER BY due_at LIMIT ?5)`,
    )
    .join(" UNION ALL ");

/**
 * SQL: the next ?5 due recipients of sender ?3 at ?4, follow-ups before first touches, the lanes
 * taking turns from turn ?6 (0 to 7). Reads one index entry per recipient, and at most ?5 more per
 * further lane. D1 allows five SELECTs in one UNION, hence two nested ones.
 */
export const nextDueRecipientsSql = `
  SELECT id FROM (SELECT * FROM (${oldestPerLaneSql(followUpLanes, 0)})
        UNION ALL SELECT * FROM (${oldestPerLaneSql(firstTouchLanes, 1)}))
  ORDER BY isFirstTouch, turn LIMIT ?5`;
