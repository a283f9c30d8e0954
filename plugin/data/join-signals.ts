/**
 * Returns a signal that aborts with the first of `signals`. `over` ends the listening, so that a
 * long-lived signal keeps nothing of a finished request. `AbortSignal.any` is too new for some of
 * the browsers that the tab supports.
 */
export function joinSignals(signals: readonly AbortSignal[], over: AbortSignal): AbortSignal {
  const joined = new AbortController();
  for (const signal of signals) {
    const abort = () => joined.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { signal: over });
  }
  return joined.signal;
}
