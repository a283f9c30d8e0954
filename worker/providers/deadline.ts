export const timedOut = Symbol("timedOut");

/**
 * What `work` comes to, or `timedOut` after `timeoutMs`. The libraries' own timeouts are not enough: an answer whose body
 * never ends, or an error that is thrown where nobody waits for it, leaves their promises pending for ever.
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
