import { decodeEntities, escapeHtml } from "../../../shared/html-text.ts";
import type { AgencyFormLink } from "../../domain/compliance/disclosure.ts";
import { renderAgencyFormLinkHtml, renderAgencyFormLinkText } from "./footer.ts";

type LetterBodies = { html: string; text: string };

/**
 * Adds the link to a state's form to the letter, unless the letter already has the link. The link
 * stands before the signature, because a link in a signature or footer does not count in Texas (22
 * TAC 531.20).
 */
export function addAgencyFormLink(
  rendered: LetterBodies,
  form: AgencyFormLink | null,
  agentName: string,
): LetterBodies {
  if (form === null) return rendered;
  const { html, text } = rendered;
  const isLinked = decodeEntities(html).includes(form.url);
  return {
    html: isLinked
      ? html
      : insertBefore(
          html,
          html.lastIndexOf("<p"),
          escapeHtml(agentName),
          `${renderAgencyFormLinkHtml(form)}\n`,
        ),
    text:
      text.trim() === "" || text.includes(form.url)
        ? text
        : insertBefore(
            text,
            text.trimEnd().lastIndexOf("\n\n"),
            agentName,
            `\n\n${renderAgencyFormLinkText(form)}`,
          ),
  };
}

/**
 * Inserts `part` into the body at the offset `at` if the signature follows that offset, and
 * otherwise at the body's end.
 */
function insertBefore(body: string, at: number, agentName: string, part: string): string {
  const isSignature = at >= 0 && body.slice(at).includes(agentName);
  return isSignature ? body.slice(0, at) + part + body.slice(at) : `${body}\n${part}`;
}
