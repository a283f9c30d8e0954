/*
 * How the due recipients of one sender stand in line. A recipient's lane is a column of theirs, and the index they are
 * found by begins with sender and lane, so that a lane's oldest are read without reading past anybody.
 */

/**
 * The lanes of follow-ups; those of first touches are four further on. Of eight slots that are short, every second goes
 * to somebody of a campaign's first ten recipients, and so on: `every` so many, from `first` on, so that each slot is one
 * lane's. A lane with nobody due leaves its slots to the others.
 */
const followUpLanes = [
  { lane: 0, every: 2, first: 0 },
  { lane: 1, every: 4, first: 1 },
  { lane: 2, every: 8, first: 3 },
  { lane: 3, every: 8, first: 7 },
];
const firstTouchLanes = followUpLanes.map((one) => ({ ...one, lane: one.lane + 4 }));
export const lanes = [...followUpLanes, ...firstTouchLanes].map(({ lane }) => lane);
/** After so many slots the lanes' turns begin again. */
export const lanesRound = 8;

/** The oldest due of each lane, with their turns; no more of a lane than are asked for in all, so that a backlog isn't read. */
const oldestOf = (some: typeof followUpLanes, isFirstTouch: 0 | 1) =>
  some
    .map(
      ({ lane, every, first }) => `SELECT id, ${isFirstTouch} AS isFirstTouch,
        (${first + lanesRound} - ?6) % ${every} + ${every} * (row_number() OVER (ORDER BY due_at) - 1) AS turn
      FROM (SELECT id, due_at FROM campaign_recipients
        WHERE sender_id = ?3 AND lane = ${lane} AND due_at <= ?4 ORDER BY due_at LIMIT ?5)`,
    )
    .join(" UNION ALL ");

/**
 * The next ?5 due recipients of sender ?3 at ?4: follow-ups first, and within both kinds the lanes take their turns,
 * beginning with turn ?6 (0 to 7). Reads an index entry for each, and at most that many for each further lane with a
 * backlog. D1 joins at most five SELECTs in one UNION, hence the two.
 */
export const nextInLine = `
  SELECT id FROM (SELECT * FROM (${oldestOf(followUpLanes, 0)})
        UNION ALL SELECT * FROM (${oldestOf(firstTouchLanes, 1)}))
  ORDER BY isFirstTouch, turn LIMIT ?5`;
