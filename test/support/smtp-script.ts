/** The points of an SMTP conversation at which a server can misbehave; `tls` is the handshake, `dot` the end of the message. */
export const smtpStages = [
  "greeting",
  "ehlo",
  "starttls",
  "tls",
  "secureEhlo",
  "auth",
  "mail",
  "rcpt",
  "data",
  "dot",
  "quit",
] as const;
export type SmtpStage = (typeof smtpStages)[number];

/** What the server does there: says this (as it is, line ends included) in place of what it should, and then perhaps more. */
export type SmtpAct = {
  say?: string;
  /** close and reset end the connection, stall keeps it without a word, drip goes on byte by byte without an end. */
  next?: "close" | "reset" | "stall" | "drip";
  /** So many times over. */
  times?: number;
};

export type SmtpScript = {
  acts?: Partial<Record<SmtpStage, SmtpAct>>;
  certificate?: "localhost" | "otherName" | "selfSigned" | "expired";
  /** Every reply leaves in two pieces, cut after so many bytes; or in pieces of so many bytes. */
  splitAt?: number;
  pieceBytes?: number;
};

/** What a scripted server saw: every line, whether it came encrypted, and the messages it was given whole. */
export type SmtpTranscript = { lines: { text: string; isSecure: boolean }[]; messages: number };
