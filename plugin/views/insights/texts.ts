import type { RecipientSource } from "../../../shared/vocabulary.ts";
import { englishSourceNames } from "../../../shared/words/source-names.ts";
import type { Formats } from "../../words/format.ts";
import { formatCount, say, translatedTable } from "../../words/say.ts";
import { formatSource } from "../../words/source.ts";
import { describeDaysOfWeek } from "../../words/timing.ts";
import type { Measure } from "./measures.ts";
import type { FigureRow, RowGrouping } from "./rows.ts";

export const groupingTexts = translatedTable<RowGrouping>({
  day: "Day",
  week: "Week",
  weekday: "Day of the week",
  hour: "Hour",
  step: "Step",
  variant: "Wording",
  sequence: "Sequence",
  sender: "Sender",
  agent: "Agent",
  source: "List source",
});

export const measureTexts = translatedTable<Measure>({
  replied: "Replies",
  interested: "Interested",
  appointment: "Appointment",
  listing: "Listing signed",
  replyRate: "Replies per 100 emails",
  sent: "Emails sent",
});

/** The text in place of an unknown value. */
export const unknownMark = "–";

/** Returns the name of a row's group for people. */
export function formatRowName({ key, name }: FigureRow, grouping: RowGrouping, format: Formats): string {
  if (name !== null) return name;
  switch (grouping) {
    case "day":
      return format.calendarDay(key);
    case "week":
      return say("Week of {day}", { day: format.calendarDay(key) });
    case "weekday":
      return describeDaysOfWeek([Number(key)]);
    case "hour":
      return format.clock(`${key.padStart(2, "0")}:00`);
    case "step":
      return say("Step {position}", { position: key });
    case "variant":
      if (key === "") return say("Only one wording");
      return key === "else" ? say("The email sent otherwise") : say("Wording {name}", { name: key });
    case "sequence":
      return key || say("Without a sequence");
    case "source":
      return key in englishSourceNames ? formatSource(key as RecipientSource) : key;
    case "sender":
    case "agent":
      return key;
  }
}

/** Returns a share of emails in percent, such as "2.4%"; a dash if the share is unknown. */
export function formatShare(share: number | null, number: Formats["number"]): string {
  if (share === null) return unknownMark;
  const percent = share * 100;
  // A rate of complaints matters even if the rate is far below one percent.
  const scale = percent < 0.1 ? 100 : 10;
  return `${number(Math.round(percent * scale) / scale)}%`;
}

/** Returns the text that compares a count with the count of the previous period: "4 more". */
export function describeCountChange(now: number, before: number, number: Formats["number"]): string {
  if (now === before) return say("the same");
  const count = number(Math.abs(now - before));
  return now > before ? say("{count} more", { count }) : say("{count} fewer", { count });
}

/** Returns the name of the previous period, for use inside a sentence: "the 30 days before". */
export const describePeriodBefore = (days: number): string =>
  days === 1 ? say("the day before") : say("the {days} before", { days: formatCount(days, "day") });

type Replies = { now: number; before: number; days: number; hadEmailsBefore: boolean };

/** Returns the sentence about a period's replies: "12 replies, 4 more than the 30 days before". */
export function describeReplies({ now, before, days, hadEmailsBefore }: Replies): string {
  const replies = formatCount(now, "reply", "replies");
  const period = describePeriodBefore(days);
  const count = Math.abs(now - before);
  if (!hadEmailsBefore) return say("{replies}. No email went out in {period}", { replies, period });
  if (now === before) return say("{replies}, as many as {period}", { replies, period });
  return now > before
    ? say("{replies}, {count} more than {period}", { replies, count, period })
    : say("{replies}, {count} fewer than {period}", { replies, count, period });
}
