import { isAutomaticNotice } from "./automatic-notices.ts";
import {
  absenceWords,
  automationDoubtWords,
  machineAbsencePhrases,
  machineWords,
  personWords,
  urgentWords,
} from "./automatic-phrases.ts";
import { isAutomaticSubject } from "./automatic-subjects.ts";
import { foldText } from "./fold-text.ts";
import { isMovedAddressNotice } from "./moved-address.ts";

/** The facts that tell a program's email from a person's. Header names are lower case. */
export type AutoReplyFacts = {
  headers: ReadonlyMap<string, string>;
  /**
   * The sender in the SMTP envelope; "" for the null sender, which automatic answers use (RFC 3834
   * §3.3).
   */
  envelopeFrom: string;
  from: string;
  subject: string;
  words: string;
};

/**
 * Tells whether the email was sent automatically. Signs are the headers of RFC 3834, the marks of
 * services that do not follow RFC 3834, and words that only a program writes.
 * X-Auto-Response-Suppress and Precedence: list or bulk prove nothing, because mail servers and
 * groups add these headers to people's emails too.
 */
export function isAutoReply(facts: AutoReplyFacts): boolean {
  return (
    hasAutomaticHeader(facts.headers) ||
    facts.envelopeFrom === "" ||
    isProgramAddress(facts.from) ||
    isAutomaticSubject(facts.subject) ||
    isAutomaticText(facts.words) ||
    isAutomaticNotice(facts.words) ||
    isMovedAddressNotice(facts.subject, facts.words)
  );
}

const denial = /^"?\s*(?:no|false|0|none|never|off|n)\b/;
/** Matches the names of the headers with which mail programs mark an automatic answer. */
const markName =
  /^(?:x-)?(?:mail-|cmail-|mdaemon-)?auto-?(?:reply|replied|response|respond|responder|generated)(?:-(?:from|to|type|id|by|version|class|message))?$|^x-(?:ms-exchange-inbox-rules-loop|vacation|fc-machinegenerated|autoreply-\w+)$/;
/** Matches the names of the headers that challenge-response filters add. */
const challengeName =
  /^x-(?:boxtrapper|tmda-confirm|tmda-request|spamarrest|askversion|challenge|mailinblack)/;
const autoReplyValue = /^"?\s*auto[ _-]?(?:reply|respon\w+|generated|matic)\b/;

function hasAutomaticHeader(headers: ReadonlyMap<string, string>): boolean {
  const value = (name: string) => headers.get(name)?.trim().toLowerCase() ?? "";
  const submitted = headers.get("auto-submitted");
  if (submitted !== undefined && !denial.test(submitted.trim().toLowerCase())) return true;
  for (const [name, raw] of headers) {
    if (challengeName.test(name)) return true;
    if (markName.test(name) && !denial.test(raw.trim().toLowerCase())) return true;
  }
  return (
    // A vacation message of iCloud has no other mark.
    value("x-apple-action") === "vacation" ||
    ["precedence", "x-precedence", "preference"].some((name) => autoReplyValue.test(value(name))) ||
    /auto-?respon|auto-?reply/.test(value("x-post-messageclass")) ||
    /\bauto-?respond/.test(value("delivered-to")) ||
    /^<\s*>$/.test(value("return-path")) ||
    /\bvacation\b|\bauto-?(?:reply|respond)/.test(`${value("x-mailer")} ${value("user-agent")}`) ||
    isReceipt(value("content-type"))
  );
}

/** Tells whether the content is a read receipt (RFC 8098). */
function isReceipt(contentType: string): boolean {
  return (
    (/^multipart\/report\b/.test(contentType) && /disposition-notification/.test(contentType)) ||
    /^message\/disposition-notification\b/.test(contentType)
  );
}

function isProgramAddress(address: string): boolean {
  return /^(?:mailer-daemon|(?:[\w.-]*[._-])?(?:no|do-?not|never)[._-]?reply(?:[._+-][\w.-]*)?|postmaster|auto-?(?:reply|responder|response|mated|mailer)(?:[._+-][\w.-]*)?|vacation|noreply\w*)@/i.test(
    address,
  );
}

const maxTextLength = 5000;

/** Matches the words that people add after they have pretended to be a machine. */
const jokeWords =
  /\b(?:kidding|joking|just teasing|beep|robot voice|nur spass|scherz|es broma|era broma|je blague|je plaisante|grapje|scherzo|scherzavo)\b/;

/** Tells whether a text has words that only a program writes. */
function isAutomaticText(words: string): boolean {
  const text = foldText(words.slice(0, maxTextLength)).replace(/\s+/g, " ").trim();
  const sentences = text.split(/(?<=[.!?])\s/);
  if (jokeWords.test(text)) return false;
  if (sentences.some((sentence) => machineWords.test(sentence) && !automationDoubtWords.test(sentence)))
    return true;
  if (!absenceWords.test(text)) return false;
  const isPersonal = sentences.some((one) => personWords.test(one) && !urgentWords.test(one));
  return !isPersonal && machineAbsencePhrases.filter((habit) => habit.test(text)).length >= 2;
}
