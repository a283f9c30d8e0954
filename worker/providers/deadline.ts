export const deadlinePassed = Symbol("deadlinePassed");

/**
 * Returns the result of `work`, or `deadlinePassed` after `timeoutMs`. The libraries' own timeouts
 * are not enough. A body that never ends, or an error outside the awaited code, leaves a library's
 * promise pending forever.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  timeoutMs: number,
): Promise<T | typeof deadlinePassed> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const alarm = new Promise<typeof deadlinePassed>((resolve) => {
    timer = setTimeout(() => resolve(deadlinePassed), timeoutMs);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}
