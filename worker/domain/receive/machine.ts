import type { EngagementKind } from "../../../shared/vocabulary.ts";
import { isScannerAddress } from "./scanner-networks.ts";

/**
 * What gave a machine away. provider: the mail service said so. agent: its User-Agent. address: where it came from.
 * headers: what a browser sends and it did not. speed: nobody reads so fast. burst: nobody follows so many links at once.
 * trap: it followed the link that no reader sees, or came along with who did.
 */
export type MachineSign = "provider" | "agent" | "address" | "headers" | "speed" | "burst" | "trap";

/** What a request for a pixel or a link tells about who made it; absent headers are null. */
export type RequestSigns = {
  userAgent: string | null;
  acceptLanguage: string | null;
  /** Sec-Purpose, Purpose or X-Moz. */
  purpose: string | null;
  /** Looked at and not kept. */
  address: string | null;
};

/**
 * Mail filters, link checkers, and programs that fetch pages without anybody looking, by the names they give themselves.
 * Google's and Yahoo's image proxies are not among them: they load an image when somebody looks.
 * @see https://github.com/monperrus/crawler-user-agents
 */
const scanners = new RegExp(
  [
    /bot\b|crawl|spider|preview|scanner|\bscan\b|headless|phantom|puppeteer|playwright|selenium/,
    /barracuda|proofpoint|mimecast|safelinks|bitdefender|symantec|trendmicro|trend micro|ironport|fortinet|sophos|checkpoint/,
    /python|curl\/|wget|java\/|go-http|okhttp|libwww|httpclient|axios|node-fetch|undici|guzzle|ruby|perl/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "i",
);

/** Apple's privacy proxy loads every image behind a bare "Mozilla/5.0", seen or not. */
function isMachineAgent(userAgent: string): boolean {
  const agent = userAgent.trim();
  return agent === "" || agent === "Mozilla/5.0" || scanners.test(agent);
}

/** Who loaded the pixel; null for a person. Image proxies say no language, so that tells nothing here. */
export function machineOpenSign({ userAgent, address }: RequestSigns): MachineSign | null {
  return senderSign({ userAgent: userAgent ?? "", address });
}

/**
 * Who followed a link; null for a person. A browser says its language and does not prefetch. What it says about being
 * tracked (Do Not Track, Global Privacy Control) is no sign of a machine: who clicks has clicked.
 */
export function machineClickSign(signs: RequestSigns): MachineSign | null {
  const isPrefetch = /prefetch|preview/i.test(signs.purpose ?? "");
  return machineOpenSign(signs) ?? (isPrefetch || signs.acceptLanguage === null ? "headers" : null);
}

/** What a mail service tells of who opened or clicked; a User-Agent it leaves out says nothing. */
export function reportedSign(signs: {
  isFlagged: boolean;
  userAgent: string | null;
  address: string | null;
}): MachineSign | null {
  return signs.isFlagged ? "provider" : senderSign(signs);
}

function senderSign({ userAgent, address }: Pick<RequestSigns, "userAgent" | "address">): MachineSign | null {
  if (userAgent !== null && isMachineAgent(userAgent)) return "agent";
  return isScannerAddress(address) ? "address" : null;
}

/** One open or click of one email, as far as it tells people from machines. `at`: milliseconds UTC. */
export type Engagement = {
  kind: EngagementKind;
  at: number;
  /** Null for an open. */
  url: string | null;
  /** Null where it was taken for a person's. */
  sign: MachineSign | null;
};

/** After delivery: to show up, be noticed, opened and read takes longer. Filters often look before they let an email through. */
const fastestReaderMs = 3_000;
/** No hand follows so many different links in so short a time. Services give whole seconds. */
const bursts = [
  { links: 2, withinMs: 1_000 },
  { links: 3, withinMs: 2_000 },
];
/** Who scans an email does it in one go; what happens to it within this time of a trap or a burst is part of that. */
const scanMs = 30_000;

/**
 * How long an open or a click waits before anything follows from it. What gives a scanner away comes after its first click,
 * and through queues: twice the time a scan may take.
 */
export const settlingMs = 2 * scanMs;

/**
 * Those of one email's opens and clicks that were taken for a person's and turn out to be a machine's, in the light of all.
 * The order does not matter, and more evidence never makes a person's of a machine's.
 * @param deliveredAt milliseconds UTC; null where it is not known
 */
export function unmasked<One extends Engagement>(
  engagements: readonly One[],
  deliveredAt: number | null,
): { engagement: One; sign: MachineSign }[] {
  const trapped = engagements.filter(({ sign }) => sign === "trap").map(({ at }) => at);
  const burst = burstsIn(engagements);
  const signOf = ({ at }: One): MachineSign | null => {
    const isPartOf = (scan: number) => Math.abs(scan - at) <= scanMs;
    if (trapped.some(isPartOf)) return "trap";
    if (burst.some(isPartOf)) return "burst";
    return deliveredAt !== null && at - deliveredAt < fastestReaderMs ? "speed" : null;
  };
  return engagements.flatMap((engagement) => {
    const sign = engagement.sign === null ? signOf(engagement) : null;
    return sign === null ? [] : [{ engagement, sign }];
  });
}

/** When each click was made that is part of a burst. */
function burstsIn(engagements: readonly Engagement[]): number[] {
  const clicks = engagements
    .filter(({ kind, url }) => kind === "clicked" && url !== null)
    .toSorted((a, b) => a.at - b.at);
  return clicks.filter((first, index) => isBurst(clicks.slice(index), first.at)).map(({ at }) => at);
}

/** `clicks`: oldest first, from `startedAt` on. */
function isBurst(clicks: readonly Engagement[], startedAt: number): boolean {
  const links = new Set<string | null>();
  for (const { at, url } of clicks) {
    links.add(url);
    const tookMs = at - startedAt;
    if (bursts.some((burst) => links.size >= burst.links && tookMs <= burst.withinMs)) return true;
    if (bursts.every(({ withinMs }) => tookMs > withinMs)) return false;
  }
  return false;
}
