/*
 * Fakes the mail services' own suppression lists, as the services' API references describe the
 * lists. The longest lists do not fit on one page. The answer for an unknown list is 404, and a
 * page after the last page is empty.
 */

const sendgridLists: Record<string, { email: string; reason: string; created: number }[]> = {
  bounces: Array.from({ length: 501 }, (_, index) => ({
    email: `Bounced${index}@example.com`,
    reason: "550 5.1.1 no such user",
    status: "5.1.1",
    created: 1_767_000_000,
  })),
  blocks: [{ email: "blocked@example.com", reason: "550 5.7.1 listed", created: 1_767_000_000 }],
  invalid_emails: [
    { email: "no address at all", reason: "Bad syntax", created: 1 },
    {
      email: " Invalid@Bücher.example",
      reason: "Mail domain mentioned in email address is unknown",
      created: 1,
    },
  ],
  spam_reports: [{ email: "spam@example.com", reason: "", created: 1_767_000_000 }],
  unsubscribes: [{ email: "out@example.com", reason: "", created: 1_767_000_000 }],
};

/** Returns a page of a SendGrid list, or null if there is no list with this path. */
export function getSendgridSuppressionPage(path: string): unknown {
  const url = new URL(path, "http://sendgrid.test");
  const list = sendgridLists[/^\/v3\/suppression\/(\w+)$/.exec(url.pathname)?.[1] ?? ""];
  const limit = Number(url.searchParams.get("limit"));
  const offset = Number(url.searchParams.get("offset"));
  if (list === undefined || !(limit >= 1 && limit <= 500) || !(offset >= 0)) return null;
  return list.slice(offset, offset + limit);
}

const mailgunLists: Record<string, { address: string; error?: string }[]> = {
  bounces: Array.from({ length: 1001 }, (_, index) => ({
    address: `bounced${String(index).padStart(4, "0")}@example.com`,
    code: "550",
    error: "No such mailbox",
    created_at: "Fri, 21 Oct 2025 11:02:55 UTC",
  })),
  complaints: [{ address: "spam@example.com" }],
  unsubscribes: [{ address: "out@example.com" }],
};

/**
 * Returns the page of a Mailgun list that begins after the query's `address`; null for an unknown
 * list.
 * @param list the list's name, which is the part of the path after the domain
 */
export function getMailgunSuppressionPage(list: string, query: URLSearchParams): unknown {
  const all = mailgunLists[list];
  const limit = Number(query.get("limit"));
  if (all === undefined || !(limit >= 1 && limit <= 1000)) return null;
  const after = query.get("page") === "next" ? (query.get("address") ?? "") : "";
  const items = all.filter(({ address }) => address > after).slice(0, limit);
  return { items, paging: { first: "", next: "", previous: "", last: "" } };
}
