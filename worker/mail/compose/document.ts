import { escapeHtml } from "../../../shared/html-text.ts";
import type { LetterLanguage } from "../../../shared/words/letter-language.ts";
import { letterTextSizePx } from "../../domain/compliance/disclosure.ts";
import { renderPreheader } from "./preheader.ts";

/** The mail program's own font, so that the email reads like a letter from a person. */
const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/*
 * The look of the letter is set on its elements, because many mail programs drop a style sheet. The
 * sheet has only the rules that can't be set on elements. The rules of the sheet are for the
 * author's own HTML, and for colors on a dark screen.
 */
const letterStyle = `${font};padding:16px;font-size:${letterTextSizePx}px;line-height:1.5;color:#1f1f1f;text-align:left`;
const footerStyle = `${font};padding:8px 16px 24px;font-size:13px;line-height:1.7;color:#5f6368;text-align:left`;
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; -webkit-text-size-adjust: 100%; }
.page { width: 100%; max-width: 632px; }
.letter { overflow-wrap: anywhere; }
.letter p { margin: 0 0 16px; }
.letter img { max-width: 100%; height: auto; }
.letter a { color: #0b57d0; text-decoration: underline; }
.footer .brokerage { padding: 12px 0 4px; border-top: 1px solid #dadce0; color: #3c4043; }
.footer a { color: #5f6368; text-decoration: underline; }
@media (prefers-color-scheme: dark) {
  .letter { color: #e8eaed !important; }
  .letter a { color: #a8c7fa; }
  .footer, .footer a { color: #bdc1c6 !important; }
  .footer .brokerage { border-top-color: #5f6368; color: #e8eaed; }
}`;

/**
 * Returns the whole HTML document of an email. Each part has its own table cell, because the end of
 * a cell closes every element that an author left open. So the letter can't hide or restyle the
 * footer. The letter's own box cuts off content that would be painted outside the box.
 * @param parts `language` is the letter's language, by which a screen reader chooses its voice.
 *   `preheader` is text ('' for none), and `letter` and `footer` are HTML. `pixelUrl` and `trapUrl`
 *   are null for an email without a pixel or hidden link.
 */
export function renderEmailDocument(parts: {
  language: LetterLanguage;
  subject: string;
  preheader: string;
  letter: string;
  footer: string;
  pixelUrl: string | null;
  trapUrl: string | null;
}): string {
  const pixel =
    parts.pixelUrl === null
      ? ""
      : `<img src="${escapeHtml(parts.pixelUrl)}" width="1" height="1" alt="" style="display:block;border:0">\n`;
  return `<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(parts.subject)}</title>
<style>${style}
</style>
</head>
<body>
${renderPreheader(parts.preheader)}<table role="presentation" class="page" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:632px">
<tr><td class="letter" style="${letterStyle}"><div style="overflow:hidden">
${parts.letter}
</div></td></tr>
<tr><td class="footer" style="${footerStyle}">
${parts.footer}
</td></tr>
</table>
${pixel}${renderTrapLink(parts.trapUrl)}</body>
</html>
`;
}

/**
 * Returns a hidden link, which only a program that follows every link can follow. The link is not
 * displayed, read aloud or reached by keyboard. The text part never contains the link, because the
 * link has no text and is outside the letter.
 */
function renderTrapLink(trapUrl: string | null): string {
  if (trapUrl === null) return "";
  return `<a href="${escapeHtml(trapUrl)}" rel="nofollow" aria-hidden="true" tabindex="-1" style="display:none"></a>\n`;
}
