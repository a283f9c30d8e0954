import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

export type RunningServer = { port: number; url: string; stop: () => Promise<void> };

/**
 * Starts a server on a free port of this machine. The server never closes an idle connection: a
 * client could use the connection at that moment, and its request would be lost.
 */
export async function listenOnFreePort(server: Server | HttpServer): Promise<RunningServer> {
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
