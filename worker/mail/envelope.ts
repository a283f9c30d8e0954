import { emailAddress } from "../../shared/primitives.ts";
import { limits } from "../../shared/vocabulary.ts";
import type { ComposeInput } from "./compose.ts";
import { clickDestination } from "./tracking.ts";

/** What keeps an email from being sent. `field` is dotted as in the input; `message` never repeats the value. */
export type ComposeFault = { field: string; message: string };

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Everything that is wrong with what goes into headers and with what the law wants in the footer. A value that could
 * start another header is refused, never cleaned: who sent it should hear of it.
 */
export function envelopeFaults(input: ComposeInput): ComposeFault[] {
  const { sender, recipient, tenant, rendered } = input;
  return [
    ...lineFaults("sender.fromName", sender.fromName, limits.nameLength),
    ...addressFaults("sender.fromEmail", sender.fromEmail),
    ...addressFaults("sender.replyTo", sender.replyTo),
    ...addressFaults("campaign.replyTo", input.campaign.replyTo),
    ...addressFaults(
      "recipient.email",
      input.preview === true && recipient.email === "" ? null : recipient.email,
    ),
    ...lineFaults("recipient.name", recipient.name, limits.nameLength),
    ...lineFaults("tenant.name", tenant.name, limits.nameLength),
    ...blankFaults("tenant.name", tenant.name),
    ...blankFaults("tenant.postalAddress", tenant.postalAddress),
    ...lineFaults("rendered.subject", rendered.subject, limits.subjectLength),
    ...blankFaults("rendered.subject", rendered.subject),
    ...blankFaults("rendered.html", rendered.html),
    ...messageIdFaults("previousMessageId", input.previousMessageId),
    ...publicUrlFaults("publicUrl", input.publicUrl),
    ...domainFaults("inboundDomain", input.inboundDomain),
  ];
}

const fault = (isFaulty: boolean, field: string, message: string): ComposeFault[] =>
  isFaulty ? [{ field, message }] : [];

const lineFaults = (field: string, text: string, max: number) => [
  ...fault(controls.test(text), field, "must be one line without control characters"),
  ...fault(text.length > max, field, `must be at most ${max} characters`),
];

const blankFaults = (field: string, text: string) => fault(text.trim() === "", field, "must not be empty");

/** RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all. Null is no address at all, which is for the caller to allow. */
const addressFaults = (field: string, address: string | null) =>
  fault(address !== null && !isAddress(address), field, "must be an email address");

const isAddress = (address: string) =>
  !/\s/.test(address) && address.lastIndexOf("@") <= 64 && emailAddress.safeParse(address).success;

/** RFC 5322 §3.6.4, without the obsolete forms. */
const messageIdFaults = (field: string, id: string | null) =>
  fault(
    id !== null && !/^<[\w.!#$%&'*+/=?^`{|}~-]{1,200}@[\w.-]{1,253}>$/.test(id),
    field,
    "must be a Message-ID in angle brackets",
  );

function publicUrlFaults(field: string, url: string): ComposeFault[] {
  const isGood = clickDestination(url) !== null && /^[!-~]+$/.test(url) && !/[?#]|\/$/.test(url);
  return fault(!isGood, field, "must be an http or https URL without query, fragment or slash at its end");
}

const domainFaults = (field: string, domain: string | null) =>
  fault(
    domain !== null && !/^(?=.{1,189}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i.test(domain),
    field,
    "must be a domain name",
  );
