/// <reference path="../style/css.d.ts" />
import text from "../style/figures.css?inline";
import { createStyleSheetHook } from "../style/late-sheet.ts";

/**
 * A hook that adds the style sheet for tables of figures. The sheet is loaded with the first view
 * that shows such a table.
 */
export const useFiguresStyleSheet = createStyleSheetHook(text);
