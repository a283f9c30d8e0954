import type { CampaignStatus, MessageStatus, RecipientStatus } from "../../../../shared/vocabulary.ts";
import { isNotReclassifiedSql } from "../../../../worker/db/engagement.ts";
import { bindings, readAllFigures } from "../world.ts";
import { readGroupFigures } from "./end-figures.ts";

export type EndRecipient = {
  id: number;
  status: RecipientStatus;
  dueAt: number | null;
  lease: number | null;
};
export type EndMessage = { recipientId: number; stepNumber: number; status: MessageStatus };
/** One figure of one step number, summed over all campaigns. */
type StepFigureTotal = { stepNumber: number; name: string; value: number };

/** The state of the database at the end of a run. */
export type EndState = {
  campaigns: CampaignStatus[];
  recipients: EndRecipient[];
  messages: EndMessage[];
  openTasks: { recipientId: number; stepNumber: number }[];
  /**
   * The figures that the product has counted, as text. `actual` has the same figures, counted again
   * from the raw rows.
   */
  counted: string[];
  actual: string[];
};

/** Reads the state of the database after a run from `startAt` to `endAt`. */
export async function readEndState(startAt: number, endAt: number): Promise<EndState> {
  const read = async <Row>(sql: string) => (await bindings.DB.prepare(sql).all<Row>()).results;
  const campaigns = await read<{ status: CampaignStatus }>("SELECT status FROM campaigns ORDER BY id");
  const groups = await readGroupFigures(startAt, endAt);
  return {
    campaigns: campaigns.map(({ status }) => status),
    recipients: await read("SELECT id, status, due_at AS dueAt, lease FROM campaign_recipients ORDER BY id"),
    messages: await read(
      "SELECT recipient_id AS recipientId, step_number AS stepNumber, status FROM messages",
    ),
    openTasks: await read(
      "SELECT recipient_id AS recipientId, step_number AS stepNumber FROM tasks WHERE outcome IS NULL",
    ),
    counted: [...(await readStepTotals()).map(formatTotal), ...groups.counted],
    actual: [...(await recountStepTotals()).map(formatTotal), ...groups.actual],
  };
}

const formatTotal = ({ stepNumber, name, value }: StepFigureTotal) => `${stepNumber} ${name} ${value}`;

async function recountStepTotals(): Promise<StepFigureTotal[]> {
  const { results } = await bindings.DB.prepare(
    `SELECT step_number AS stepNumber, status AS name, count(*) AS value FROM messages
      WHERE status IN ('sent', 'failed', 'skipped', 'unknown') GROUP BY 1, 2
      UNION ALL
      SELECT step_number,
        CASE WHEN is_machine = 0 THEN kind WHEN kind = 'opened' THEN 'machineOpened' ELSE 'machineClicked' END,
        count(DISTINCT recipient_id)
      FROM events AS e
      WHERE ${isNotReclassifiedSql("e")} AND kind IN ('delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained', 'unsubscribed')
        AND step_number > 0 GROUP BY 1, 2
      ORDER BY 1, 2`,
  ).all<StepFigureTotal>();
  return results;
}

async function readStepTotals(): Promise<StepFigureTotal[]> {
  const byStep = Map.groupBy(await readAllFigures(), ({ stepNumber, name }) => `${stepNumber} ${name}`);
  return [...byStep.values()].flatMap((figures) => {
    const [first] = figures;
    if (first === undefined) return [];
    const value = figures.reduce((sum, figure) => sum + figure.value, 0);
    return [{ stepNumber: first.stepNumber, name: first.name, value }];
  });
}
