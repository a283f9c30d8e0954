import type { EngagementKind } from "../../../shared/vocabulary.ts";
import { isScannerAddress } from "./scanner-networks.ts";

/**
 * The sign that an open or click was automated.
 * - provider: the mail service reported the open or click as automated.
 * - agent: the User-Agent of the request belongs to a program.
 * - address: the IP address of the request belongs to a known scanner.
 * - headers: a header that browsers send was missing, or a header announced a prefetch.
 * - speed: the email was opened or clicked faster than a person reads.
 * - burst: within 30 seconds of this open or click, links were followed faster than a person can.
 * - trap: the email's hidden link was followed by this click, or within 30 seconds of this open or
 *   click.
 */
export type MachineSign = "provider" | "agent" | "address" | "headers" | "speed" | "burst" | "trap";

/**
 * The parts of a request for a pixel or a link that can tell a person from a program. An absent
 * header is null.
 */
export type RequestSigns = {
  userAgent: string | null;
  acceptLanguage: string | null;
  /** The value of Sec-Purpose, Purpose or X-Moz. */
  purpose: string | null;
  /** The client's IP address. The address is checked, but not stored. */
  address: string | null;
};

/**
 * Matches the User-Agents of mail filters, link checkers and programs that fetch pages unattended.
 * Google's and Yahoo's image proxies are not listed, because these proxies load an image when a
 * person opens the email.
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

/**
 * Tells whether a User-Agent belongs to a program. Apple's privacy proxy loads every image, seen or
 * not, as a bare "Mozilla/5.0".
 */
function isMachineAgent(userAgent: string): boolean {
  const agent = userAgent.trim();
  return agent === "" || agent === "Mozilla/5.0" || scanners.test(agent);
}

/**
 * Returns the sign that a pixel was loaded automatically, or null for a person. Image proxies send
 * no Accept-Language, so the absence of Accept-Language is no sign here.
 */
export function detectMachineOpen({ userAgent, address }: RequestSigns): MachineSign | null {
  return findClientSign({ userAgent: userAgent ?? "", address });
}

/**
 * Returns the sign that a link was followed automatically, or null for a person. A browser sends
 * Accept-Language and does not prefetch links. Do Not Track and Global Privacy Control are no
 * signs, because people who click may send these headers.
 */
export function detectMachineClick(signs: RequestSigns): MachineSign | null {
  const isPrefetch = /prefetch|preview/i.test(signs.purpose ?? "");
  return detectMachineOpen(signs) ?? (isPrefetch || signs.acceptLanguage === null ? "headers" : null);
}

/**
 * Returns the sign in a mail service's own report of an open or click, or null for a person. An
 * absent User-Agent is no sign here.
 */
export function detectReportedMachine(signs: {
  isFlagged: boolean;
  userAgent: string | null;
  address: string | null;
}): MachineSign | null {
  return signs.isFlagged ? "provider" : findClientSign(signs);
}

function findClientSign({
  userAgent,
  address,
}: Pick<RequestSigns, "userAgent" | "address">): MachineSign | null {
  if (userAgent !== null && isMachineAgent(userAgent)) return "agent";
  return isScannerAddress(address) ? "address" : null;
}

/**
 * An open or click of an email, with the facts that tell people from programs. `at`: milliseconds
 * UTC.
 */
export type Engagement = {
  kind: EngagementKind;
  at: number;
  /** The followed link; null for an open. */
  url: string | null;
  /** The sign that is already recorded; null if the open or click counts as a person's. */
  sign: MachineSign | null;
};

/**
 * A reported delivery, in milliseconds UTC. `occurredAt`: the time of the delivery by the service's
 * clock. `receivedAt`: the time by our clock at which the report arrived.
 */
export type ReportedDelivery = { occurredAt: number; receivedAt: number };

/** The shortest time from delivery in which a person can open or click. */
const fastestReaderMs = 3_000;
/**
 * The counts of different links that a person can't follow within the given time. The times are
 * whole seconds, because services report times in whole seconds.
 */
const bursts = [
  { links: 2, withinMs: 1_000 },
  { links: 3, withinMs: 2_000 },
];
/**
 * The longest time that a program's scan of one email takes. An open or click at most this far from
 * a trap or burst belongs to the scan.
 */
const scanMs = 30_000;

/**
 * The time for which an open or click waits before it has any effect: twice the time of a scan. A
 * scanner's signs can arrive after the scanner's first click: some signs depend on later clicks,
 * and events pass through queues.
 */
export const engagementSettlingMs = 2 * scanMs;

/**
 * Returns the opens and clicks of one email that were counted as a person's but turn out to be
 * automated. All opens and clicks are judged together, in any order. Later opens and clicks never
 * turn an automated open or click into a person's.
 * @param delivery the earliest reported delivery, or null if no delivery is reported
 */
export function findMachineEngagements<One extends Engagement>(
  engagements: readonly One[],
  delivery: ReportedDelivery | null,
): { engagement: One; sign: MachineSign }[] {
  const trapped = engagements.filter(({ sign }) => sign === "trap").map(({ at }) => at);
  const burst = findBurstTimes(engagements);
  const signOf = ({ at }: One): MachineSign | null => {
    const isPartOf = (scan: number) => Math.abs(scan - at) <= scanMs;
    if (trapped.some(isPartOf)) return "trap";
    if (burst.some(isPartOf)) return "burst";
    return delivery !== null && isTooFast(at, delivery) ? "speed" : null;
  };
  return engagements.flatMap((engagement) => {
    const sign = engagement.sign === null ? signOf(engagement) : null;
    return sign === null ? [] : [{ engagement, sign }];
  });
}

/**
 * Tells whether an open or click came sooner after the delivery than a person reads. Returns false
 * if the service's clock may be wrong. The clock may be wrong if the open or click came before the
 * delivery, or if the report arrived no later than the delivery.
 */
function isTooFast(at: number, { occurredAt, receivedAt }: ReportedDelivery): boolean {
  return occurredAt < receivedAt && at >= occurredAt && at - occurredAt < fastestReaderMs;
}

/** Returns the time of each click with which a burst begins. */
function findBurstTimes(engagements: readonly Engagement[]): number[] {
  const clicks = engagements
    .filter(({ kind, url }) => kind === "clicked" && url !== null)
    .toSorted((a, b) => a.at - b.at);
  return clicks.filter((first, index) => isBurst(clicks.slice(index), first.at)).map(({ at }) => at);
}

/**
 * Tells whether a burst starts at `startedAt`.
 * @param clicks the clicks from `startedAt` on, the oldest first
 */
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
