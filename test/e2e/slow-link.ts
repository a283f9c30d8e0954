import { connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { listenOnFreePort, type RunningServer } from "../support/node/serve.ts";

/** The longest delay of bytes on the way to the server, in milliseconds. */
const longestTripMs = 30;

/**
 * Starts a proxy for a server on this machine. The proxy delays all bytes by random times. If the
 * client dies, the bytes that are still in the proxy never arrive, as with a real connection.
 */
export async function startSlowProxy(targetPort: number, random: () => number): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, "127.0.0.1");
    let trip = Promise.resolve();
    const travel = (arrive: () => void) => {
      trip = trip
        .then(() => delay(random() * longestTripMs))
        .then(() => {
          if (!client.destroyed && !upstream.destroyed) arrive();
        });
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // Errors are expected, because tests kill clients, and servers close connections.
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (chunk) => travel(() => upstream.write(chunk)));
    client.on("end", () => travel(() => upstream.end()));
    upstream.on("data", (chunk) => client.write(chunk));
    upstream.on("end", () => client.end());
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
