import { describe, expect, test } from "vitest";
import {
  detectMachineClick,
  detectMachineOpen,
  detectReportedMachine,
  type Engagement,
  engagementSettlingMs,
  findMachineEngagements,
  type MachineSign,
  type ReportedDelivery,
  type RequestSigns,
} from "../../worker/domain/receive/machine.ts";
import { isScannerAddress } from "../../worker/domain/receive/scanner-networks.ts";

const browser: RequestSigns = {
  userAgent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  acceptLanguage: "en-US,en;q=0.9",
  purpose: null,
  address: "203.0.113.7",
};

describe("a single request", () => {
  const clicks: [name: string, signs: Partial<RequestSigns>, expected: MachineSign | null][] = [
    ["a browser", {}, null],
    ["a phone", { userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5" }, null],
    ["no User-Agent", { userAgent: null }, "agent"],
    ["Apple's proxy", { userAgent: "Mozilla/5.0" }, "agent"],
    ["a filter that says its name", { userAgent: "Mozilla/5.0 (compatible; BarracudaSentinel)" }, "agent"],
    ["a script", { userAgent: "python-requests/2.32" }, "agent"],
    ["a browser without a head", { userAgent: "Mozilla/5.0 HeadlessChrome/140.0" }, "agent"],
    ["Microsoft's mail servers", { address: "40.107.22.87" }, "address"],
    ["Microsoft's mail servers over IPv6", { address: "2a01:111:f403:c001::3" }, "address"],
    ["no language", { acceptLanguage: null }, "headers"],
    ["a prefetch", { purpose: "prefetch;prerender" }, "headers"],
  ];
  test.each(clicks)("that is a click by %s", (_name, signs, expected) => {
    expect(detectMachineClick({ ...browser, ...signs })).toBe(expected);
  });

  test("for an image through a mail service's proxy is a person's open", () => {
    const userAgent =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
    expect(detectMachineOpen({ ...browser, acceptLanguage: null, userAgent })).toBeNull();
  });

  test("that a service reports may be a machine's, but not because it has no User-Agent", () => {
    const nothing = { isFlagged: false, userAgent: null, address: null };
    expect(detectReportedMachine(nothing)).toBeNull();
    expect(detectReportedMachine({ ...nothing, isFlagged: true })).toBe("provider");
    expect(detectReportedMachine({ ...nothing, userAgent: "Mozilla/5.0" })).toBe("agent");
    expect(detectReportedMachine({ ...nothing, address: "52.100.1.2" })).toBe("address");
  });
});

test.each([
  ["40.91.255.255", false],
  ["40.92.0.0", true],
  ["40.93.255.255", true],
  ["40.94.0.0", false],
  ["52.95.255.255", false],
  ["52.96.0.0", true],
  ["52.111.255.255", true],
  ["52.112.0.0", false],
  ["::ffff:40.92.0.1", true],
  ["2a01:111::", true],
  ["2A01:0111:f400:7d00:0:0:0:1", true],
  ["2a01:112::1", false],
  ["2a01::111", false],
  ["40.92.0.300", false],
  ["40.92", false],
  ["", false],
  ["::::", false],
  ["2a01:111", false],
  ["1:2:3:4:5:6:7:8:9", false],
  ["unknown", false],
])("whether the address %s belongs to a scanner: %s", (address, expected) => {
  expect(isScannerAddress(address)).toBe(expected);
});

describe("the machine detection over all requests for one email", () => {
  const at = Date.UTC(2026, 0, 1, 12);
  const click = (url: string | null, afterMs: number, sign: MachineSign | null = null): Engagement => ({
    kind: "clicked",
    at: at + afterMs,
    url,
    sign,
  });
  const open = (afterMs: number): Engagement => ({ kind: "opened", at: at + afterMs, url: null, sign: null });
  /**
   * Returns a delivery that happened `afterMs` after `at`, by the service's clock. We received the
   * report of the delivery `heardAfterMs` after `at`.
   */
  const delivery = (afterMs = 0, heardAfterMs = 30_000) => ({
    occurredAt: at + afterMs,
    receivedAt: at + heardAfterMs,
  });
  const found = (engagements: Engagement[], delivered: ReportedDelivery | null = null) =>
    findMachineEngagements(engagements, delivered).map(({ engagement, sign }) => [
      engagement.url,
      engagement.at - at,
      sign,
    ]);
  /**
   * Finds which opens and clicks come from machines, with the engagements in the given order and in
   * reverse order. Expects the same result for both orders.
   */
  const foundInAnyOrder = (engagements: Engagement[], delivered: ReportedDelivery | null = null) => {
    const forwards = found(engagements, delivered);
    const backwards = found(engagements.toReversed(), delivered);
    expect(backwards.toReversed()).toEqual(forwards);
    return forwards;
  };

  test("finds a scan in three links within two seconds, and in the open that came with them", () => {
    expect(foundInAnyOrder([open(-500), click("a", 0), click("b", 900), click("c", 2000)])).toEqual([
      [null, -500, "burst"],
      ["a", 0, "burst"],
      ["b", 900, "burst"],
      ["c", 2000, "burst"],
    ]);
  });

  test("finds a scan in two links within the same second", () => {
    expect(foundInAnyOrder([click("a", 0), click("b", 0)])).toHaveLength(2);
  });

  test("finds a person in one link clicked twice and another link a little later", () => {
    expect(foundInAnyOrder([click("a", 0), click("a", 300), click("b", 1500), click("c", 4000)])).toEqual([]);
  });

  test("finds a scan in all clicks around a click on the hidden link", () => {
    const scan = [click("a", 0), click(null, 1500, "trap"), click("b", 20_000)];
    expect(foundInAnyOrder(scan)).toEqual([
      ["a", 0, "trap"],
      ["b", 20_000, "trap"],
    ]);
  });

  test("still counts a person's click after a scan is over", () => {
    const scan = [click("a", 0), click("b", 400), click("c", 900)];
    expect(foundInAnyOrder([...scan, click("a", 60_000), open(45_000)])).toHaveLength(3);
  });

  test("takes requests within three seconds of the delivery for a filter's", () => {
    const clicks = [click("a", 0), click("b", 2999), click("b", 3000)];
    expect(foundInAnyOrder(clicks, delivery())).toEqual([
      ["a", 0, "speed"],
      ["b", 2999, "speed"],
    ]);
    expect(found(clicks.slice(1))).toEqual([]);
  });

  test.each([-20_000, -8000, -1])(
    "takes a click %i ms from the delivery, by a clock that is ahead, for a person's",
    (ms) => {
      expect(foundInAnyOrder([click("a", ms), open(ms)], delivery())).toEqual([]);
    },
  );

  test("ignores a delivery that is dated after its own report", () => {
    expect(foundInAnyOrder([click("a", 0), click("b", 2000)], delivery(0, 0))).toEqual([]);
  });

  test("does not report known machine clicks again, but uses them to judge the others", () => {
    const scan = [click("a", 0, "agent"), click("b", 500), click("c", 900, "agent")];
    expect(foundInAnyOrder(scan)).toEqual([["b", 500, "burst"]]);
  });

  test("decides nothing about a click while a scan that began with it may still go on", () => {
    const scan = [click("a", 0), click(null, engagementSettlingMs / 2, "trap")];
    expect(found(scan)).toHaveLength(1);
  });

  test("reads ten thousand clicks without delay", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => click("a", index * 10));
    expect(found(many)).toEqual([]);
  });
});
