import { z } from "zod";

/**
 * What registering our webhook at an account's service has done. notNeeded: an SMTP server has none, and whoever runs it
 * posts to `webhookUrl`. `change` full: three others are registered there already; take one away first.
 */
export const providerWebhooks = z.object({
  result: z.enum(["registered", "incomplete", "notNeeded"]),
  webhookUrl: z.string(),
  webhooks: z.array(
    z.object({
      name: z.string(),
      change: z.enum(["created", "updated", "kept", "full"]),
      message: z.string(),
    }),
  ),
});
export type ProviderWebhooks = z.infer<typeof providerWebhooks>;
