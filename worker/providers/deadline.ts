export const timedOut = Symbol("timedOut");

/**
 * Returns the result of `work`, or `timedOut` after `timeoutMs`. The libraries' own timeouts are
 * not enough: a body that never ends, or an error thrown outside the awaited code, leaves their
 * promises pending forever.
 */
export async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T | typeof timedOut> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const alarm = new Promise<typeof timedOut>((resolve) => {
    timer = setTimeout(() => resolve(timedOut), timeoutMs);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}
