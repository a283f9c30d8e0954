import { createServer as createHttpServer } from "node:http";
import { createServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import type { SmtpAct, SmtpScript, SmtpStage, SmtpTranscript } from "../smtp-script.ts";
import { readRequestBody } from "./answers.ts";
import type { Certificates } from "./certificates.ts";
import { listenOnFreePort, type RunningServer } from "./serve.ts";

/** The replies of a well-behaved server at each stage. */
const polite: Record<Exclude<SmtpStage, "tls">, string> = {
  greeting: "220 localhost ESMTP\r\n",
  ehlo: "250-localhost\r\n250-SIZE 20000000\r\n250 STARTTLS\r\n",
  starttls: "220 2.0.0 go ahead\r\n",
  secureEhlo: "250-localhost\r\n250-SIZE 20000000\r\n250 AUTH PLAIN LOGIN\r\n",
  auth: "235 2.7.0 welcome\r\n",
  mail: "250 2.1.0 ok\r\n",
  rcpt: "250 2.1.5 ok\r\n",
  data: "354 go on\r\n",
  dot: "250 2.0.0 queued as 7Xk\r\n",
  quit: "221 2.0.0 bye\r\n",
};

const stages: Readonly<Record<string, Exclude<SmtpStage, "tls">>> = {
  EHLO: "ehlo",
  STARTTLS: "starttls",
  AUTH: "auth",
  MAIL: "mail",
  RCPT: "rcpt",
  DATA: "data",
  QUIT: "quit",
};

/**
 * Starts a control server that starts one SMTP server per script. `POST /` with a script returns
 * the SMTP server's port. `GET /<port>` returns the transcript of the server on that port.
 */
export async function startScriptedSmtpControl(certificates: Certificates): Promise<RunningServer> {
  const running = new Map<number, RunningServer & { transcript: SmtpTranscript }>();
  const control = createHttpServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.method === "GET") {
      const found = running.get(Number(request.url?.slice(1)));
      return response.end(JSON.stringify(found?.transcript ?? null));
    }
    const script = JSON.parse((await readRequestBody(request)).toString()) as SmtpScript;
    const transcript: SmtpTranscript = { lines: [], messages: 0 };
    const server = await startServer(script, certificates, transcript);
    running.set(server.port, { ...server, transcript });
    return response.end(JSON.stringify({ port: server.port }));
  });
  const served = await listenOnFreePort(control);
  return {
    ...served,
    stop: async () => {
      await Promise.all([...running.values()].map(({ stop }) => stop()));
      await served.stop();
    },
  };
}

async function startServer(
  script: SmtpScript,
  certificates: Certificates,
  transcript: SmtpTranscript,
): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    new Conversation(socket, script, certificates, transcript).begin();
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

class Conversation {
  #socket: Socket;
  /** The TCP socket. `#wire` stays the TCP socket when `#socket` becomes a TLS socket. */
  readonly #wire: Socket;
  #pending = "";
  #isSecure = false;
  #isInData = false;
  #isOver = false;
  /**
   * A promise that resolves once all earlier replies are sent, so that the pieces of two replies
   * never mix.
   */
  #said: Promise<void> = Promise.resolve();
  readonly #script: SmtpScript;
  readonly #certificates: Certificates;
  readonly #transcript: SmtpTranscript;

  constructor(socket: Socket, script: SmtpScript, certificates: Certificates, transcript: SmtpTranscript) {
    this.#socket = socket;
    this.#wire = socket;
    this.#script = script;
    this.#certificates = certificates;
    this.#transcript = transcript;
  }

  begin(): void {
    this.#listen();
    this.#act("greeting");
  }

  #listen(): void {
    // In some tests, the client closes the connection early, which causes an error on the server's
    // socket.
    this.#socket.on("error", () => undefined);
    this.#socket.on("data", (data: Buffer) => this.#hear(data.toString("latin1")));
  }

  #hear(text: string): void {
    this.#pending += text;
    for (let end = this.#pending.indexOf("\r\n"); end >= 0; end = this.#pending.indexOf("\r\n")) {
      const line = this.#pending.slice(0, end);
      this.#pending = this.#pending.slice(end + 2);
      if (!this.#isInData) this.#transcript.lines.push({ text: line, isSecure: this.#isSecure });
      this.#heed(line);
    }
  }

  #heed(line: string): void {
    if (this.#isInData) {
      if (line === ".") this.#endMessage();
      return;
    }
    const verb = line.split(" ")[0]?.toUpperCase() ?? "";
    const stage = verb === "EHLO" && this.#isSecure ? "secureEhlo" : stages[verb];
    if (stage === undefined) this.#say("502 5.5.2 not implemented\r\n");
    else this.#act(stage);
    if (stage === "data") this.#isInData = (this.#script.acts?.data?.say ?? "354").startsWith("354");
  }

  #endMessage(): void {
    this.#isInData = false;
    this.#transcript.messages += 1;
    this.#act("dot");
  }

  #act(stage: Exclude<SmtpStage, "tls">): void {
    const act: SmtpAct = this.#script.acts?.[stage] ?? {};
    const isSilent = act.say === undefined && act.next !== undefined;
    if (!isSilent) this.#say((act.say ?? polite[stage]).repeat(act.times ?? 1));
    if (act.next !== undefined) this.#end(act.next);
    else if (stage === "starttls" && (act.say ?? "220").startsWith("220")) this.#upgrade();
  }

  #upgrade(): void {
    const act = this.#script.acts?.tls;
    if (act?.next === undefined) this.#encrypt();
    else this.#end(act.next);
  }

  #encrypt(): void {
    this.#said = this.#said.then(() => {
      const { key, cert } = this.#certificates[this.#script.certificate ?? "localhost"];
      this.#socket.removeAllListeners("data");
      this.#socket = new TLSSocket(this.#socket, { isServer: true, key, cert });
      this.#isSecure = true;
      this.#pending = "";
      this.#listen();
    });
  }

  #end(how: NonNullable<SmtpAct["next"]>): void {
    this.#said = this.#said.then(() => {
      if (how === "close") this.#socket.end();
      if (how === "reset") this.#wire.resetAndDestroy();
      if (how === "drip") this.#drip();
      this.#isOver = true;
    });
  }

  /** Sends the first line of a reply that never ends. */
  #drip(): void {
    const socket = this.#socket;
    socket.write("2");
    const timer = setInterval(() => socket.write("5"), 20);
    socket.on("close", () => clearInterval(timer));
  }

  #say(text: string): void {
    this.#said = this.#said.then(async () => {
      if (this.#isOver) return;
      for (const [index, piece] of this.#cut(text).entries()) {
        // Waits two turns of the event loop before each later piece, so that the client receives
        // the pieces separately. There is no wait after the last piece, because the client's next
        // byte may begin TLS.
        if (index > 0) await turn().then(() => turn());
        this.#socket.write(piece, "latin1");
      }
    });
  }

  #cut(text: string): string[] {
    const { splitAt, pieceBytes } = this.#script;
    if (pieceBytes !== undefined) return text.match(new RegExp(`[^]{1,${pieceBytes}}`, "g")) ?? [];
    if (splitAt === undefined || splitAt >= text.length) return [text];
    return [text.slice(0, splitAt), text.slice(splitAt)];
  }
}
