import { limits } from "../../../shared/limits.ts";
import { emailAddress } from "../../../shared/primitives.ts";
import { findDisclosureFaults } from "../../domain/compliance/disclosure-faults.ts";
import { hasAnswerMark } from "../../domain/template/lint-subject.ts";
import { normalizeClickDestination } from "../link-signer.ts";
import { findHeaderTextFault, isPlainAddress } from "./header-safety.ts";
import type { ComposeInput } from "./input.ts";

/**
 * A reason why an email can't be sent. `field` is the dotted path in the input; `message` never
 * repeats the value.
 */
export type ComposeFault = { field: string; message: string };

/**
 * Returns every fault in the values for the headers and in the details that the law requires in the
 * footer. A value that could start another header is refused and never cleaned, so that the author
 * of the value learns of the fault.
 */
export function findHeaderAndFooterFaults(input: ComposeInput): ComposeFault[] {
  const { sender, recipient, tenant, rendered, occasion } = input;
  const subject = input.thread === null ? rendered.subject : input.thread.subject;
  return [
    ...findLineFaults("sender.fromName", sender.fromName, limits.nameLength),
    ...findAddressFaults("sender.fromEmail", sender.fromEmail),
    ...findAddressFaults("sender.replyTo", sender.replyTo),
    ...findAddressFaults("campaign.replyTo", input.campaign.replyTo),
    ...findAddressFaults(
      "recipient.email",
      input.preview === true && recipient.email === "" ? null : recipient.email,
    ),
    ...findLineFaults("recipient.name", recipient.name, limits.nameLength),
    ...findLineFaults("tenant.name", tenant.name, limits.nameLength),
    // A preview shows the wording, and must work before the office has filled in its details.
    ...(input.preview === true ? [] : findDisclosureFaults(tenant, [sender], [occasion.propertyState])),
    ...findSubjectFaults(input.thread === null ? "rendered.subject" : "thread.subject", subject),
    ...makeFaultIf(
      input.thread === null && hasAnswerMark(rendered.subject),
      "rendered.subject",
      'must not begin with "Re:" or "Fwd:"',
    ),
    ...findBlankFaults("rendered.html", rendered.html),
    ...findPublicUrlFaults("publicUrl", input.publicUrl),
    ...findDomainFaults("inboundDomain", input.inboundDomain),
  ];
}

const makeFaultIf = (isFaulty: boolean, field: string, message: string): ComposeFault[] =>
  isFaulty ? [{ field, message }] : [];

const findLineFaults = (field: string, text: string, max: number) => [
  ...[findHeaderTextFault(text)].filter((message) => message !== null).map((message) => ({ field, message })),
  ...makeFaultIf(text.length > max, field, `must be at most ${max} characters`),
];

const findSubjectFaults = (field: string, subject: string) => [
  ...findLineFaults(field, subject, limits.subjectLength),
  ...findBlankFaults(field, subject),
];

const findBlankFaults = (field: string, text: string) =>
  makeFaultIf(text.trim() === "", field, "must not be empty");

/**
 * Checks the lengths of RFC 5321 §4.5.3.1: 64 octets before the @ and 254 in all. Null has no
 * fault; the caller decides whether an address may be null.
 */
const findAddressFaults = (field: string, address: string | null) =>
  makeFaultIf(
    address !== null && !(isPlainAddress(address) && emailAddress.safeParse(address).success),
    field,
    "must be an email address in ASCII",
  );

function findPublicUrlFaults(field: string, url: string): ComposeFault[] {
  const isGood = normalizeClickDestination(url) !== null && /^[!-~]+$/.test(url) && !/[?#]|\/$/.test(url);
  return makeFaultIf(
    !isGood,
    field,
    "must be an http or https URL without query, fragment or slash at its end",
  );
}

const findDomainFaults = (field: string, domain: string | null) =>
  makeFaultIf(
    domain !== null && !/^(?=.{1,189}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i.test(domain),
    field,
    "must be a domain name",
  );
