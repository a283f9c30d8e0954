import { useEffect, useRef, useState } from "preact/hooks";
import { findLetterLanguage } from "../../shared/words/letter-language.ts";

type Props = {
  html: string;
  text: string;
  title: string;
};

/** A Trusted Types policy. TypeScript's DOM types don't describe Trusted Types yet. */
type TrustedHtmlPolicy = {
  createHTML(html: string): string;
};
type TrustedTypes = {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): TrustedHtmlPolicy;
};

let policy: TrustedHtmlPolicy | null | undefined;
/**
 * Returns Doorknock's Trusted Types policy for HTML. Returns null if the host does not allow this
 * policy; the view then shows the email's text part.
 */
function getHtmlPolicy(): TrustedHtmlPolicy | null {
  if (policy !== undefined) return policy;
  const trustedTypes = Reflect.get(window, "trustedTypes") as TrustedTypes | undefined;
  try {
    const pass = (html: string) => html;
    policy = trustedTypes
      ? trustedTypes.createPolicy("doorknock", { createHTML: pass })
      : { createHTML: pass };
  } catch {
    policy = null;
  }
  return policy;
}

const emptyPage = '<!doctype html><html lang="en"><head></head><body></body></html>';
const styleAside = "data-dk-style";
const sheetAside = "data-dk-sheet";
const unwantedElements = "script, meta, base, link, iframe, object, embed, form";

/**
 * Renames style elements and attributes before the HTML is parsed. Otherwise the host's CSP would
 * block and report each style, even in a document that is never shown. If a pattern misses a style,
 * the CSP reports the style, but the frame still shows it. The new element is `xmp`, which holds
 * raw text as `style` does.
 */
function renameStyles(html: string): string {
  return html
    .replace(/<style\b/gi, `<xmp ${sheetAside}`)
    .replace(/<\/style\b/gi, "</xmp")
    .replace(/(<[a-z][^<>]*?\s)style(?=\s*=)/gi, `$1${styleAside}`);
}

/** Removes all style elements from the email and returns their rules as text. */
function extractStyleRules(email: Document): string {
  const sources = [...email.querySelectorAll(`[${sheetAside}], style`)];
  for (const source of sources) source.remove();
  return sources.map(({ textContent }) => textContent ?? "").join("\n");
}

const ownRules = "a{color:#0b57d0;text-decoration:underline}img{max-width:100%}\n";

/**
 * Shows an email in the frame as it was designed, although a `srcdoc` frame inherits the host's
 * CSP, which may block styles. Style rules become a constructed sheet, and style attributes are set
 * through the CSSOM. CSP blocks neither constructed sheets nor the CSSOM. The frame runs no
 * scripts, and links in the frame lead nowhere.
 */
function renderEmail(frame: HTMLIFrameElement, html: string, trusted: TrustedHtmlPolicy): void {
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  const page = frame.contentDocument;
  if (!view || !page) return;
  const email = new DOMParser().parseFromString(trusted.createHTML(renameStyles(html)), "text/html");
  for (const element of email.querySelectorAll(unwantedElements)) element.remove();
  for (const link of email.querySelectorAll("a[href]")) link.removeAttribute("href");
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(ownRules + extractStyleRules(email));
  page.documentElement.lang = email.documentElement.lang || findLetterLanguage(html);
  page.adoptedStyleSheets = [sheet];
  page.body.replaceWith(page.importNode(email.body, true));
  for (const element of page.querySelectorAll<HTMLElement>(`[${styleAside}], [style]`)) {
    element.style.cssText = element.getAttribute(styleAside) ?? element.getAttribute("style") ?? "";
    element.removeAttribute(styleAside);
  }
}

const imageCheckMs = 300;
const mostImageChecks = 100;

/**
 * Calls `call` at intervals until the email's images are loaded. In Safari, no event listener runs
 * in a frame without scripts. Returns a function that ends the calls.
 */
function callAsImagesLoad(frame: HTMLIFrameElement, call: () => void): () => void {
  let checks = 0;
  const timer = setInterval(() => {
    checks += 1;
    call();
    const images = [...(frame.contentDocument?.images ?? [])];
    if (checks >= mostImageChecks || images.every(({ complete }) => complete)) clearInterval(timer);
  }, imageCheckMs);
  return () => clearInterval(timer);
}

/** Shows an email's text part, in the letter's language for a screen reader. */
export const EmailText = ({ text }: { text: string }) => (
  <pre class="email-text" lang={findLetterLanguage(text)}>
    {text}
  </pre>
);

export function EmailFrame({ html, text, title }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(320);
  const trusted = getHtmlPolicy();
  useEffect(() => {
    const element = frame.current;
    if (!element || !trusted) return undefined;
    // The height of the email changes when the frame gets a new width, and when images load. An
    // observer of the email itself would report errors to the host's window.
    let frameId = 0;
    const fitHeight = () => {
      cancelAnimationFrame(frameId);
      frameId = requestAnimationFrame(() => {
        const page = element.contentDocument?.documentElement;
        if (page) setHeight(page.offsetHeight);
      });
    };
    const observer = new ResizeObserver(fitHeight);
    let stopCalls: (() => void) | null = null;
    const show = () => {
      renderEmail(element, html, trusted);
      stopCalls = callAsImagesLoad(element, fitHeight);
      observer.observe(element);
    };
    element.addEventListener("load", show);
    element.srcdoc = trusted.createHTML(emptyPage);
    return () => {
      observer.disconnect();
      stopCalls?.();
      cancelAnimationFrame(frameId);
      element.removeEventListener("load", show);
    };
  }, [html, trusted]);
  if (!trusted) return <EmailText text={text} />;
  return (
    <iframe
      ref={frame}
      class="email-frame"
      sandbox="allow-same-origin"
      tabIndex={-1}
      title={title}
      style={{ height: `${height}px` }}
    />
  );
}
