/**
 * Waits for `ms` milliseconds, so that only the agent's last choice leads to a request. A new
 * choice aborts `signal`, which rejects the promise.
 */
export function waitForSettledChoice(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
