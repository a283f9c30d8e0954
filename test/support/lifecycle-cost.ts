/**
 * The rows per email that D1 counts as written and as read, at each stage of the email's life.
 * `cameBack` counts the rows for the events about the email.
 */
export type EmailLifecycleCost = {
  claimed: { written: number; read: number };
  sent: { written: number; read: number };
  cameBack: { written: number; read: number };
  total: { written: number; read: number };
};
