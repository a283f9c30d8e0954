/// <reference path="../../style/css.d.ts" />
import { createStyleSheetHook } from "../../style/late-sheet.ts";
import text from "../../style/letter-versions.css?inline";

/**
 * A hook that adds the style sheet for the versions of a letter. The sheet is in the same bundle as
 * the view.
 */
export const useLetterVersionsStyleSheet = createStyleSheetHook(text);
