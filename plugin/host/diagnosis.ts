import { adviseHost, type HostErrorCode } from "./host-errors.ts";
import { findBlock } from "./reach.ts";
import { listTokenFaults } from "./token-faults.ts";

/** The faults of the host of which the console tells without more checks. */
const hostFaults: readonly HostErrorCode[] = [
  "tokenTimedOut",
  "tokenFailed",
  "tokenUnusable",
  "recordAsAttribute",
  "noAddress",
  "noName",
  "otherProperty",
];

/** The element that has failed. `propertyId` is null on the agent's home page. */
type FailedElement = {
  propertyId: string | null;
  api: string;
  loader: string;
  /** True after an answer of the API: then no setting of the host keeps the page from the API. */
  hasAnswered: boolean;
  getToken: () => Promise<string>;
  /** Called if a setting of the host keeps the page from the API. */
  onBlocked: (code: "blockedByPolicy" | "originNotAllowed") => void;
};

/**
 * Finds out whether the host's page is the reason of a failure, and tells the host's developer in
 * the console.
 */
export async function diagnose(code: HostErrorCode, element: FailedElement): Promise<void> {
  const { propertyId, api, loader } = element;
  if (hostFaults.includes(code)) adviseHost(code, loader);
  if (code === "tokenRefused") {
    const token = await element.getToken().catch(() => "");
    adviseHost(code, loader, listTokenFaults(token, propertyId, Date.now()).join(" "));
  }
  if (code !== "offline" || element.hasAnswered) return;
  const block = await findBlock(api);
  if (block === null || block === "offline") return;
  adviseHost(block, loader, `The page's origin is ${location.origin}, and the API is at ${api}.`);
  element.onBlocked(block);
}
