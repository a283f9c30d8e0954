import { describe, expect, it } from "vitest";
import { describeRecipientTimeZone } from "../../plugin/words/recipient.ts";
import { describeDelay, describeSendWindow } from "../../plugin/words/timing.ts";
import { describeSequenceSpan } from "../../plugin/words/words.ts";

const clock = (time: string) => time;

describe("a send window", () => {
  it("is described in a few words, with the hours of each day", () => {
    expect(describeSendWindow(null, clock)).toBe("Any time");
    const office = { days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "12:00" };
    const afternoon = { days: [5, 4, 3, 2, 1], startTime: "14:00", endTime: "17:00" };
    const weekend = { days: [6, 7], startTime: "22:00", endTime: "01:00" };
    expect(describeSendWindow([office, afternoon, weekend], clock)).toBe(
      "Weekdays, 09:00 to 12:00 and 14:00 to 17:00; Weekends, 22:00 to 01:00",
    );
    expect(describeSendWindow([{ ...office, days: [2, 4] }], clock)).toBe("Tue, Thu, 09:00 to 12:00");
    expect(describeSendWindow([{ ...office, days: [1, 2, 3, 4, 5, 6, 7] }], clock)).toBe(
      "Every day, 09:00 to 12:00",
    );
  });
});

describe("a delay in words", () => {
  it("counts business days as such", () => {
    const delay = { delayDays: 0, delayHours: 0, delayBusinessDays: 1 };
    expect(describeDelay(delay, 2)).toBe("Wait 1 business day");
    expect(describeDelay({ ...delay, delayDays: 2 }, 2)).toBe("Wait 2 days 1 business day");
    expect(describeSequenceSpan([delay, { ...delay, delayBusinessDays: 4 }])).toBe("2 emails over 7 days");
  });
});

describe("a recipient's time zone in words", () => {
  it("is the place and where the zone comes from", () => {
    expect(describeRecipientTimeZone({ timeZone: "America/Denver", timeZoneSource: "mailingAddress" })).toBe(
      "Their time: Denver, from the mailing address",
    );
    expect(describeRecipientTimeZone({ timeZone: "America/New_York", timeZoneSource: "given" })).toBe(
      "Their time: New York",
    );
    expect(describeRecipientTimeZone({ timeZone: "Pacific/Honolulu", timeZoneSource: "property" })).toBe(
      "Their time: Honolulu, from the property",
    );
    expect(describeRecipientTimeZone({ timeZone: null, timeZoneSource: null })).toBeNull();
  });
});
