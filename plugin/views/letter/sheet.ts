/// <reference path="../../style/css.d.ts" />

import { createStyleSheetHook } from "../../style/late-sheet.ts";
import text from "../../style/letter.css?inline";

/**
 * A hook that adds the style sheet of the letter editor. The sheet is in the same bundle as the
 * editor.
 */
export const useLetterEditorStyleSheet = createStyleSheetHook(text);
