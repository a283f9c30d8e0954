/**
 * The stages of an SMTP conversation at which a server can misbehave. `tls` is the TLS handshake,
 * and `dot` is the end of the message.
 */
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

/**
 * The server's behavior at one stage. `say` replaces the proper reply and must contain the line
 * ends. `next` is the server's action after the reply.
 */
export type SmtpAct = {
  say?: string;
  /**
   * `close` and `reset` end the connection. `stall` keeps the connection and sends nothing. `drip`
   * sends byte after byte without an end.
   */
  next?: "close" | "reset" | "stall" | "drip";
  /** The number of times that the server sends `say`. */
  times?: number;
};

export type SmtpScript = {
  acts?: Partial<Record<SmtpStage, SmtpAct>>;
  certificate?: "localhost" | "otherName" | "selfSigned" | "expired";
  /** Splits every reply in two after `splitAt` bytes, or into pieces of `pieceBytes` bytes. */
  splitAt?: number;
  pieceBytes?: number;
};

/**
 * The record of a scripted server: every line, whether the line was encrypted, and the number of
 * messages that the server received in full.
 */
export type SmtpTranscript = { lines: { text: string; isSecure: boolean }[]; messages: number };
