/// <reference path="../../style/css.d.ts" />
import { createStyleSheetHook } from "../../style/late-sheet.ts";
import text from "../../style/sequence.css?inline";

/**
 * A hook that adds the style sheet of the sequence views. The sheet is in the same bundle as these
 * views.
 */
export const useSequenceStyleSheet = createStyleSheetHook(text);
