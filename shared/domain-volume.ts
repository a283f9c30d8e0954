import { z } from "zod";

/**
 * The emails sent today by all of the office's senders in one organizational domain. Mailbox
 * providers count in the same way, over all subdomains.
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
