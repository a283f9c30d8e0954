import { z } from "zod";
import { line, timeZone } from "./primitives.ts";
import { collisionPolicies, limits } from "./vocabulary.ts";

const core = {
  name: line(limits.nameLength),
  /** For campaigns and recipients that have none of their own. */
  timeZone,
  /** Printed in every footer; nothing is sent without it. */
  postalAddress: line(limits.postalAddressLength),
  license: line(limits.nameLength).nullable(),
  /** Printed in every footer beside name and license; null where none applies. */
  equalHousingLine: line(limits.nameLength).nullable(),
  /** Days besides the federal holidays on which nobody is written to, as YYYY-MM-DD. */
  holidays: z
    .array(z.iso.date("must be a date such as 2026-12-24"))
    .max(limits.holidays)
    .transform((days) => [...new Set(days)].toSorted()),
  /** What becomes of somebody whom, or whose property, another active campaign writes to. holdAlways: no launch may override it. */
  collisionPolicy: z.enum(collisionPolicies),
  /** At least this long between two emails to one person from different campaigns; 0 for none. */
  coolOffHours: z.number().int().min(0).max(limits.coolOffHoursMost),
};

export const tenantPatch = z
  .object(core)
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change something");
export type TenantPatch = z.input<typeof tenantPatch>;

export const tenant = z.object({
  ...core,
  license: z.string().nullable(),
  equalHousingLine: z.string().nullable(),
  holidays: z.array(z.string()),
  /** Since when nothing of the whole office leaves (POST /api/outreach/stop); null while it may. */
  stoppedAt: z.string().nullable(),
});
export type Tenant = z.infer<typeof tenant>;
