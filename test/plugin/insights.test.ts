import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { formatCsv } from "../../plugin/views/insights/csv.ts";
import { listCsvRows } from "../../plugin/views/insights/csv-rows.ts";
import { readMeasure } from "../../plugin/views/insights/measures.ts";
import {
  buildPeriodToToday,
  countDays,
  findMonday,
  findPeriodBefore,
  findPeriodFault,
} from "../../plugin/views/insights/period.ts";
import {
  computeShareOfSent,
  hasKnownDeliveries,
  hasTriedEmails,
  listFigureRows,
} from "../../plugin/views/insights/rows.ts";
import {
  describeCountChange,
  describeReplies,
  formatRowName,
  formatShare,
} from "../../plugin/views/insights/texts.ts";
import { chooseLabelIndexes, listChartLineValues } from "../../plugin/views/insights/ticks.ts";
import { createFormats } from "../../plugin/words/format.ts";
import type { AnalyticsGroup } from "../../shared/office-analytics.ts";
import { emailStatNames, settlingOutcomes } from "../../shared/vocabulary.ts";

const format = createFormats("en-US", () => Date.parse("2026-11-30T12:00:00Z"));

const zeros = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
const rates = {
  deliveryRate: null,
  openRate: null,
  clickRate: null,
  replyRate: null,
  bounceRate: null,
  unsubscribeRate: null,
};
const buildGroup = (key: string, stats: Partial<AnalyticsGroup["stats"]> = {}): AnalyticsGroup => ({
  key,
  name: null,
  stats: { ...zeros(emailStatNames), ...stats },
  outcomes: zeros(settlingOutcomes),
  rates,
});

const none = buildGroup("none");

describe("a period", () => {
  test("ends today and has as many days as asked for, over the end of a month and of summer time", () => {
    expect(buildPeriodToToday(7, "2026-11-03")).toEqual({ from: "2026-10-28", to: "2026-11-03" });
    expect(countDays(buildPeriodToToday(30, "2026-03-12"))).toBe(30);
  });

  test("is compared with the same number of days right before it", () => {
    const before = findPeriodBefore({ from: "2026-03-01", to: "2026-03-31" });
    expect(before).toEqual({ from: "2026-01-29", to: "2026-02-28" });
    expect(countDays(before)).toBe(31);
    expect(findPeriodBefore({ from: "2026-03-01", to: "2026-03-01" })).toEqual({
      from: "2026-02-28",
      to: "2026-02-28",
    });
  });

  test.each([
    ["2026-03-02", "2026-03-01", "The first day is after the last day."],
    ["", "2026-03-01", "Choose the first and the last day."],
    ["2024-12-31", "2026-03-01", "Choose at most a year."],
    ["2025-03-01", "2026-03-01", null],
    ["2026-03-01", "2026-03-01", null],
  ])("from %j to %j is refused before a request: %j", (from, to, fault) => {
    expect(findPeriodFault({ from, to })).toBe(fault);
  });

  test("finds the Monday of a day's week", () => {
    expect(["2026-11-29", "2026-11-30", "2026-12-06"].map(findMonday)).toEqual([
      "2026-11-23",
      "2026-11-30",
      "2026-11-30",
    ]);
  });
});

describe("the rows", () => {
  test("have every weekday and hour, with zeros where no email went out", () => {
    const weekdays = listFigureRows("weekday", [buildGroup("2", { sent: 4 })], none).rows;
    expect(weekdays.map(({ key, stats }) => [key, stats.sent])).toEqual([
      ["1", 0],
      ["2", 4],
      ["3", 0],
      ["4", 0],
      ["5", 0],
      ["6", 0],
      ["7", 0],
    ]);
    expect(listFigureRows("hour", [buildGroup("9")], none).rows).toHaveLength(24);
  });

  test("put the days of a long period together by the week, and lose no email", () => {
    const { from } = buildPeriodToToday(366, "2026-11-30");
    const days = Array.from({ length: 366 }, (_, index) =>
      buildGroup(new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10), { sent: index }),
    );
    const { grouping, rows } = listFigureRows("day", days, none);
    expect(grouping).toBe("week");
    expect(rows.length).toBeLessThan(60);
    expect(rows.reduce((sum, { stats }) => sum + stats.sent, 0)).toBe((365 * 366) / 2);
    expect(listFigureRows("day", days.slice(0, 92), none).grouping).toBe("day");
  });

  test("are named as people say it", () => {
    const name = (grouping: Parameters<typeof formatRowName>[1], key: string) =>
      formatRowName(buildGroup(key), grouping, format);
    expect([
      name("day", "2026-11-12"),
      name("week", "2026-11-09"),
      name("weekday", "1"),
      name("hour", "9"),
      name("step", "2"),
      name("variant", "A"),
      name("variant", "else"),
      name("sequence", ""),
      name("source", "probate"),
      name("agent", "agent-7"),
    ]).toEqual([
      "Nov 12",
      "Week of Nov 9",
      "Mon",
      "9:00 AM",
      "Step 2",
      "Wording A",
      "The email sent otherwise",
      "Without a sequence",
      "probate filings",
      "agent-7",
    ]);
  });
});

