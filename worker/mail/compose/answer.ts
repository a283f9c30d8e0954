import { escapeHtml } from "../../../shared/html-text.ts";
import type { LetterLanguage } from "../../../shared/words/letter-language.ts";
import { formatQuoteIntro, type QuotedReply, quoteText } from "../../domain/answer.ts";
import {
  type AgentDetails,
  type DisclosureFacts,
  decideDisclosure,
  type OfficeDetails,
} from "../../domain/compliance/disclosure.ts";
import type { OutgoingEmail } from "../../providers/provider.ts";
import { renderEmailDocument } from "./document.ts";
import { renderSenderDetailsHtml, renderSenderDetailsText } from "./footer.ts";

export type AnswerParts = {
  office: OfficeDetails;
  agent: AgentDetails & { fromEmail: string };
  occasion: DisclosureFacts;
  to: { email: string; name: string };
  subject: string;
  /** The agent's own words. */
  bodyText: string;
  quoted: QuotedReply | null;
  replyTo: string | null;
  messageId: string;
  /** The Message-IDs of the thread with angle brackets, oldest first. */
  threadIds: readonly string[];
};

/**
 * Composes an agent's answer to a person who replied: the agent's words, the signature, the quoted
 * reply and the office's details. An answer is a personal email, so it has no advertising line, no
 * pixel, no tracked link and no unsubscribe header.
 */
export function composeAnswer(parts: AnswerParts): Omit<OutgoingEmail, "reference"> {
  const { office, agent, to, subject, quoted, replyTo, messageId, threadIds } = parts;
  const { language = "en" } = parts.occasion;
  const disclosure = decideDisclosure(office, agent, parts.occasion);
  const words = addSignature(parts.bodyText, agent.fromName);
  const inReplyTo = threadIds.at(-1);
  const quote = quoted === null ? "" : `\n\n${formatQuoteIntro(quoted, language)}\n${quoteText(quoted.text)}`;
  return {
    from: { email: agent.fromEmail, name: agent.fromName },
    to,
    replyTo,
    subject,
    text: `${words}\n\n${renderSenderDetailsText(disclosure)}${quote}\n`,
    html: renderEmailDocument({
      language,
      subject,
      preheader: "",
      letter: `${renderParagraphs(words)}${quoted === null ? "" : renderQuote(quoted, language)}`,
      footer: renderSenderDetailsHtml(disclosure),
      pixelUrl: null,
      trapUrl: null,
    }),
    messageId,
    headers: {
      "Message-ID": messageId,
      ...(inReplyTo === undefined ? {} : { "In-Reply-To": inReplyTo, References: threadIds.join(" ") }),
    },
  };
}

/** Adds the agent's name below the words, unless the words end with the name. */
function addSignature(words: string, name: string): string {
  const text = words.trim();
  const isSigned = text.toLowerCase().endsWith(name.trim().toLowerCase());
  return isSigned || name.trim() === "" ? text : `${text}\n\n${name.trim()}`;
}

const renderParagraphs = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll("\n", "<br>\n")}</p>`)
    .join("\n");

const renderQuote = (quoted: QuotedReply, language: LetterLanguage) =>
  `\n<p>${escapeHtml(formatQuoteIntro(quoted, language))}</p>\n<blockquote style="margin:0;padding-left:12px;border-left:2px solid #dadce0">${renderParagraphs(quoted.text.trimEnd())}</blockquote>`;
