/** What a request for a pixel or a link tells about who made it; absent headers are null. */
export type RequestSigns = {
  userAgent: string | null;
  acceptLanguage: string | null;
  /** Sec-Purpose, Purpose or X-Moz. */
  purpose: string | null;
};

const scanners =
  /bot\b|crawl|spider|preview|scanner|barracuda|proofpoint|mimecast|safelinks|headless|phantom|python|curl\/|wget|java\/|go-http|okhttp|libwww|httpclient|axios|node-fetch/i;

/**
 * Apple's privacy proxy loads every image behind a bare "Mozilla/5.0", seen or not. Gmail's and Yahoo's proxies load
 * them when somebody looks, so those count as people.
 */
export function isMachineOpen({ userAgent }: RequestSigns): boolean {
  const agent = userAgent?.trim() ?? "";
  return agent === "" || agent === "Mozilla/5.0" || scanners.test(agent);
}

/** Mail filters follow links before anybody reads the email: a browser says its language and does not prefetch. */
export function isMachineClick(signs: RequestSigns): boolean {
  const isPrefetch = /prefetch|preview/i.test(signs.purpose ?? "");
  return isMachineOpen(signs) || isPrefetch || signs.acceptLanguage === null;
}
