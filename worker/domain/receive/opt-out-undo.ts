import { minuteMs } from "../../../shared/time-lengths.ts";

/** How long after the click on an unsubscribe link a person may take back the opt-out. */
export const optOutUndoMs = minuteMs;

/**
 * Returns the time in milliseconds in which an opt-out may still be taken back; 0 if the time is
 * over.
 */
export function getOptOutUndoMsLeft(optedOutAt: number | null, now: number): number {
  return optedOutAt === null ? 0 : Math.max(0, optedOutAt + optOutUndoMs - now);
}

/**
 * Returns an address reduced to its first character and its domain. The owner recognizes the
 * address, and a stranger with a forwarded email does not learn the address.
 */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf("@");
  return `${[...email.slice(0, at)][0] ?? ""}•••${email.slice(at)}`;
}
