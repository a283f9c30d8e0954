/*
 * Puts one sender's due recipients in the order of sending. A lane is a part of a sender's queue.
 * The column `lane` of a recipient names the lane. The index of due recipients begins with sender
 * and lane, so a lane's oldest recipients are found without reading other recipients.
 */

/**
 * The lanes of follow-ups. First emails (first touches) have lanes of their own, whose numbers are
 * four higher. A lane's turns are `first`, `first + every`, `first + 2 * every` and so on. Lane 0,
 * with the first ten recipients of each campaign, gets every second turn. Lanes 1 to 3 hold the
 * recipients up to number 100, up to 1000, and beyond. A lane without due recipients leaves its
 * turns to the other lanes.
 */
const followUpLanes = [
  { lane: 0, every: 2, first: 0 },
  { lane: 1, every: 4, first: 1 },
  { lane: 2, every: 8, first: 3 },
  { lane: 3, every: 8, first: 7 },
];
const firstTouchLanes = followUpLanes.map((one) => ({ ...one, lane: one.lane + 4 }));
export const queueLaneNumbers = [...followUpLanes, ...firstTouchLanes].map(({ lane }) => lane);
/** The number of turns in one round. */
export const laneTurnsPerRound = 8;

/**
 * SQL: the oldest due recipients of each lane, with their turns. Reads at most ?5 recipients of
 * each lane, so that a backlog is not read.
 */
const oldestPerLaneSql = (some: typeof followUpLanes, isFirstTouch: 0 | 1) =>
  some
    .map(
      ({ lane, every, first }) => `SELECT id, ${isFirstTouch} AS isFirstTouch,
        (${first + laneTurnsPerRound} - ?6) % ${every} + ${every} * (row_number() OVER (ORDER BY due_at) - 1) AS turn
      FROM (SELECT id, due_at FROM campaign_recipients
        WHERE sender_id = ?3 AND lane = ${lane} AND due_at <= ?4 ORDER BY due_at LIMIT ?5)`,
    )
    .join(" UNION ALL ");

/**
 * SQL: the next ?5 due recipients of sender ?3 at ?4, follow-ups before first emails. The lanes
 * take turns, from turn ?6 (0 to 7) on. Reads at most ?5 index entries for each lane. D1 allows
 * five SELECTs in one UNION, hence the two nested UNIONs.
 */
export const nextDueRecipientsSql = `
  SELECT id FROM (SELECT * FROM (${oldestPerLaneSql(followUpLanes, 0)})
        UNION ALL SELECT * FROM (${oldestPerLaneSql(firstTouchLanes, 1)}))
  ORDER BY isFirstTouch, turn LIMIT ?5`;
