import type { CampaignCreate } from "../../shared/campaign.ts";

/**
 * The idempotency keys of launches. A retry of the same request gets the same key; a changed
 * request gets a new key.
 */
export type LaunchIdempotencyKeys = {
  getKey(request: CampaignCreate): string;
  /**
   * Forgets the last key. Call this function after a successful launch. The same request then
   * counts as a second launch.
   */
  forgetKey(): void;
};

export function createLaunchIdempotencyKeys(newKey: () => string = generateUuid): LaunchIdempotencyKeys {
  let last: { request: string; key: string } | null = null;
  return {
    getKey: (request) => {
      const text = JSON.stringify(request);
      if (last?.request !== text) last = { request: text, key: newKey() };
      return last.key;
    },
    forgetKey: () => {
      last = null;
    },
  };
}

/** Returns a random UUID. `crypto.randomUUID` does not exist on a host page without https. */
export function generateUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
