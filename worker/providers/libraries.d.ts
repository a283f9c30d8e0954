/**
 * The parts of the mail libraries that we use. The comment in libraries.js says why the libraries'
 * own types are left out.
 */

export type SendgridRequest = {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body: unknown;
};
export type SendgridResponse = { statusCode: number; headers: Record<string, string | undefined> };

export class SendgridClient {
  setApiKey(apiKey: string): void;
  /**
   * `timeout` is in milliseconds. Call `setDefaultRequest` after `setApiKey`, because `setApiKey`
   * also sets `baseUrl`.
   */
  setDefaultRequest(defaults: {
    baseUrl: string;
    timeout: number;
    adapter: "fetch";
    maxContentLength: number;
  }): this;
  request(data: SendgridRequest): Promise<[SendgridResponse, unknown]>;
}

export type SendgridMessage = {
  from: { email: string; name: string };
  replyTo?: { email: string; name: string };
  subject: string;
  personalizations: { to: { email: string; name: string }[]; customArgs: Record<string, string> }[];
  content: { type: string; value: string }[];
  headers: Record<string, string>;
  trackingSettings: Record<string, { enable: boolean; enableText?: boolean }>;
};

export class SendgridMail {
  setClient(client: SendgridClient): this;
  /**
   * Rejects with a plain Error before the request, and with ResponseError or AxiosError after the
   * request.
   */
  send(message: SendgridMessage): Promise<[SendgridResponse, unknown]>;
}

export type MailgunClient = {
  messages: {
    create(domain: string, data: Record<string, string>): Promise<{ status?: number; id?: string }>;
  };
  domains: {
    get(domain: string): Promise<{ name?: string; state?: string; is_disabled?: boolean }>;
  };
  events: {
    logger: { warn(message: string): void };
    get(domain: string, query: Record<string, string>): Promise<{ items?: unknown[] }>;
  };
};

export class Mailgun {
  constructor(formData: typeof FormData);
  /** `timeout` is in milliseconds. */
  client(options: {
    username: string;
    key: string;
    url: string;
    timeout: number;
    useFetch: true;
  }): MailgunClient;
}

export type MimeOptions = {
  from: { address: string; name: string };
  to: { address: string; name: string };
  replyTo?: { address: string; name: string };
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Record<string, string>;
  date?: Date;
  /** `windows`: the library ends every line in CRLF, even a line that had another ending. */
  newline: "windows";
  disableFileAccess: true;
  disableUrlAccess: true;
};

export type MimeMessage = {
  /**
   * Returns the addresses in SMTP's form, with domains in ASCII. `from` is false if no sender is
   * set.
   */
  getEnvelope(): { from: string | false; to: string[] };
  build(): Promise<Uint8Array>;
};

export class MailComposer {
  constructor(options: MimeOptions);
  compile(): MimeMessage;
}

/** The part of Node's socket that is needed to pass a socket to `SmtpConnection`. */
export type Socket = { setMaxListeners(count: number): Socket };

export function connectPlain(options: { host: string; port: number }): Socket;
export function connectTls(options: { host: string; port: number; servername: string }): Socket;

export class Readable {
  constructor(options: { read(this: Readable): void });
  /** Null ends the stream. */
  push(chunk: Uint8Array | null): boolean;
}

export type SmtpEnvelope = {
  from: string;
  to: string[];
  /** The message's size in bytes. If the server announces a smaller SIZE, nothing is sent. */
  size: number;
  /** Asks for delivery status notifications (RFC 3461). Used only if the server announces DSN. */
  dsn: { ret: "HDRS"; envid: string; notify: string[] };
};

/**
 * An error of nodemailer. `response` is the server's reply, if the server replied. `command` is the
 * SMTP command that the reply answered.
 */
export type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number };

export class SmtpConnection {
  constructor(options: {
    host: string;
    port: number;
    name: string;
    connection: Socket;
    secure: boolean;
    secured: boolean;
    requireTLS: boolean;
    connectionTimeout: number;
    greetingTimeout: number;
    socketTimeout: number;
    socketCloseTimeout: number;
    maxResponseSize: number;
  });
  on(event: "error", listener: (error: SmtpError) => void): this;
  connect(done: (error?: SmtpError) => void): void;
  login(
    auth: { user: string; credentials: { user: string; pass: string } },
    done: (error: SmtpError | null) => void,
  ): void;
  send(envelope: SmtpEnvelope, message: Readable, done: (error: SmtpError | null) => void): void;
  /** Sends RSET, which gives up the current transaction. */
  reset(done: (error: SmtpError | null) => void): void;
  quit(): void;
  close(): void;
}
