import type { LetterLanguage } from "../../shared/words/letter-language.ts";

/*
 * The frame of the pages behind the links in an email. The pages need no script, and show only
 * facts that a forwarded link may reveal.
 */

const style = `
:root { color-scheme: light dark }
body { font: 1.0625rem/1.5 system-ui, sans-serif; margin: 0; color: #1c1c1c; background: #f3f4f6 }
main { box-sizing: border-box; max-width: 30rem; margin: 12vh auto 2rem; padding: 1.75rem 1.5rem; background: #fff; border-radius: .75rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.0625rem; margin: 0 0 .25rem }
p { margin: 0 0 1rem }
section { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid #d9dce1 }
section :last-child { margin-bottom: 0 }
form { margin: 0 }
button { box-sizing: border-box; width: 100%; min-height: 3rem; font: inherit; font-weight: 600; padding: .6rem 1.25rem; border: 1px solid #1d4ed8; border-radius: .5rem; background: #1d4ed8; color: #fff; cursor: pointer }
button.quiet { border-color: #8a9099; background: transparent; color: inherit }
button:focus-visible { outline: 3px solid #60a5fa; outline-offset: 2px }
.passing { animation: pass 0s linear var(--left) forwards }
@keyframes pass { to { visibility: hidden } }
@media (min-width: 30rem) { button { width: auto } }
@media (max-width: 30rem) { body { background: #fff } main { margin-top: 0 } }
@media (prefers-color-scheme: dark) {
  body { color: #eceef1; background: #0f1114 }
  main { background: #1a1d21 }
  section { border-top-color: #3a3f46 }
  button { background: #2f62e6; border-color: #2f62e6 }
}
@media (max-width: 30rem) and (prefers-color-scheme: dark) { body { background: #1a1d21 } }`;

/**
 * Returns the HTML of a whole page.
 * @param title text that is already escaped as HTML
 * @param body HTML
 */
export const renderPage = (title: string, body: string, language: LetterLanguage = "en") => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

const notFoundWords: Readonly<Record<LetterLanguage, { title: string; text: string }>> = {
  en: {
    title: "This link doesn’t work",
    text: "It may have been cut off. Try copying the whole link from the email.",
  },
  es: {
    title: "Este enlace no funciona",
    text: "Puede estar cortado. Copie el enlace completo del correo e inténtelo de nuevo.",
  },
};

export function renderNotFoundPage(language: LetterLanguage): string {
  const { title, text } = notFoundWords[language];
  return renderPage(title, `<p>${text}</p>`, language);
}
