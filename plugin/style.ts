/// <reference path="./style/css.d.ts" />
import base from "./style/base.css?inline";
import controls from "./style/controls.css?inline";
import feedback from "./style/feedback.css?inline";
import launch from "./style/launch.css?inline";
import layout from "./style/layout.css?inline";
import tasks from "./style/tasks.css?inline";
import timeline from "./style/timeline.css?inline";

let made: CSSStyleSheet[] | null = null;

/** Constructed sheets are the only styling a host's `style-src` can't refuse. Made once, shared by every element. */
export function sheets(): CSSStyleSheet[] {
  made ??= [base, controls, layout, tasks, timeline, launch, feedback].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}
