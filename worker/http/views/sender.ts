import type { Sender } from "../../../shared/sender.ts";
import { toSenderPace } from "../../db/sender-pace.ts";
import type { SenderRow } from "../../db/senders.ts";
import { toIsoDay } from "../../domain/schedule/schedule.ts";
import { toRatePerSecond } from "../../domain/send/interval.ts";
import { countSlotsToday, findNextFreeSlot, getEffectiveDailyCap } from "../../domain/send/pacing.ts";
import { toIso } from "./instant.ts";

export function toSenderView(row: SenderRow, now: number): Sender {
  const pace = toSenderPace(row);
  return {
    id: row.id,
    fromName: row.fromName,
    fromEmail: row.fromEmail,
    replyTo: row.replyTo,
    ratePerSecond: toRatePerSecond(row.intervalMs),
    minGapSeconds: row.minGapSeconds,
    dailyCap: row.dailyCap,
    ramp: row.ramp,
    domainDailyCap: row.domainDailyCap,
    timeZone: row.timeZone,
    phone: row.phone,
    licensedName: row.licensedName,
    licenseType: row.licenseType,
    licenseNumber: row.licenseNumber,
    licenseState: row.licenseState,
    otherLicenses: row.otherLicenses,
    isPaused: row.isPaused,
    slotsToday: countSlotsToday(pace, now),
    effectiveDailyCap: getEffectiveDailyCap(pace, toIsoDay(now, row.timeZone)),
    nextSlotAt: toIso(findNextFreeSlot(pace, now)),
  };
}
