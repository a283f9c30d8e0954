import PostalMime, { type Email } from "postal-mime";
import type { InboundFacts } from "../domain/inbound.ts";
import { htmlToText } from "./html-to-text.ts";

/** An incoming email as far as it is acted on. Addresses are lower case, ids without angle brackets. */
export type InboundEmail = Omit<InboundFacts, "isUnsubscribeAddress"> & {
  fromName: string;
  to: string[];
  messageId: string | null;
  /** In-Reply-To and References, one after the other; a report's own copy of the failed email's Message-ID too. */
  answers: string;
};

/** The largest email that is read: what Email Routing lets through (25 MiB). */
export const inboundBytes = 25 * 1024 * 1024;

/** Parses raw MIME (RFC 5322). Never throws for bad input: what can't be read comes out empty. */
export async function readInbound(raw: Uint8Array, envelopeFrom: string): Promise<InboundEmail> {
  const email = await PostalMime.parse(raw, { attachmentEncoding: "utf8" });
  const headers = new Map(email.headers.map(({ key, value }) => [key.toLowerCase(), value]));
  return {
    headers,
    envelopeFrom,
    from: email.from?.address?.toLowerCase() ?? "",
    fromName: email.from?.name ?? "",
    to: [...(email.to ?? []), ...(email.cc ?? [])].flatMap(({ address }) => address?.toLowerCase() ?? []),
    subject: email.subject ?? "",
    text: email.text ?? (email.html === undefined ? "" : await htmlToText(email.html)),
    messageId: email.messageId?.replace(/^<|>$/g, "") ?? null,
    answers: [email.inReplyTo, email.references, embeddedMessageId(email)].filter(Boolean).join(" "),
    report: reportOf(email),
    feedbackType: /^feedback-type:\s*(\S+)/im.exec(partOf(email, "message/feedback-report"))?.[1] ?? null,
  };
}

function partOf(email: Email, mimeType: string): string {
  const part = email.attachments.find((attachment) => attachment.mimeType === mimeType);
  return typeof part?.content === "string" ? part.content : "";
}

function reportOf(email: Email): InboundFacts["report"] {
  const fields = partOf(email, "message/delivery-status");
  if (fields === "") return null;
  const action = /^action:\s*([a-z-]+)/im.exec(fields)?.[1] ?? "";
  const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(fields)?.[1] ?? "";
  const text = /^diagnostic-code:\s*(.{0,500})/im.exec(fields)?.[1] ?? "";
  return { action, status, text };
}

/** A report carries the email it is about, or its headers; that email's Message-ID is ours. */
function embeddedMessageId(email: Email): string {
  const original = partOf(email, "message/rfc822") || partOf(email, "text/rfc822-headers");
  return /^message-id:\s*(<[^>\s]{1,300}>)/im.exec(original)?.[1] ?? "";
}
