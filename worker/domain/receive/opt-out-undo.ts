import { minuteMs } from "../../../shared/time-lengths.ts";

/** For how long a person may take back an opt-out by an unsubscribe link. */
export const optOutUndoMs = minuteMs;

/** Returns how long an opt-out may still be taken back, in milliseconds; 0 if it may not. */
export function getUndoTimeLeft(optedOutAt: number | null, now: number): number {
  return optedOutAt === null ? 0 : Math.max(0, optedOutAt + optOutUndoMs - now);
}

/**
 * Returns an address with its first character and its domain, so that its owner knows it and a
 * stranger who was forwarded the email does not learn it.
 */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf("@");
  return `${[...email.slice(0, at)][0] ?? ""}•••${email.slice(at)}`;
}
