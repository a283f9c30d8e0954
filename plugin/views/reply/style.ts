import { createSheetHook } from "../../style/late-sheet.ts";
import sheet from "../../style/replies.css?inline";

/** Adds the style sheet of the home, of replies and of answers; see `createSheetHook`. */
export const useReplyStyle = createSheetHook(sheet);
