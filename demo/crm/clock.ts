import { signal } from "@preact/signals";

/** The demo's time: what the Worker says, going on by itself between two answers. */
const ahead = signal<number | null>(null);
/** Counts the moves of the clock, so that what is on the screen can be read afresh. */
export const clockMoves = signal(0);
export const isMoving = signal(false);
export const clockFault = signal<string | null>(null);
const second = signal(0);

export function demoNow(): Date | null {
  second.value;
  return ahead.value === null ? null : new Date(Date.now() + ahead.value);
}

export async function startClock(): Promise<void> {
  setInterval(() => second.value++, 1000);
  await ask();
}

export async function advanceClock(by: string): Promise<void> {
  isMoving.value = true;
  try {
    await ask({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance: by }),
    });
    clockMoves.value++;
  } finally {
    isMoving.value = false;
  }
}

async function ask(init: RequestInit = {}): Promise<void> {
  try {
    const response = await fetch("/demo/clock", init);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { now } = (await response.json()) as { now: string };
    ahead.value = Date.parse(now) - Date.now();
    clockFault.value = null;
  } catch (error) {
    clockFault.value = `The demo's clock does not answer (${error instanceof Error ? error.message : "no network"}).`;
  }
}
