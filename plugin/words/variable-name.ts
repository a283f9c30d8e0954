import { sayMessage } from "./say.ts";
import { toFieldLabel, toVariableLabel } from "./variable.ts";

/** Returns a readable name for a template variable, in the language of the page's tabs. */
export const sayVariableLabel = (path: string): string => sayMessage(toVariableLabel(path));

/** Returns the label of the input field for a value, in the language of the page's tabs. */
export const sayFieldLabel = (name: string): string => sayMessage(toFieldLabel(name));
