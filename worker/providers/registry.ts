import { createMailgunProvider } from "./mailgun/send.ts";
import { createOutboxProvider, type OutboxStore } from "./outbox.ts";
import type { ProviderEndpoints, Providers } from "./provider.ts";
import { createSendgridProvider } from "./sendgrid/send.ts";
import { smtpProvider } from "./smtp/send.ts";

/**
 * Every service we can send through.
 * @param wallClock ms UTC, the real time: what services say about when to come back is by their clocks, not by one that a
 *   demo has moved
 */
export function createProviders(
  endpoints: ProviderEndpoints,
  outbox: OutboxStore,
  wallClock: () => number = () => Date.now(),
): Providers {
  return {
    sendgrid: createSendgridProvider(endpoints.sendgrid, wallClock),
    mailgun: createMailgunProvider(endpoints.mailgun, wallClock),
    smtp: smtpProvider,
    outbox: createOutboxProvider(outbox),
  };
}
