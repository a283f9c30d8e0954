import type { LoaderSettings } from "./host.ts";

/** Returns the address of the API: the option `api`, or the origin of the loader. */
export const findApi = ({ config, src }: Pick<LoaderSettings, "config" | "src">): string =>
  config.api ?? new URL(src).origin;

/** Tells whether the host asks for the agent's home page, with `view="home"` or a view below. */
export const isHomeElement = (element: Element): boolean =>
  /^home(\/|$)/.test(element.getAttribute("view") ?? "");
