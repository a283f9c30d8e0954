import { signal } from "@preact/signals";

/**
 * The demo's time minus the browser's time, in milliseconds; null until the Worker has answered.
 */
const clockOffsetMs = signal<number | null>(null);
export const isAdvancingClock = signal(false);
export const clockFault = signal<string | null>(null);
const second = signal(0);

export function getDemoNow(): Date | null {
  second.value;
  return clockOffsetMs.value === null ? null : new Date(Date.now() + clockOffsetMs.value);
}

export async function startClock(): Promise<void> {
  setInterval(() => second.value++, 1000);
  await callClock();
}

export async function advanceClock(by: string): Promise<void> {
  isAdvancingClock.value = true;
  try {
    await callClock({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance: by }),
    });
  } finally {
    isAdvancingClock.value = false;
  }
}

async function callClock(init: RequestInit = {}): Promise<void> {
  try {
    const response = await fetch("/demo/clock", init);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { now } = (await response.json()) as { now: string };
    clockOffsetMs.value = Date.parse(now) - Date.now();
    clockFault.value = null;
  } catch (error) {
    clockFault.value = `The demo's clock isn't responding (${error instanceof Error ? error.message : "no network"}).`;
  }
}
