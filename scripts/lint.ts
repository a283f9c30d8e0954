import { commentWidth, lint } from "./checks.ts";
import { main, Stop } from "./process.ts";

await main(async () => {
  const complaints = [await lint(), await commentWidth()].filter((complaint) => complaint !== "");
  if (complaints.length > 0) throw new Stop(complaints.join("\n"));
});
