import { getDomain } from "tldts";
import type { DomainVolume } from "../../../shared/domain-volume.ts";
import { limits } from "../../../shared/limits.ts";
import { toIsoDay } from "../schedule/schedule.ts";

/** How many of a sender's emails have got a slot (a planned sending time) on the day `capDay`. */
export type SenderDaySlots = { fromEmail: string; timeZone: string; capDay: string; slotsToday: number };

/**
 * Returns the domain that an organization registered: "acme.com" for "mail.acme.com". The Public
 * Suffix List says at which label a registered name begins; mailbox providers read addresses in the
 * same way.
 */
export function findOrganizationalDomain(address: string): string {
  const host = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  return getDomain(host, { allowPrivateDomains: true, extractHostname: false }) ?? host;
}

/**
 * Adds up today's emails by organizational domain, the largest first. A sender whose last email was
 * on an earlier day adds no emails.
 */
export function sumDomainVolumes(senders: readonly SenderDaySlots[], now: number): DomainVolume[] {
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
