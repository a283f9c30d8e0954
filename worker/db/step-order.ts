/*
 * A step has begun for a recipient once its email was tried, skipped or sent, or its task was
 * opened. A step that has begun ends for the recipient, whatever becomes of the sequence.
 */

/**
 * SQL condition: a step has begun for a recipient. An email that waits for another try can still be
 * dropped, so it has not begun.
 * @param recipient SQL for the recipient's id
 * @param step SQL for the step's number
 */
export const hasBegunSql = (recipient: string, step: string) =>
  `(EXISTS (SELECT 1 FROM messages b WHERE b.recipient_id = ${recipient} AND b.step_number = ${step}
      AND b.status <> 'retrying')
    OR EXISTS (SELECT 1 FROM tasks b WHERE b.recipient_id = ${recipient} AND b.step_number = ${step}))`;

/**
 * SQL: the number of the first step of recipient `r`'s sequence that has not begun for the
 * recipient; null if no step is left. Reads the campaign's steps.
 * @param leftOut SQL for the number of a step that is left out
 */
export const nextStepSql = (leftOut: string) => `(SELECT o.step_number FROM campaign_steps o
  WHERE o.campaign_id = r.campaign_id AND o.removed_at IS NULL AND o.step_number <> ${leftOut}
    AND NOT ${hasBegunSql("r.id", "o.step_number")}
  ORDER BY o.position LIMIT 1)`;
