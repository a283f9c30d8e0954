import { checkCommentWidth, checkLint } from "./checks.ts";
import { runMain, UserFacingError } from "./process.ts";

await runMain(async () => {
  const complaints = [await checkLint(), await checkCommentWidth()].filter((complaint) => complaint !== "");
  if (complaints.length > 0) throw new UserFacingError(complaints.join("\n"));
});
