/// <reference path="./css.d.ts" />
import launch from "./launch.css?inline";
import timeline from "./timeline.css?inline";

/** The style rules of all views that are loaded on first use. */
export const lateViewStyleRules = timeline + launch;
