import type { Bindings } from "../../worker/env.ts";

/**
 * The product's bindings, and the values that the CRM's backend needs to sign tokens and events.
 */
export type DemoBindings = Bindings & {
  ASSETS: Fetcher;
  DEMO_TENANT_ID: string;
  DEMO_KEY_ID: string;
  DEMO_ISSUER: string;
  DEMO_SIGNING_SECRET: string;
  DEMO_ACCOUNT_ID: string;
  DEMO_WEBHOOK_SECRET: string;
};
