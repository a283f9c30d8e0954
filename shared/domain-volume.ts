import { z } from "zod";

/**
 * How many emails left today from all of the office's senders of one organizational domain.
 * Mailbox providers count in the same way, over all subdomains.
 */
export const domainVolume = z.object({
  domain: z.string(),
  emailsToday: z.number().int(),
  /** The number from which mailbox providers treat a domain as a bulk sender, for good. */
  bulkLimit: z.number().int(),
  isNearLimit: z.boolean(),
});
export type DomainVolume = z.infer<typeof domainVolume>;
