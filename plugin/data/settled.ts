/**
 * Waits for `ms` milliseconds, so that only the agent's last choice causes a request. A new choice
 * aborts `signal`, and the promise is then rejected.
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
