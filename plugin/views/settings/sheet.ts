/// <reference path="../../style/css.d.ts" />
import { createStyleSheetHook } from "../../style/late-sheet.ts";
import text from "../../style/settings.css?inline";

/**
 * A hook that adds the style sheet of the settings. The sheet is in the same bundle as the
 * settings.
 */
export const useSettingsStyleSheet = createStyleSheetHook(text);
