import type { DigestCadence } from "../../shared/digest.ts";
import { dayMs, hourMs } from "../../shared/time-lengths.ts";
import { getDayStart, getNextDayStart, toIsoDay } from "./schedule/schedule.ts";

/**
 * The hour of the office's clock at which digests go. A digest is an email that lists an agent's
 * open work.
 */
const digestHour = 7;
const monday = 1;
/** The most items of one kind that a digest names. */
const itemsNamed = 8;

/**
 * Returns when the next digest goes: at 7 AM of the office's clock. Weekly digests go on Monday.
 * @param now ms UTC; the result is later than `now`
 */
export function planNextDigestAt(
  now: number,
  cadence: Exclude<DigestCadence, "off">,
  timeZone: string,
): number {
  let dayStart = getDayStart(toIsoDay(now, timeZone), timeZone);
  for (;;) {
    // On a day on which the clock changes before 7 AM, the digest goes at 6 or 8 AM.
    const at = dayStart + digestHour * hourMs;
    const weekday = new Date(Date.parse(toIsoDay(dayStart, timeZone))).getUTCDay();
    if (at > now && (cadence === "daily" || weekday === monday)) return at;
    dayStart = getNextDayStart(dayStart, timeZone);
  }
}

/**
 * How long after its planned time a digest may still be sent. After that, the digest is skipped.
 */
export const maxDigestLatenessMs = dayMs / 2;

/** One line of a digest: a person's or campaign's name, and a detail such as the address. */
export type DigestItem = { title: string; detail: string };
export type DigestWork = { replies: DigestItem[]; tasks: DigestItem[]; held: DigestItem[] };

const count = (items: readonly DigestItem[], one: string, many: string) =>
  items.length === 0 ? [] : [`${items.length} ${items.length === 1 ? one : many}`];

/** Returns the subject and text of a digest. Null: no work is open, so no email goes. */
export function writeDigest(work: DigestWork, officeName: string): { subject: string; text: string } | null {
  const parts = [
    ...count(work.replies, "reply", "replies"),
    ...count(work.tasks, "task", "tasks"),
    ...count(work.held, "campaign held up", "campaigns held up"),
  ];
  if (parts.length === 0) return null;
  const sections = [
    listSection("Replies to handle", work.replies),
    listSection("Tasks to do", work.tasks),
    listSection("Held up", work.held),
  ].filter((section) => section !== "");
  return {
    subject: `Waiting for you: ${parts.join(", ")}`,
    text: `${sections.join("\n\n")}\n\nOpen Campaigns in your CRM to work on these. You get this email from ${officeName} because you asked for it; Campaigns has the setting.`,
  };
}

function listSection(title: string, items: readonly DigestItem[]): string {
  if (items.length === 0) return "";
  const lines = items
    .slice(0, itemsNamed)
    .map((item) => `- ${[item.title, item.detail].filter(Boolean).join(": ")}`);
  const more = items.length > itemsNamed ? [`- and ${items.length - itemsNamed} more`] : [];
  return [title, ...lines, ...more].join("\n");
}
