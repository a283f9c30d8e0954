import { describe, expect, test } from "vitest";
import { classifyBounce, findEnhancedStatus, findReplyCode } from "../../worker/domain/receive/bounce.ts";
import { maxLinearTimeGrowth, measureTimeGrowth } from "../support/growth.ts";

const classOf = (status: string | null, text = "", code: number | null = null) =>
  classifyBounce({ status, code, text });

describe("a bounce with only the status", () => {
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

  test.each(["5.0.0", "5.5.0", "5.1.0", "5.2.0", "2.0.0", "nonsense", null])("%s has no class", (status) => {
    expect(classOf(status)).toBeNull();
  });
});

describe("a bounce whose status has no class is judged by its text:", () => {
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
    ["550 mailbox unavailable invalid DNS MX or A/AAAA resource record", "block"],
    ["550 Adresse d'expéditeur refusée", "block"],
    ["550 Absender abgelehnt", "block"],
    ["554 Service unavailable; client blocked using zen.example", "block"],
    ["550 message rejected due to DMARC", "block"],
    ["552 message size exceeds limit", "block"],
    ["554 transaction failed", null],
  ])("%s", (text, expected) => {
    expect(classOf(null, text)).toBe(expected);
    expect(classOf("5.0.0", text)).toBe(expected);
  });

  test("a status about the mailbox outranks the text", () => {
    expect(classOf("5.2.2", "552 over quota; no such user any more")).toBe("soft");
  });

  test("a status that some receivers use differently is judged by its text", () => {
    expect(classOf("5.2.1", "550 5.2.1 unknown user")).toBe("hard");
    expect(classOf("5.4.1", "550 5.4.1 Recipient address rejected: Access denied")).toBe("hard");
  });
});

test("a temporary reply is never a hard bounce", () => {
  expect(classOf(null, "450 user unknown, greylisted", 450)).toBe("soft");
  expect(classOf("4.1.1", "user unknown")).toBe("soft");
  expect(classOf(null, "421 blocked for now", 421)).toBe("block");
});

test("a status is found in a reply, but not in an IP address", () => {
  expect(findEnhancedStatus("550-5.1.1 no such user")).toBe("5.1.1");
  expect(findEnhancedStatus("smtp; 550 5.7.606 Access denied")).toBe("5.7.606");
  expect(findEnhancedStatus("failed. (5.2.2.)")).toBe("5.2.2");
  expect(findEnhancedStatus("connection to 5.1.1.9 timed out")).toBeNull();
  expect(findEnhancedStatus("see 15.1.1 and 9.9.9")).toBeNull();
});

describe("a refusal of the sending side is a block, whatever its status:", () => {
  test.each([
    "554 5.7.1 <jane@example.com>: Recipient address rejected: blocked using bl.example.org",
    "550 <jane@example.com>: Recipient address rejected: listed by a block list",
    "554 Service unavailable; Client host [192.0.2.7] blocked by spamhaus",
    "550 5.1.1 192.0.2.7 has sent too many messages this hour",
    "550 5.1.1 sending rate limit exceeded, see https://example.com/NoSuchUser",
    "550 5.1.8 Access denied, bad outbound sender",
    "553 5.1.8 <ann@cedarmain.example>: Sender address rejected: Domain not found",
    "550 5.1.90 Your message can't be sent because you've reached your daily limit",
    "550 5.7.515 Access denied, sending domain CEDARMAIN.EXAMPLE does not meet the required authentication level",
    "550 5.7.15 Access denied, sending domain does not meet the required authentication level",
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated",
    "550 5.7.1 The IP address sending this message does not have a PTR record",
    "550 SPF check failed: the record of the domain does not exist",
    "550 Message from (192.0.2.7) was not delivered: poor reputation",
    "554 relay access denied",
    "550 Administrative prohibition",
    "550 rejected by local policy",
    "554 5.7.1 Message considered spam",
    "550 Requested action not taken: mailbox unavailable. Reject due to policy restrictions.",
    "550 Sender verify failed",
    "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Part of their network is on our block list (S3140).",
    "550 HELO name does not exist",
  ])("%s", (text) => {
    for (const status of ["5.1.1", "5.0.0", null]) expect(classOf(status, text, 550)).toBe("block");
  });
});

