/** Rows per email at each stage of its life, as D1 counts them. */
export type LifecycleCost = {
  claimed: { written: number; read: number };
  sent: { written: number; read: number };
  cameBack: { written: number; read: number };
  total: { written: number; read: number };
};
