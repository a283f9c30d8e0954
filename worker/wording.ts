import type { TemplateVariable } from "../shared/template.ts";
import { parseTemplate, type TemplateError, variablesOf } from "./mail/handlebars.ts";
import { knownVariables } from "./mail/template-data.ts";

export type Wording = { subject: string; bodyHtml: string; bodyText: string };

/** `fields`: what is wrong with each part, with its place; empty when the wording can be saved. */
export type CheckedWording = { variables: TemplateVariable[]; fields: Record<string, string> };

const errorsNamed = 3;
const known = new Map(knownVariables.map((variable) => [variable.path, variable]));

/** Finds out what a template uses before it is saved, so that what can't be sent is not found out at sending. */
export function checkWording(wording: Wording): CheckedWording {
  const fields: Record<string, string> = {};
  const found = new Map<string, boolean>();
  for (const part of ["subject", "bodyHtml", "bodyText"] as const) {
    const parsed = parseTemplate(wording[part]);
    if (!parsed.ok) {
      fields[part] = parsed.errors.slice(0, errorsNamed).map(inWords).join("; ");
      continue;
    }
    for (const { path, hasFallback, conditional } of variablesOf(parsed.template)) {
      if (!isAllowed(path)) fields[part] ??= unknownVariable(path);
      found.set(path, (found.get(path) ?? true) && (hasFallback || conditional));
    }
  }
  return { variables: [...found].map(([path, hasFallback]) => variableOf(path, hasFallback)), fields };
}

/** A host adds what it likes under `recipient` and `property`; anything else nobody will ever fill in. */
function isAllowed(path: string): boolean {
  return known.has(path) || /^(?:recipient|property)(?:\.|$)/.test(path);
}

function unknownVariable(path: string): string {
  return `"${path.slice(0, 100)}" is not a variable; use one that is offered, or one of your own under recipient. or property.`;
}

function inWords({ message, line, column }: TemplateError): string {
  return line === null ? message : `${message} (line ${line}, column ${column ?? 1})`;
}

function variableOf(path: string, hasFallback: boolean): TemplateVariable {
  const offered = known.get(path);
  return {
    path,
    label: offered?.label ?? path.slice(path.indexOf(".") + 1),
    example: offered?.example ?? "",
    hasFallback,
  };
}
