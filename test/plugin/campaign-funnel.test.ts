import { describe, expect, test } from "vitest";
import { listFunnelRows } from "../../plugin/views/campaign/funnel-rows.ts";
import { describeFiguresAge } from "../../plugin/words/counted-at.ts";
import type { EmailStepAnalytics, StepAnalytics } from "../../shared/analytics.ts";
import { emailStatNames } from "../../shared/vocabulary.ts";

const zeros = Object.fromEntries(emailStatNames.map((name) => [name, 0])) as EmailStepAnalytics["stats"];
const rates = {
  deliveryRate: null,
  openRate: null,
  clickRate: null,
  replyRate: null,
  bounceRate: null,
  unsubscribeRate: null,
};

const buildEmail = (
  position: number | null,
  stats: Partial<EmailStepAnalytics["stats"]>,
): EmailStepAnalytics => ({
  kind: "email",
  stepNumber: position ?? 9,
  position,
  subject: "Hello",
  stats: { ...zeros, ...stats },
  rates,
  variants: [],
  clearLeader: null,
  elseEmail: null,
});
const task: StepAnalytics = {
  kind: "task",
  stepNumber: 2,
  position: 2,
  opened: 5,
  done: 5,
  skipped: 0,
  expired: 0,
  stopped: 0,
};

describe("how far the people of a campaign got", () => {
  test("is told per email in the order of the steps, with how many fewer got it and why", () => {
    const rows = listFunnelRows([
      buildEmail(3, { sent: 50, replied: 2 }),
      task,
      buildEmail(1, { sent: 80, replied: 8, bounced: 3, unsubscribed: 2, complained: 1 }),
    ]);
    expect(rows).toEqual([
      { position: 1, sent: 80, fewer: 0, replied: 8, left: 6, share: 1 },
      { position: 3, sent: 50, fewer: 30, replied: 2, left: 0, share: 0.625 },
    ]);
  });

  test("never shows fewer than nobody, if a step was put in front of people who were further", () => {
    const rows = listFunnelRows([buildEmail(1, { sent: 10 }), buildEmail(2, { sent: 40 })]);
    expect(rows.map(({ fewer, share }) => [fewer, share])).toEqual([
      [0, 0.25],
      [0, 1],
    ]);
  });

  test("does not count a step that was taken out, and is not shown for one email or none sent", () => {
    expect(listFunnelRows([buildEmail(1, { sent: 10 }), buildEmail(null, { sent: 10 })])).toEqual([]);
    expect(listFunnelRows([buildEmail(1, {}), buildEmail(2, {})])).toEqual([]);
  });
});

test("figures older than 15 seconds say when they were counted", () => {
  const counted = new Date(2026, 10, 30, 10, 42, 30);
  const age = (seconds: number) =>
    describeFiguresAge(counted.toISOString(), counted.getTime() + seconds * 1000, (time) => time);
  expect([age(0), age(15), age(16)]).toEqual([null, null, "Figures as of 10:42"]);
  expect(describeFiguresAge(null, 0, (time) => time)).toBeNull();
});
