/**
 * The fault of one call to a faulty service: the status of the answer, and whether the service
 * accepts the email despite this status.
 */
export type CallFault = { status: number; isTaken: boolean };

/**
 * Returns a function that gets an account's name, and returns the fault of the account's next call;
 * null means no fault. For the account `tenth-503`, every tenth call fails with 503; for
 * `down-503`, every call fails. With the status 500, 502 or 504, the service accepts the email of
 * every second faulty call, otherwise of none.
 */
export function createCallFaultSource(): (name: string) => CallFault | null {
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
