/// <reference path="../../style/css.d.ts" />
import { createSheetHook } from "../../style/late-sheet.ts";
import text from "../../style/letter-versions.css?inline";

/** Adds the style sheet of the versions of a letter, which is loaded with them. */
export const useVersionsSheet = createSheetHook(text);
