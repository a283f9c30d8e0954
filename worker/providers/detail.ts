import type { OutgoingEmail, UnsealedAccount } from "./provider.ts";

const maxLength = 300;

/**
 * Returns a service's answer without secrets, for operators to read. Services quote addresses,
 * names and even keys back at us.
 * @returns one line of at most 300 characters
 */
export function redactSecrets(text: string, email: OutgoingEmail, account: UnsealedAccount): string {
  let clean = text.slice(0, 4_000);
  for (const secret of listSecrets(email, account)) clean = clean.replaceAll(secret, "[hidden]");
  return clean
    .replace(/[^\s<>"'(),;:=]+@[^\s<>"'(),;]+/g, "[address]")
    .replace(/[A-Za-z0-9+/_.=-]{40,}/g, "[hidden]")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, maxLength);
}

/**
 * Returns the texts to hide, longest first, so that a shorter text doesn't cut into a longer text.
 * Texts under four characters are left out, because hiding such short texts would blank out
 * ordinary words.
 */
function listSecrets(email: OutgoingEmail, { credentials }: UnsealedAccount): string[] {
  const local = (address: string) => address.split("@")[0] ?? "";
  const addresses = [email.to.email, email.from.email, email.replyTo ?? ""];
  const texts = [email.to.name, email.from.name, email.subject, ...addresses, ...addresses.map(local)];
  return [...texts, ...listCredentialSecrets(credentials)]
    .filter((text) => text.length >= 4)
    .sort((a, b) => b.length - a.length);
}

function listCredentialSecrets(credentials: UnsealedAccount["credentials"]): string[] {
  switch (credentials.provider) {
    case "sendgrid":
    case "mailgun":
      return [credentials.apiKey];
    case "smtp":
      return [credentials.user, credentials.password];
    case "outbox":
      return [credentials.webhookSecret];
  }
}
