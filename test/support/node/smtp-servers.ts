import { createServer, type Socket } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { SmtpServerName } from "../worker/provider-servers.d.ts";
import type { Certificate, Certificates } from "./certificates.ts";
import { createCallFaultSource } from "./faulty-calls.ts";
import type { RequestLedger } from "./ledger.ts";
import { listenOnFreePort, type RunningServer } from "./serve.ts";

type Reply = { code: number; text: string };

/** The server's replies to RCPT TO, by the local part of the recipient's address. */
const recipientReplies: Record<string, Reply> = {
  unknown: { code: 550, text: "5.1.1 <unknown@example.com>: user unknown in mailbox table" },
  bare: { code: 550, text: "no such user here" },
  full: { code: 552, text: "5.2.2 mailbox full" },
  greylisted: { code: 450, text: "4.2.0 greylisted, come back later" },
  relay: { code: 550, text: "5.7.1 relaying denied" },
};
/**
 * Replies to RCPT TO that the server gives only if the envelope's sender is Doorknock's address for
 * bounces. For such a sender, `ownerMessageReplies` has the replies to the final dot, which ends
 * the message.
 */
const ownerReplies: Record<string, Reply> = {
  postfix: { code: 553, text: "5.7.1 <bounces>: Sender address rejected: not owned by user" },
};
const ownerMessageReplies: Record<string, Reply> = {
  exchange: { code: 554, text: "5.2.252 SendAsDenied; user not allowed to send as bounces" },
};
/** The replies to the final dot, by the local part of the recipient's address. */
const messageReplies: Record<string, Reply> = {
  spam: { code: 554, text: "5.7.1 message rejected by policy" },
  content: { code: 554, text: "5.6.0 message could not be parsed" },
  untold: { code: 554, text: "transaction failed" },
  storage: { code: 452, text: "4.3.1 insufficient system storage" },
  shutdown: { code: 421, text: "4.3.2 shutting down" },
};

/**
 * A port on which no program listens: tcpmux (RFC 1078). A port that was merely free at the start
 * could be taken by another test run.
 */
const unusedPort = 1;

const findCallFault = createCallFaultSource();

export async function startSmtpServers(
  certificates: Certificates,
  ledger: RequestLedger,
): Promise<{ ports: Record<SmtpServerName, number>; stop: () => Promise<void> }> {
  const running: Record<Exclude<SmtpServerName, "nobody">, RunningServer> = {
    starttls: await startServer("starttls", certificates.localhost, false, ledger),
    implicit: await startServer("implicit", certificates.localhost, true, ledger),
    selfSigned: await startServer("selfSigned", certificates.selfSigned, false, ledger),
    selfSignedImplicit: await startServer("selfSignedImplicit", certificates.selfSigned, true, ledger),
    otherName: await startServer("otherName", certificates.otherName, false, ledger),
    plain: await startLineServer(["220 ready", "250-localhost\r\n250 AUTH PLAIN LOGIN"], ledger, "plain"),
    mute: await startLineServer([], ledger, "mute"),
    busy: await startLineServer(["421 4.3.2 too many connections"], ledger, "busy"),
    closed: await startLineServer(["554 5.3.2 no mail here"], ledger, "closed"),
  };
  const ports = Object.fromEntries(Object.entries(running).map(([name, { port }]) => [name, port]));
  return {
    ports: { ...ports, nobody: unusedPort } as Record<SmtpServerName, number>,
    stop: async () => {
      await Promise.all(Object.values(running).map(({ stop }) => stop()));
    },
  };
}

/**
 * Starts a real SMTP server. The ledger, which tests read, records each received email under the
 * recipient, and each login under the user.
 */
