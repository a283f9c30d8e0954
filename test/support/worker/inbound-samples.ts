import samplesAsWritten from "../../providers/samples/inbound.json";

/**
 * The event that the engine must store for a sample. `tied` is true if the event must belong to one
 * of our messages. If a field is missing here, a test does not check the field.
 */
export type ExpectedEvent = {
  kind: string;
  tied: boolean;
  text?: string;
  status?: string;
  bounceClass?: string;
  /**
   * The email address of the event. Without `email`, the event must have the recipient's address.
   */
  email?: string;
};

/**
 * A sample of an email from a mail server. Each string of `raw` is a line, and each character is a
 * byte. `{{reply}}`, `{{bounce}}` and `{{unsubscribe}}` stand for the addresses of the message that
 * the email answers. `{{messageId}}` stands for the message's Message-ID, and `{{id}}` for a text
 * that makes the email unique.
 */
export type InboundSample = {
  name: string;
  envelopeFrom: string;
  to: string;
  raw: string[];
  result?: string;
  expected: ExpectedEvent[];
};

export const inboundSamples = samplesAsWritten as InboundSample[];

export type SampleAddresses = { reply: string; bounce: string; unsubscribe: string; messageId: string };

/** Returns a sample with its placeholders replaced by the addresses of one of our messages. */
export function fillInSample(
  { raw, to, envelopeFrom }: InboundSample,
  addresses: SampleAddresses,
  id: string,
): { raw: Uint8Array<ArrayBuffer>; to: string; from: string } {
  const fill = (text: string) =>
    text.replace(
      /\{\{(\w+)\}\}/g,
      (_, name) => ({ ...addresses, id })[name as keyof SampleAddresses | "id"] ?? "",
    );
  const bytes = Uint8Array.from(fill(raw.join("\r\n")), (char) => char.charCodeAt(0));
  return { raw: bytes, to: fill(to), from: envelopeFrom };
}
