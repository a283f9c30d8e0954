import { createStyleSheetHook } from "../../style/late-sheet.ts";
import sheet from "../../style/replies.css?inline";

/** A hook that adds the style sheet of the agent's home page, of replies and of answers. */
export const useReplyStyleSheet = createStyleSheetHook(sheet);
