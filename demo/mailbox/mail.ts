/** One captured email in the mailbox's list. `facts` are the kinds of events the product has recorded for it. */
export type CapturedSummary = {
  id: string;
  toEmail: string;
  subject: string;
  sentAt: number;
  stepNumber: number;
  facts: string[];
};

/** One captured email as the person it went to would get it. */
export type Captured = CapturedSummary & {
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
  /** Where RFC 8058's one-click POST goes, where the headers offer it. */
  oneClickUrl: string | null;
};

/** What a person, or their mail service, may do with an email. */
export type Action =
  | { action: "open" | "bounce" | "complain" | "unsubscribe" }
  | { action: "click"; url?: string | undefined }
  | { action: "reply"; text: string; isAutomatic: boolean };

/** What the product's own route answered. */
export type ActionResult = { status: number; location: string | null };
