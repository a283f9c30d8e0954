import ipaddr from "ipaddr.js";
import { z } from "zod";
import { parseUrl } from "../mail/url.ts";

/** The time for one question to the DNS. */
const lookupTimeoutMs = 3_000;
const dnsOverHttps = "https://cloudflare-dns.com/dns-query";
const dnsAnswer = z.object({ Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]) });
/** The numbers of the DNS record types of IPv4 and IPv6 addresses. */
const recordTypes = { A: 1, AAAA: 28 } as const;

const privateNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)\.?$/;

/**
 * Returns the fault of a webhook's URL as far as the text alone shows it; null if there is none.
 * @param allowsPrivate true in development, where the receiver is on the same machine
 */
export function findUrlFault(text: string, allowsPrivate: boolean): string | null {
  const url = parseUrl(text);
  if (url === null) return "must be a URL such as https://crm.example.com/doorknock";
  if (url.username !== "" || url.password !== "") return "must have no user name and no password";
  if (url.hash !== "") return "must have no part after #";
  if (allowsPrivate) return /^https?:$/.test(url.protocol) ? null : "must begin with https://";
  if (url.protocol !== "https:") return "must begin with https://";
  if (url.port !== "") return "must use the port 443";
  const isName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/.test(url.hostname);
  return isName && !privateNames.test(url.hostname) ? null : "must have the name of a public server";
}

export function isPublicAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === "unicast";
}

/**
 * Asks the DNS for the addresses of a webhook's host. Returns the fault if one of the addresses is
 * private or if there is none; null if all are public. A DNS that does not answer is no fault,
 * because Cloudflare's network itself reaches no private address.
 */
export async function findHostFault(url: string, allowsPrivate: boolean): Promise<string | null> {
  if (allowsPrivate) return null;
  const { hostname } = new URL(url);
  const found = await Promise.all([lookUp(hostname, "A"), lookUp(hostname, "AAAA")]);
  const addresses = found.flatMap((list) => list ?? []);
  if (!addresses.every(isPublicAddress)) return "leads to a private address";
  return addresses.length === 0 && !found.includes(null) ? "has no address in the DNS" : null;
}

/** Returns the addresses of a name; null if the DNS does not answer. */
async function lookUp(name: string, type: keyof typeof recordTypes): Promise<string[] | null> {
  try {
    const response = await fetch(`${dnsOverHttps}?name=${encodeURIComponent(name)}&type=${type}`, {
      headers: { accept: "application/dns-json" },
      signal: AbortSignal.timeout(lookupTimeoutMs),
    });
    const body = await response.text();
    if (!response.ok) return null;
    const { Answer } = dnsAnswer.parse(JSON.parse(body));
    return Answer.filter((record) => record.type === recordTypes[type]).map(({ data }) => data);
  } catch {
    // The question timed out or got no readable answer, so nothing is known about the name.
    return null;
  }
}
