/// <reference path="../worker/spam-checker.d.ts" />
import { spawn, spawnSync } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import type { TestProject } from "vitest/node";
import { listenOnFreePort } from "./serve.ts";

const program = "spamassassin";
/** With these options, SpamAssassin makes no network lookups and reads no user's settings. */
const options = ["--local", "--prefspath=/dev/null"];

/**
 * Starts a server that passes posted emails to SpamAssassin. The answer is the email with
 * SpamAssassin's score in a header. If this machine has no SpamAssassin, starts no server.
 * @returns a function that stops the server
 */
export async function startSpamChecker(project: TestProject): Promise<() => Promise<void>> {
  if (spawnSync(program, ["--version"]).status !== 0) {
    project.provide("spamChecker", null);
    return async () => undefined;
  }
  const server = await listenOnFreePort(
    createServer((request, response) => {
      response.setHeader("connection", "close");
      checkEmail(request).then(
        (checked) => response.end(checked),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    }),
  );
  project.provide("spamChecker", server.url);
  return server.stop;
}

function checkEmail(email: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: ["pipe", "pipe", "ignore"] });
    let checked = "";
    child.stdout.on("data", (part: Buffer) => {
      checked += part.toString("latin1");
    });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(checked) : reject(new Error(`exit code ${code}`))));
    email.pipe(child.stdin);
  });
}
