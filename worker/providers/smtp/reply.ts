import { isAccountBlock } from "../../domain/receive/account-guardrail.ts";
import { classifyBounce, findEnhancedStatus } from "../../domain/receive/bounce.ts";
import { redactSecrets } from "../detail.ts";
import { isObject, type PayloadFields, readText } from "../payload.ts";
import type { OutgoingEmail, SendOutcome, UnsealedAccount } from "../provider.ts";

/**
 * Returns the outcome of an SMTP conversation that did not end in 250. The rules:
 * - a 4yz reply at any step: deferred
 * - a 5yz reply to RCPT TO: refused with the fault `recipient`, or `channel` if the words or the
 *   status (x.7.x) name security or policy, because such a refusal is about us
 * - a 5yz reply to DATA or the message: refused with the fault `message`, or `channel` if the
 *   status is x.7.x
 * - any other 5yz reply (greeting, STARTTLS, AUTH, MAIL FROM): refused with the fault `channel`
 * - no reply before the final dot: refused with the fault `channel`, or `message` if the library
 *   itself refused the message
 * - no reply after the final dot: unknown, since the server may have the message (RFC 5321
 *   §4.5.3.2.6)
 * @param error nodemailer's error: `response` is the server's reply, `command` is the SMTP command
 *   that the reply answered
 */
export function classifySmtpError(
  error: unknown,
  hasEnded: boolean,
  email: OutgoingEmail,
  account: UnsealedAccount,
): SendOutcome {
  const fields = isObject(error) ? error : {};
  const reply = readReply(fields);
  const step = readText(fields, "command") ?? "connection";
  if (reply !== null) return classifyReply(reply, step, email, account);
  // Only the error's code is kept, because the library's own message may quote an internal
  // reference or an address.
  const detail = `${step}: ${readText(fields, "code") ?? "no answer in time"}`;
  if (hasEnded) return { kind: "unknown", detail: `no reply after the message; ${detail}` };
  // With these codes and no reply, the library itself refused the message, because the server does
  // not allow the message's size. With a reply, the server answered something that is not SMTP,
  // which says nothing about the message.
  const isFromLibrary = fields.code === "EMESSAGE" || fields.code === "EENVELOPE";
  const isTooLarge = isFromLibrary && readText(fields, "response") === null;
  return { kind: "refused", fault: isTooLarge ? "message" : "channel", status: null, detail };
}

type Reply = { code: number; status: string | null; text: string };

/**
 * Returns the server's refusal, or null if the server refused nothing. A 2yz reply out of turn is
 * no refusal and proves nothing about the message.
 */
function readReply(fields: PayloadFields): Reply | null {
  const text = readText(fields, "response", 2_000);
  const found = text === null ? null : /^([45]\d\d)(?:[ -]|$)/.exec(text);
  if (text === null || found === null) return null;
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? findEnhancedStatus(text);
  return { code: Number(found[1]), status, text };
}

function classifyReply(
  reply: Reply,
  step: string,
  email: OutgoingEmail,
  account: UnsealedAccount,
): SendOutcome {
  const { code, status, text } = reply;
  // A reply to AUTH may repeat the credentials, so only its numbers are kept.
  const words = step.startsWith("AUTH") ? `${code} ${status ?? ""}` : redactSecrets(text, email, account);
  const detail = `${step}: ${words}`.trim().slice(0, 300);
  if (code < 500) return { kind: "deferred", retryAfterMs: null, detail };
  const isPolicy = status?.split(".")[1] === "7";
  if (step === "RCPT TO") {
    const bounceClass = classifyBounce({ status, code, text }) ?? (code === 552 ? "soft" : "hard");
    const isAboutUs =
      bounceClass === "block" && (isPolicy || isAccountBlock({ bounceClass, diagnostic: text }));
    if (!isAboutUs) return { kind: "refused", fault: "recipient", status, bounceClass, detail };
  }
  const isMessage = step === "DATA" && !isPolicy;
  return { kind: "refused", fault: isMessage ? "message" : "channel", status, detail };
}
