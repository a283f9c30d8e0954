import type { EmailPreview } from "../../../shared/template.ts";
import type { OutgoingEmail } from "../../../worker/providers/provider.ts";

/** The parts of an email that a person reads: subject, HTML and text, without links and tokens. */
export type ReadableEmail = { subject: string; html: string; text: string };

/**
 * Returns a sent email without the parts that differ in every email: the links, the tracking pixel
 * and the hidden link.
 */
export function toReadableSentEmail({ subject, html, text }: OutgoingEmail): ReadableEmail {
  return { subject, html: stripTokens(html), text: stripUrls(text) };
}

/** Returns a preview without its links. */
export function toReadablePreview({ subject, html, text }: EmailPreview): ReadableEmail {
  return { subject, html: stripTokens(html), text: stripUrls(text) };
}

function stripTokens(html: string): string {
  return html
    .replace(/<img src="https:\/\/mail\.test\/o\/[^>]*>\n/, "")
    .replace(/<a href="[^"]*" rel="nofollow" aria-hidden[^>]*><\/a>\n/, "")
    .replace(/<a\b[^>]*>/g, "<a>");
}

const stripUrls = (text: string) => text.replace(/https?:\/\/mail\.test\/u\/\S+/g, "<unsubscribe>");
