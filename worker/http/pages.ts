/*
 * The pages that an unsubscribe link can show. No page shows personal data, so that a
 * forwarded link reveals nothing.
 */

const renderPage = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 15vh auto 0; padding: 0 1.25rem; color: #1c1c1c; background: #fff }
h1 { font-size: 1.375rem; margin: 0 0 .75rem }
button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0; border-radius: .5rem; background: #1d4ed8; color: #fff; cursor: pointer }
button:focus-visible { outline: 3px solid #93c5fd; outline-offset: 2px }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } }
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

export const unsubscribePage = renderPage(
  "Unsubscribe",
  `<p>You will get no more of these emails.</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>`,
);

export const unsubscribedPage = renderPage(
  "You are unsubscribed",
  "<p>You will get no more of these emails.</p>",
);

export const unknownEmailPage = renderPage(
  "You are not unsubscribed yet",
  "<p>We no longer have a record of this email. Reply to it and ask for no more emails.</p>",
);

export const notFoundPage = renderPage(
  "This link does not work",
  "<p>It may have been cut off on its way. Try copying the whole link from the email.</p>",
);
