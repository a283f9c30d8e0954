/** The rows that D1 counts as written and read, per email, at each stage of the email's life. */
export type LifecycleCost = {
  claimed: { written: number; read: number };
  sent: { written: number; read: number };
  cameBack: { written: number; read: number };
  total: { written: number; read: number };
};