async function startServer(
  name: SmtpServerName,
  certificate: Certificate,
  secure: boolean,
  ledger: RequestLedger,
): Promise<RunningServer> {
  /**
   * The addresses to which the server has once refused an email for the moment (greylisting). The
   * server accepts the next email to such an address.
   */
  const seen = new Set<string>();
  const cut = (session: SMTPServerSession) => {
    for (const connection of server.connections)
      if (connection.id === session.id) connection._socket.destroy();
  };
  const server = new SMTPServer({
    ...certificate,
    secure,
    name: "localhost",
    authMethods: ["PLAIN", "LOGIN"],
    hideDSN: false,
    size: 20_000_000,
    closeTimeout: 100,
    logger: false,
    onAuth({ username, password }, session, done) {
      ledger.record("smtp-login", username ?? "", { server: name, password, isSecure: session.secure });
      if (username === "tired")
        return done(createReplyError({ code: 454, text: "4.7.0 temporary authentication failure" }));
      if (password !== "correct horse")
        return done(createReplyError({ code: 535, text: "5.7.8 bad credentials" }));
      return done(null, { user: username });
    },
    onMailFrom({ address }, _session, done) {
      return done(
        address.startsWith("refused@")
          ? createReplyError({ code: 553, text: "5.1.8 sender not owned" })
          : null,
      );
    },
    onRcptTo({ address }, session, done) {
      const local = address.split("@")[0] ?? "";
      if (local === "cut-at-rcpt") cut(session);
      if (local === "greylisted-once" && !seen.has(address)) {
        seen.add(address);
        return done(createReplyError({ code: 450, text: "4.2.0 greylisted, come back later" }));
      }
      const reply = recipientReplies[local] ?? (isForBounces(session) ? ownerReplies[local] : undefined);
      return done(reply === undefined ? null : createReplyError(reply));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      const to = readRecipient(session);
      const local = to.split("@")[0] ?? "";
      stream.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (local === "cut-in-data") cut(session);
      });
      stream.on("end", () => {
        // With a status of 500 or higher, the server closes the connection after the final dot
        // instead of replying.
        const fault = findCallFault(local);
        if (fault?.isTaken === false) {
          if (fault.status >= 500) return cut(session);
          return done(createReplyError({ code: fault.status, text: "4.3.0 as asked for" }));
        }
        ledger.record("smtp", to, {
          server: name,
          raw: Buffer.concat(chunks).toString("utf8"),
          ...describeEnvelope(session),
        });
        if (local === "silent") return;
        if (fault !== null) return cut(session);
        if (local === "cut-after-dot") return cut(session);
        const reply =
          messageReplies[local] ?? (isForBounces(session) ? ownerMessageReplies[local] : undefined);
        done(reply === undefined ? null : createReplyError(reply), "2.0.0 queued as 4Kx1");
      });
    },
  });
  // A client that rejects the certificate causes an error on the server. Some tests cause this
  // error on purpose.
  server.on("error", () => undefined);
  const running = await listenOnFreePort(server.server);
  return { ...running, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

function isForBounces({ envelope: { mailFrom } }: SMTPServerSession): boolean {
  return mailFrom !== false && mailFrom.address.startsWith("b+");
}

function readRecipient(session: SMTPServerSession): string {
  return session.envelope.rcptTo[0]?.address ?? "";
}

function describeEnvelope({ envelope, secure, hostNameAppearsAs }: SMTPServerSession) {
  const mailFrom = envelope.mailFrom === false ? null : envelope.mailFrom;
  return {
    envelope: { mailFrom, rcptTo: envelope.rcptTo, dsn: envelope.dsn },
    isSecure: secure,
    helo: hostNameAppearsAs,
  };
}

function createReplyError({ code, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/**
 * Starts a TCP server that sends one line to each new client, and one line after each received
 * chunk. After the last line, the server answers each chunk with 502. The ledger records every
 * chunk, so that a test can look for text that should never be sent.
 */
async function startLineServer(
  lines: readonly string[],
  ledger: RequestLedger,
  name: string,
): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const left = [...lines];
    const say = (line: string | undefined) => line !== undefined && socket.write(`${line}\r\n`);
    socket.on("error", () => sockets.delete(socket));
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (data) => {
      ledger.record("smtp-heard", name, data.toString("latin1"));
      if (lines.length > 0) say(left.shift() ?? "502 5.5.1 not implemented");
    });
    say(left.shift());
  });
  const running = await listenOnFreePort(server);
  return {
    ...running,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await running.stop();
    },
  };
}
