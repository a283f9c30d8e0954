import { describe, expect, test } from "vitest";
import { classifyBounce, findStatus } from "../../worker/domain/receive/bounce.ts";

const classOf = (status: string | null, text = "", code: number | null = null) =>
  classifyBounce({ status, code, text });

describe("by its status alone", () => {
  test.each(["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.1.351", "5.4.4", "5.4.310"])(
    "%s is hard",
    (status) => {
      expect(classOf(status)).toBe("hard");
    },
  );

  test.each(["5.2.1", "5.2.2", "5.3.0", "5.4.1", "5.4.7", "4.2.2", "4.4.1", "4.1.1", "4.0.0", "4.5.0"])(
    "%s is soft",
    (status) => {
      expect(classOf(status)).toBe("soft");
    },
  );

  test.each(["5.7.1", "5.7.26", "5.7.606", "4.7.650", "5.6.0", "5.1.7", "5.1.8", "5.2.3", "5.3.4"])(
    "%s is a block",
    (status) => {
      expect(classOf(status)).toBe("block");
    },
  );

  test.each(["5.0.0", "5.5.0", "5.1.0", "5.2.0", "2.0.0", "nonsense", null])("%s tells nothing", (status) => {
    expect(classOf(status)).toBeNull();
  });
});

describe("by its text, where the status tells nothing", () => {
  test.each([
    ["500 unknown recipient", "hard"],
    ["550 No such user here", "hard"],
    ["550 user@example.com... User unknown", "hard"],
    ["550 The email account that you tried to reach does not exist.", "hard"],
    ["554 delivery error: This user doesn't have an account; mailbox not found", "hard"],
    ["550 invalid mailbox", "hard"],
    ["550 domain does not exist", "hard"],
    ["552 mailbox is full", "soft"],
    ["550 account is disabled", "soft"],
    ["554 Service unavailable; client blocked using zen.example", "block"],
    ["550 message rejected due to DMARC", "block"],
    ["552 message size exceeds limit", "block"],
    ["554 transaction failed", null],
  ])("%s", (text, expected) => {
    expect(classOf(null, text)).toBe(expected);
    expect(classOf("5.0.0", text)).toBe(expected);
  });

  test("a status that tells is believed over the text", () => {
    expect(classOf("5.7.1", "550 5.7.1 user unknown")).toBe("block");
    expect(classOf("5.2.2", "552 over quota; no such user any more")).toBe("soft");
  });

  test("but a few codes mean to some receivers what they say in words", () => {
    expect(classOf("5.2.1", "550 5.2.1 unknown user")).toBe("hard");
    expect(classOf("5.4.1", "550 5.4.1 Recipient address rejected: Access denied")).toBe("hard");
  });
});

test("a temporary reply is never a dead address", () => {
  expect(classOf(null, "450 user unknown, greylisted", 450)).toBe("soft");
  expect(classOf("4.1.1", "user unknown")).toBe("soft");
  expect(classOf(null, "421 blocked for now", 421)).toBe("block");
});

test("a status is found in a reply, and an address of four numbers is none", () => {
  expect(findStatus("550-5.1.1 no such user")).toBe("5.1.1");
  expect(findStatus("smtp; 550 5.7.606 Access denied")).toBe("5.7.606");
  expect(findStatus("failed. (5.2.2.)")).toBe("5.2.2");
  expect(findStatus("connection to 5.1.1.9 timed out")).toBeNull();
  expect(findStatus("see 15.1.1 and 9.9.9")).toBeNull();
});
