import { createMailgunProvider } from "./mailgun/send.ts";
import { createOutboxProvider, type OutboxStore } from "./outbox.ts";
import type { ProviderEndpoints, Providers } from "./provider.ts";
import { createSendgridProvider } from "./sendgrid/send.ts";
import { smtpProvider } from "./smtp/send.ts";

/**
 * Creates one provider for every service that an account can use.
 * @param wallClock the real time in ms UTC. A service names the time of a retry by its own clock,
 *   so a clock that the demo has moved must not be used here.
 */
export function createProviders(
  endpoints: ProviderEndpoints,
  outbox: OutboxStore,
  wallClock: () => number,
): Providers {
  return {
    sendgrid: createSendgridProvider(endpoints.sendgrid, wallClock),
    mailgun: createMailgunProvider(endpoints.mailgun, wallClock),
    smtp: smtpProvider,
    outbox: createOutboxProvider(outbox),
  };
}
