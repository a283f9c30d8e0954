/**
 * What a faulty service does with one call: the status of its answer, and whether it takes the
 * email all the same.
 */
export type CallFault = { status: number; isTaken: boolean };

/**
 * Returns a function that says what happens to the next call of an account, or null if the call
 * goes well. The account's name says how the service fails: `tenth-503` on every tenth call,
 * `down-503` on every call. A service that answers 500, 502 or 504 has taken every second of these
 * emails; any other answer means that it has not.
 */
export function createCallFaults(): (name: string) => CallFault | null {
  const calls = new Map<string, number>();
  return (name) => {
    const [, how, digits] = /^(tenth|down)-(\d{3})$/.exec(name) ?? [];
    if (how === undefined) return null;
    const count = (calls.get(name) ?? 0) + 1;
    calls.set(name, count);
    const every = how === "tenth" ? 10 : 1;
    if (count % every !== 0) return null;
    const status = Number(digits);
    return { status, isTaken: [500, 502, 504].includes(status) && (count / every) % 2 === 0 };
  };
}
