/// <reference path="../../style/css.d.ts" />

import text from "../../style/insights.css?inline";
import { createSheetHook } from "../../style/late-sheet.ts";

/** Adds the style sheet of the office's figures, which is loaded with their view. */
export const useInsightsSheet = createSheetHook(text);
