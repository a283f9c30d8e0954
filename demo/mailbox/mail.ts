/**
 * A captured email in the mailbox's list. `facts` are the kinds of events that the product has
 * recorded for the email.
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
  /** The URL for the one-click POST of RFC 8058; null if the headers contain no such URL. */
  oneClickUrl: string | null;
};

/** An action that a person or the person's mail service can take on an email. */
export type MailAction =
  | { action: "open" | "bounce" | "complain" | "unsubscribe" }
  | { action: "click"; url?: string | undefined }
  | { action: "reply"; text: string; isAutomatic: boolean };

/** The HTTP status and Location header with which the product's route answered the action. */
export type MailActionResult = { status: number; location: string | null };
