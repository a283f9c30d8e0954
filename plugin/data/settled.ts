/**
 * Waits until `ms` have passed without a new choice. A new choice aborts the request, and the
 * promise is rejected.
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
