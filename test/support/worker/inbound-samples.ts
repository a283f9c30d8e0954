import samplesAsWritten from "../../providers/samples/inbound.json";

/** What a sample is to be stored as. `tied`: to the message it is about, or to none. What is left out is not looked at. */
export type ExpectedEvent = {
  kind: string;
  tied: boolean;
  text?: string;
  status?: string;
  bounceClass?: string;
  /** Whose it is where that is not the recipient; absent where it is. */
  email?: string;
};

/**
 * An email as a mail server passes it on. A character of `raw` is a byte, a string a line. `{{reply}}` and
 * `{{unsubscribe}}` stand for the message's own addresses, `{{messageId}}` for its Message-ID, `{{id}}` for what makes the
 * email itself one of a kind.
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

export type Addresses = { reply: string; unsubscribe: string; messageId: string };

/** The sample about one message of ours, ready to be delivered. */
export function filledIn(
  { raw, to, envelopeFrom }: InboundSample,
  addresses: Addresses,
  id: string,
): { raw: Uint8Array<ArrayBuffer>; to: string; from: string } {
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name) => ({ ...addresses, id })[name as keyof Addresses | "id"] ?? "");
  const bytes = Uint8Array.from(fill(raw.join("\r\n")), (char) => char.charCodeAt(0));
  return { raw: bytes, to: fill(to), from: envelopeFrom };
}
