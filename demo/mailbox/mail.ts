/**
 * A captured email in the mailbox's list. `facts`: the event kinds that the product has recorded
 * for the email.
 */
export type CapturedMailSummary = {
  id: string;
  toEmail: string;
  subject: string;
  sentAt: number;
  stepNumber: number;
  facts: string[];
};

/** A captured email as its recipient would receive it. */
export type CapturedMail = CapturedMailSummary & {
  recipientId: number;
  from: string;
  to: string;
  replyTo: string | null;
  messageId: string;
  html: string;
  text: string;
  headers: { name: string; value: string }[];
  pixelUrl: string | null;
  links: { url: string; label: string }[];
  /** The target of RFC 8058's one-click POST; null if the headers offer none. */
  oneClickUrl: string | null;
};

/** An action that a person or their mail service can take on an email. */
export type Action =
  | { action: "open" | "bounce" | "complain" | "unsubscribe" }
  | { action: "click"; url?: string | undefined }
  | { action: "reply"; text: string; isAutomatic: boolean };

/** The answer of the product's own route. */
export type ActionResult = { status: number; location: string | null };
