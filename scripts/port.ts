import { createServer } from "node:net";
import { UserFacingError } from "./process.ts";

export function readPort(text = process.env.PORT): number {
  if (text === undefined || text === "") return 8787;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UserFacingError(`PORT must be a number from 1 to 65535, not "${text}".`);
  }
  return port;
}

/** Tells whether no program listens on the port, neither on IPv4 nor on IPv6. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));
}

/**
 * Returns a free port from 20000 to 31999. Systems give outgoing connections higher ports, so no
 * connection takes the port before the caller's program listens on it.
 * @param random a number from 0 to 1, like `Math.random`
 */
export async function findFreePort(random = Math.random): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 20_000 + Math.floor(random() * 12_000);
    if (await isPortFree(port)) return port;
  }
  throw new Error("No free port was found.");
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    // Other errors do not mean that the port is in use: a machine without IPv6 has no address
    // `::1`.
    server.once("error", (error: NodeJS.ErrnoException) =>
      answer(error.code !== "EADDRINUSE" && error.code !== "EACCES"),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(true)));
  });
}
