/// <reference path="./css.d.ts" />
import base from "./base.css?inline";
import controls from "./controls.css?inline";
import feedback from "./feedback.css?inline";
import launch from "./launch.css?inline";
import layout from "./layout.css?inline";
import tasks from "./tasks.css?inline";
import timeline from "./timeline.css?inline";
import touch from "./touch.css?inline";

let made: CSSStyleSheet[] | null = null;

/**
 * Returns the style sheets that all elements share. All these sheets are constructed sheets,
 * because a host's `style-src` policy can block every other kind of style.
 */
export function getPluginStyleSheets(): CSSStyleSheet[] {
  made ??= [base, controls, layout, tasks, timeline, launch, feedback, touch].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}
