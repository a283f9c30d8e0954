import { describe, expect, test } from "vitest";
import { emailStatNames } from "../../shared/vocabulary.ts";
import { calculateEmailRates, sumEmailStats } from "../../worker/domain/analytics.ts";

describe("email counters", () => {
  test("are zero if nothing was counted, and counters with the same name are added up", () => {
    const stats = sumEmailStats([
      { name: "sent", value: 3 },
      { name: "sent", value: 4 },
      { name: "opened", value: 2 },
    ]);
    expect(Object.keys(stats)).toEqual([...emailStatNames]);
    expect(stats).toMatchObject({ sent: 7, opened: 2, replied: 0 });
  });
});

describe("email rates", () => {
  test("are unknown until an email is sent", () => {
    expect(
      new Set(Object.values(calculateEmailRates(sumEmailStats([{ name: "opened", value: 3 }])))),
    ).toEqual(new Set([null]));
  });

  test.each([
    ["no service has reported a delivery", { sent: 8, delivered: 0, bounced: 1 }, null],
    ["every email has bounced", { sent: 8, delivered: 0, bounced: 8 }, 0],
    ["a service reports deliveries", { sent: 8, delivered: 2, bounced: 0 }, 0.25],
  ] as const)(
    "give the delivery rate only as far as it is known: %s",
    (_, { sent, delivered, bounced }, expected) => {
      const stats = sumEmailStats([
        { name: "sent", value: sent },
        { name: "delivered", value: delivered },
        { name: "bounced", value: bounced },
      ]);
      expect(calculateEmailRates(stats).deliveryRate).toBe(expected);
    },
  );

  test("are shares of the emails sent, and leave out opens by machines", () => {
    const rates = calculateEmailRates(
      sumEmailStats([
        { name: "sent", value: 8 },
        { name: "delivered", value: 6 },
        { name: "opened", value: 4 },
        { name: "machineOpened", value: 8 },
        { name: "clicked", value: 2 },
        { name: "replied", value: 1 },
      ]),
    );
    expect(rates).toEqual({
      deliveryRate: 0.75,
      openRate: 0.5,
      clickRate: 0.25,
      replyRate: 0.125,
      bounceRate: 0,
      unsubscribeRate: 0,
    });
  });

  test("never exceed 1, even if a delivery is reported before its sending", () => {
    const rates = calculateEmailRates(
      sumEmailStats([
        { name: "sent", value: 1 },
        { name: "delivered", value: 2 },
      ]),
    );
    expect(rates.deliveryRate).toBe(1);
  });
});
