/// <reference path="../style/css.d.ts" />
import text from "../style/figures.css?inline";
import { createSheetHook } from "../style/late-sheet.ts";

/** Adds the style sheet of tables of figures, which is loaded with the first view that has one. */
export const useFiguresSheet = createSheetHook(text);
