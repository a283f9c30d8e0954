import { connectPlain, connectTls, Readable, SmtpConnection, type SmtpError } from "../libraries.js";
import type { Credentials, OutgoingEmail, Provider, SendOutcome, UnsealedAccount } from "../provider.ts";
import { formatReference } from "../reference.ts";
import { normalizeSignedEvents, verifySignedEvents } from "../signed-events.ts";
import { type BuiltMimeMessage, buildMimeMessage } from "./mime.ts";
import { classifySmtpError } from "./reply.ts";

type SmtpCredentials = Extract<Credentials, { provider: "smtp" }>;

/**
 * Sends through any SMTP submission server (RFC 6409). Each email gets its own connection, because
 * a socket can't outlive the call of the Worker that opened the socket. Neither credentials nor
 * email are sent before TLS is up and the certificate matches the host's name.
 */
export const smtpProvider: Provider = {
  name: "smtp",
  send,
  verify: verifySignedEvents,
  normalize: normalizeSignedEvents,
  getStatus: async () => ({ kind: "unsupported" }),
  listIdentities: async () => ({ kind: "unsupported" }),
  listSuppressions: async () => ({ kind: "unsupported" }),
  registerWebhooks: async () => ({ kind: "notNeeded" }),
};

async function send(email: OutgoingEmail, account: UnsealedAccount, timeoutMs: number): Promise<SendOutcome> {
  const { credentials } = account;
  if (credentials.provider !== "smtp") return refuseForChannel("the account is not an SMTP one");
  // Workers can't connect to port 25. Port 25 is for mail between servers, without AUTH or checked
  // certificates.
  if (credentials.port === 25) return refuseForChannel("port 25 is not for submission; 465 and 587 are");
  let message: BuiltMimeMessage;
  try {
    message = await buildMimeMessage(email);
  } catch {
    return { kind: "refused", fault: "message", status: null, detail: "the message could not be built" };
  }
  return await deliverMessage(message, email, { ...account, credentials }, timeoutMs);
}

function refuseForChannel(detail: string): SendOutcome {
  return { kind: "refused", fault: "channel", status: null, detail };
}

function deliverMessage(
  message: BuiltMimeMessage,
  email: OutgoingEmail,
  account: UnsealedAccount & { credentials: SmtpCredentials },
  timeoutMs: number,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    let body = createBodyStream(message.raw);
    let connection: SmtpConnection | null = null;
    const finish = (outcome: SendOutcome) => {
      clearTimeout(timer);
      connection?.close();
      resolve(outcome);
    };
    const fail = (error: unknown) => finish(classifySmtpError(error, body.hasEnded(), email, account));
    const timer = setTimeout(() => fail(new Error("no answer in time")), timeoutMs);
    try {
      connection = startConversation(message, account.credentials, timeoutMs, {
        dsnId: formatReference(email.reference),
        returnPath: email.returnPath ?? message.from,
        newBody: () => {
          body = createBodyStream(message.raw);
          return body.stream;
        },
        fail,
        accept: () => finish({ kind: "accepted", providerMessageId: email.messageId.replace(/^<|>$/g, "") }),
      });
    } catch (error) {
      fail(error);
    }
  });
}

type ConversationHandlers = {
  dsnId: string;
  returnPath: string;
  newBody: () => Readable;
  fail: (error: unknown) => void;
  accept: () => void;
};

function startConversation(
  message: BuiltMimeMessage,
  credentials: SmtpCredentials,
  timeoutMs: number,
  { dsnId, returnPath, newBody, fail, accept }: ConversationHandlers,
): SmtpConnection {
  const { user, password } = credentials;
  const connection = openConnection(credentials, message.from, timeoutMs);
  connection.on("error", fail);
  const envelope = {
    to: [message.to],
    size: message.raw.length,
    // Asks for bounces that name our message and return only its headers. Used only if the server
    // supports DSN.
    dsn: { ret: "HDRS" as const, envid: dsnId, notify: ["FAILURE", "DELAY"] },
  };
  const give = (from: string, refuse: (error: SmtpError) => void) =>
    connection.send({ ...envelope, from }, newBody(), (failed) => {
      if (failed !== null) return refuse(failed);
      connection.quit();
      accept();
    });
  connection.connect((error) => {
    if (error !== undefined) return fail(error);
    connection.login({ user, credentials: { user, pass: password } }, (refused) => {
      if (refused !== null) return fail(refused);
      give(returnPath, (failed) => {
        if (returnPath === message.from || !isAboutSender(failed)) return fail(failed);
        // The server has refused the message. A server may accept only its user's own address as
        // the envelope's sender, so the From address is tried next.
        connection.reset((unwilling) => (unwilling === null ? give(message.from, fail) : fail(failed)));
      });
    });
  });
  return connection;
}

/**
 * Tells whether a permanent refusal may be about the envelope's sender. Servers refuse a sender at
 * MAIL FROM (Exchange's 5.7.60), at RCPT TO (Postfix) or after the message (Exchange's
 * "SendAsDenied").
 */
function isAboutSender({ command, response = "" }: SmtpError): boolean {
  if (!/^5\d\d/.test(response)) return false;
  return command === "MAIL FROM" || /\bsender\b|send ?as|\b5\.(?:1\.[78]|7\.\d+|2\.252)\b/i.test(response);
}

/**
 * Opens the connection on a socket of our own. nodemailer would look the host up with node:dns,
 * which in workerd asks a public resolver instead of the runtime. With implicit TLS, the socket
 * starts TLS itself, because nodemailer's implicit TLS on a connected socket would wait forever.
 */
function openConnection(
  { host, port, tls }: SmtpCredentials,
  from: string,
  timeoutMs: number,
): SmtpConnection {
  const isImplicit = tls === "implicit";
  const socket = isImplicit ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
  return new SmtpConnection({
    host,
    port,
    // The name for EHLO. A Worker has no host name, so the sender's domain stands in (RFC 5321
    // §4.1.4).
    name: from.slice(from.lastIndexOf("@") + 1),
    // workerd adds a timeout listener with every read and write. Without this setting, workerd
    // would warn of a leak, although the listeners end with the socket.
    connection: socket.setMaxListeners(0),
    secure: isImplicit,
    secured: isImplicit,
    requireTLS: !isImplicit,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // The time for QUIT, after the outcome is known.
    socketCloseTimeout: 1_000,
    maxResponseSize: 64_000,
  });
}

const chunkBytes = 16_384;

/**
 * Returns the message as the stream that nodemailer takes. `hasEnded` tells whether nodemailer has
 * read the stream to its end. After a failure before the end, the server has not taken the message.
 * After the end, the outcome is unknown, because the final dot (RFC 5321 §4.1.1.4) follows.
 */
function createBodyStream(raw: Uint8Array): { stream: Readable; hasEnded: () => boolean } {
  let offset = 0;
  let ended = false;
  const stream = new Readable({
    read() {
      ended = offset >= raw.length;
      this.push(ended ? null : raw.slice(offset, offset + chunkBytes));
      offset += chunkBytes;
    },
  });
  return { stream, hasEnded: () => ended };
}
