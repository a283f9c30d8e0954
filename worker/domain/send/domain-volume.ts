import type { DomainVolume } from "../../../shared/domain-volume.ts";
import { limits } from "../../../shared/limits.ts";
import { toIsoDay } from "../schedule/schedule.ts";

/** A sender's slots of one day, which are counted whenever an email gets a slot. */
export type SenderDay = { fromEmail: string; timeZone: string; capDay: string; slotsToday: number };

/** The most usual endings of two labels under which organizations register their domains. */
const twoLabelEndings = new Set(
  "co.uk org.uk me.uk com.au net.au org.au co.nz com.br com.mx com.ar co.za co.jp co.in com.sg com.hk co.il com.tr com.pr".split(
    " ",
  ),
);

/** Returns the domain that an organization registered: "acme.com" for "mail.acme.com". */
export function findOrganizationalDomain(address: string): string {
  const labels = address
    .slice(address.lastIndexOf("@") + 1)
    .toLowerCase()
    .split(".");
  const length = twoLabelEndings.has(labels.slice(-2).join(".")) ? 3 : 2;
  return labels.slice(-length).join(".");
}

/**
 * Adds up today's emails by organizational domain, the largest first. A sender whose last email was
 * on an earlier day adds no emails.
 */
export function sumDomainVolumes(senders: readonly SenderDay[], now: number): DomainVolume[] {
  const sums = new Map<string, number>();
  for (const { fromEmail, timeZone, capDay, slotsToday } of senders) {
    const domain = findOrganizationalDomain(fromEmail);
    const count = capDay === toIsoDay(now, timeZone) ? slotsToday : 0;
    sums.set(domain, (sums.get(domain) ?? 0) + count);
  }
  return [...sums]
    .map(([domain, emailsToday]) => ({
      domain,
      emailsToday,
      bulkLimit: limits.bulkSenderEmails,
      isNearLimit: emailsToday >= limits.bulkSenderWarning,
    }))
    .toSorted((a, b) => b.emailsToday - a.emailsToday);
}