describe("a dead mailbox is a hard bounce, without a status or with an unclear or a wrong one:", () => {
  test.each([
    "554 delivery error: dd This user doesn't have a mail.example account (jane@example.com) [0]",
    "554 30 Sorry, your message to jane@example.com cannot be delivered. This mailbox is disabled (554.30).",
    "550 Requested action not taken: mailbox unavailable",
    "550 user not known",
    "550 addressee unknown",
    "550 mailbox closed",
    "550 This account has been deactivated",
    "550 She is no longer with the company",
    "550 User jane (jane@example.com) not listed in Domino Directory",
    "511 sorry, no mailbox here by that name",
    "550 jane@example.com is not a valid mailbox",
    "550 Recipient address rejected",
    "550 5.1.0 Address rejected.",
    "550 Host does not accept mail",
    "556 the domain does not accept email",
    "DNS type 'mx' lookup of example.com responded with code NXDOMAIN",
    "Host or domain name not found. Name service error for name=example.com type=AAAA: Host not found",
    "550 Empfänger unbekannt",
    "550 Cet utilisateur n'existe pas",
    "550 usuario desconocido",
    "550 no such user, please check the address and try again",
    "host mail.spam-filter.example said: 550 user unknown",
    "550 <spam.policy@example.com>: user unknown",
  ])("%s", (text) => {
    for (const status of ["5.0.0", "5.5.0", null]) expect(classOf(status, text, 550)).toBe("hard");
  });

  test.each([
    ["5.7.1", "554 5.7.1 <jane@example.com>: Recipient address rejected: user jane does not exist"],
    ["5.7.27", "550 Host does not accept mail"],
    ["5.2.1", "550 5.2.1 jane@example.com: no such user"],
    ["5.4.1", "550 5.4.1 Recipient address rejected: Access denied"],
  ])("with the status %s: %s", (status, text) => {
    expect(classOf(status, text)).toBe("hard");
  });
});

describe("a temporary failure is a soft bounce, whatever its status:", () => {
  test.each([
    "552 5.2.2 <jane@example.com>: Recipient address rejected: Mailbox full",
    "550 5.1.1 the user is over quota",
    "452 4.2.2 The email account that you tried to reach is over quota",
    "Name service error for domain example.com: Host not found, try again",
    "450 4.2.0 <jane@example.com>: Recipient address rejected: Greylisted: retry timeout exceeded",
    "450 4.7.1 <jane@example.com>: Recipient address rejected: Greylisting in action",
    "451 try later",
    "450 user unknown",
    "connect to mx.example.com[192.0.2.1]:25: Connection timed out",
    "550 mailbox temporarily unavailable",
    "Das Postfach ist voll: 552 Postfach voll",
  ])("%s", (text) => {
    for (const status of ["5.1.1", "5.0.0", null]) expect(classOf(status, text)).toBe("soft");
  });
});

test("the receiving server's own status outranks the report's status", () => {
  expect(classOf("5.1.1", "550 5.7.1 rejected")).toBe("block");
  expect(classOf("5.1.1", "550 5.2.2 rejected")).toBe("soft");
  expect(classOf("5.0.0", "550 5.1.1 rejected")).toBe("hard");
  expect(classOf("4.4.7", "550 5.1.1 rejected")).toBe("hard");
});

test("a reply code is found at its place in a diagnostic, and not among words", () => {
  expect(findReplyCode("450 4.2.0 later")).toBe(450);
  expect(findReplyCode("error after RCPT TO:<jane@example.com>: 550-5.1.1 unknown")).toBe(550);
  expect(findReplyCode("Mail to jane failed. 554 no")).toBe(554);
  expect(findReplyCode("550")).toBe(550);
  expect(findReplyCode("192.0.2.4 has sent 500 messages in 450 seconds")).toBeNull();
  expect(findReplyCode("connection to port 587 failed")).toBeNull();
});

test.each(["user ", "address ", "550 ", "a.", "@", "domain not ", "host a.b ", "mailbox has been "])(
  "a hostile answer of many %j is classified in time proportional to its length",
  (part) => {
    expect(measureTimeGrowth((text) => classOf("5.0.0", text), part, 120_000)).toBeLessThan(
      maxLinearTimeGrowth,
    );
  },
);
