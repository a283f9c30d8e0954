/// <reference path="../../style/css.d.ts" />

import text from "../../style/insights.css?inline";
import { createStyleSheetHook } from "../../style/late-sheet.ts";

/**
 * A hook that adds the style sheet of the office's figures. The sheet is loaded together with the
 * view of the figures.
 */
export const useInsightsStyleSheet = createStyleSheetHook(text);
