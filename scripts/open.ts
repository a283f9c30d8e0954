import { spawn } from "node:child_process";

/**
 * Opens an address in the default browser. If that fails, prints a line that asks the person to
 * open the address.
 */
export function openInBrowser(address: string): void {
  const [command, ...args] =
    process.platform === "win32"
      ? ["cmd", "/c", "start", "", address]
      : [process.platform === "darwin" ? "open" : "xdg-open", address];
  spawn(command ?? "", args, { stdio: "ignore", detached: true })
    .once("error", () => console.log(`Open ${address} in a browser.`))
    .unref();
}
