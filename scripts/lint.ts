import { checkCommentWidth, checkLint } from "./checks.ts";
import { ExitError, runMain } from "./process.ts";

await runMain(async () => {
  const complaints = [await checkLint(), await checkCommentWidth()].filter((complaint) => complaint !== "");
  if (complaints.length > 0) throw new ExitError(complaints.join("\n"));
});
