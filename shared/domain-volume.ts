import { z } from "zod";

/**
 * The number of emails that all of the office's senders in one organizational domain (example.com
 * for mail.example.com) have sent today. Mailbox providers count in the same way, over all
 * subdomains.
 */
export const domainVolume = z.object({
  domain: z.string(),
  emailsToday: z.number().int(),
  /**
   * The number of emails a day from which mailbox providers treat a domain as a bulk sender for
   * good.
   */
  bulkLimit: z.number().int(),
  isNearLimit: z.boolean(),
});
export type DomainVolume = z.infer<typeof domainVolume>;