describe("what can't be known", () => {
  test("is no number: a share of no emails, deliveries that no service reports", () => {
    const { stats } = buildGroup("a");
    expect(computeShareOfSent(0, stats)).toBeNull();
    expect(formatShare(null, format.number)).toBe("–");
    expect(readMeasure("replyRate", buildGroup("a"))).toBeNull();
    expect(hasKnownDeliveries({ ...stats, sent: 5, bounced: 1 })).toBe(false);
    expect(hasKnownDeliveries({ ...stats, sent: 5, bounced: 5 })).toBe(true);
    expect(hasKnownDeliveries({ ...stats, sent: 5, delivered: 1 })).toBe(true);
  });

  test("is an empty cell of the CSV file", () => {
    const [heads = [], cells = []] = listCsvRows("Day", [
      { ...buildGroup("a", { sent: 5 }), name: "Nov 12" },
    ]);
    const at = (head: string) => cells[heads.indexOf(head)];
    expect([at("Day"), at("Emails sent"), at("Delivered"), at("Bounced")]).toEqual(["Nov 12", 5, null, 0]);
  });
});

describe("a share", () => {
  test.each([
    [0, "0%"],
    [0.0003, "0.03%"],
    [0.0214, "2.1%"],
    [0.5, "50%"],
    [1, "100%"],
  ])("of %d is written %s", (share, text) => {
    expect(formatShare(share, format.number)).toBe(text);
  });

  test("is never more than all, although an event can come before its email is recorded", () => {
    expect(computeShareOfSent(3, buildGroup("a", { sent: 2 }).stats)).toBe(1);
  });
});

describe("a comparison", () => {
  const replies = (now: number, before: number, days = 30, hadEmailsBefore = true) =>
    describeReplies({ now, before, days, hadEmailsBefore });

  test("is said in words", () => {
    expect(replies(12, 8)).toBe("12 replies, 4 more than the 30 days before");
    expect(replies(1, 8)).toBe("1 reply, 7 fewer than the 30 days before");
    expect(replies(2, 2, 1)).toBe("2 replies, as many as the day before");
    expect(replies(2, 0, 7, false)).toBe("2 replies. No email went out in the 7 days before");
    expect([describeCountChange(3, 1, format.number), describeCountChange(1, 1, format.number)]).toEqual([
      "2 more",
      "the same",
    ]);
  });

  test("counts emails that failed or were probably sent as emails", () => {
    expect(hasTriedEmails(buildGroup("a"))).toBe(false);
    expect(hasTriedEmails(buildGroup("a", { unknown: 1 }))).toBe(true);
    expect(hasTriedEmails(buildGroup("a", { failed: 1 }))).toBe(true);
  });
});

describe("a chart", () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [4, [0, 1, 2, 3, 4]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 50, 100]],
    [1234, [0, 500, 1000, 1500]],
  ])("of values up to %d has lines at %j", (largest, ticks) => {
    expect(listChartLineValues(largest)).toEqual(ticks);
  });

  test("never has more labels than fit", () => {
    for (let count = 1; count <= 100; count++)
      expect(chooseLabelIndexes(count, 5).length).toBeLessThanOrEqual(5);
    expect(chooseLabelIndexes(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(chooseLabelIndexes(30, 5)).toEqual([0, 6, 12, 18, 24]);
  });
});

describe("the CSV file", () => {
  test.each(["=1+1", "+1", "-1", "@a", "\t=1", "'=1"])("has no formula: %j", (text) => {
    const cell = Papa.parse<string[]>(formatCsv([[text]]).slice(1)).data[0]?.[0];
    expect(cell).toBe(`'${text}`);
  });

  test("is read back as it was, with quotes, commas, line breaks and accents", () => {
    const cells = ['Seller "A", spring', "two\nlines", "Año", "plain"];
    expect(Papa.parse<string[]>(formatCsv([cells]).slice(1)).data[0]).toEqual(cells);
    expect(formatCsv([[1, null, 2]])).toBe("\ufeff1,,2\r\n");
  });
});
