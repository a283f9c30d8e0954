/// <reference path="./css.d.ts" />
import base from "./base.css?inline";
import controls from "./controls.css?inline";
import feedback from "./feedback.css?inline";
import layout from "./layout.css?inline";
import tasks from "./tasks.css?inline";
import touch from "./touch.css?inline";

function createSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

let made: CSSStyleSheet[] | null = null;
/**
 * The style rules of the views that are loaded on first use. Empty until `loadViewStyleSheet` has
 * run.
 */
let viewSheet: CSSStyleSheet | null = null;
let loading: Promise<void> | null = null;

/**
 * Returns the style sheets that all elements of the plugin share. All sheets are constructed
 * sheets, because a host's `style-src` policy can block every other kind of style.
 */
export function getPluginStyleSheets(): CSSStyleSheet[] {
  viewSheet ??= createSheet("");
  made ??= [
    ...[base, controls, layout, tasks].map(createSheet),
    viewSheet,
    ...[feedback, touch].map(createSheet),
  ];
  return made;
}

/**
 * Loads the style rules of the views that are loaded on first use, for all elements of the plugin.
 */
export async function loadViewStyleSheet(): Promise<void> {
  loading ??= import("./view-sheet.ts").then(({ lateViewStyleRules }) =>
    viewSheet?.replaceSync(lateViewStyleRules),
  );
  await loading.catch((cause: unknown) => {
    loading = null;
    throw cause;
  });
}
