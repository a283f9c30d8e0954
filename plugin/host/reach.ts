const probeMs = 10_000;
/** The browser reports a blocked request a moment after the request has failed. */
const reportMs = 100;

const isAnswered = async (url: string, mode: RequestMode): Promise<boolean> => {
  try {
    await fetch(url, { mode, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(probeMs) });
    return true;
  } catch {
    return false;
  }
};

/**
 * Finds out why the API gives the page no answer. Returns null if the API answers, and `offline` if
 * no setting of the host seems to be the reason.
 */
export async function findBlock(
  api: string,
): Promise<"blockedByPolicy" | "originNotAllowed" | "offline" | null> {
  let isBlocked = false;
  const onViolation = ({ effectiveDirective, disposition }: SecurityPolicyViolationEvent) => {
    isBlocked ||= disposition === "enforce" && effectiveDirective === "connect-src";
  };
  document.addEventListener("securitypolicyviolation", onViolation);
  const base = api.replace(/\/$/, "");
  // Every page may load the plugin's files, which the API's origin serves as well.
  const isReached = await isAnswered(`${base}/v1/build.js`, "no-cors");
  if (!isReached) await new Promise((done) => setTimeout(done, reportMs));
  document.removeEventListener("securitypolicyviolation", onViolation);
  if (isBlocked) return "blockedByPolicy";
  if (!isReached) return "offline";
  if (new URL(base).origin === location.origin) return null;
  // Without a token the API answers 401. A page of another origin can't read even that answer.
  return (await isAnswered(`${base}/api/tenant`, "cors")) ? null : "originNotAllowed";
}
