import { z } from "zod";

/**
 * The result of registering our webhook at an account's service. `notNeeded`: an SMTP server has no
 * webhooks, and its operator posts events to `webhookUrl`. `change` is `full` if the service
 * accepts no more webhooks; the admin must first remove another webhook.
 */
export const webhookRegistrationAnswer = z.object({
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
export type WebhookRegistrationAnswer = z.infer<typeof webhookRegistrationAnswer>;
