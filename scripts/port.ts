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

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
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
