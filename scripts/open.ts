import { spawn } from "node:child_process";

/** Opens an address in the person's own browser, or asks the person to do that. */
export function openInBrowser(address: string): void {
  const [command, ...args] =
    process.platform === "win32"
      ? ["cmd", "/c", "start", "", address]
      : [process.platform === "darwin" ? "open" : "xdg-open", address];
  spawn(command ?? "", args, { stdio: "ignore", detached: true })
    .once("error", () => console.log(`Open ${address} in a browser.`))
    .unref();
}
