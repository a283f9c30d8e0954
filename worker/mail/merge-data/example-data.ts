import type { TemplateVariable } from "../../../shared/template.ts";

type Values = Readonly<Record<string, unknown>>;
type Data = { recipient: Values; property: Values };

/** `examples` lists the paths of the variables that got an example. */
export type ExampleData = Data & { examples: string[] };

/**
 * Returns the data for a preview without a named recipient. Each variable of a missing recipient or
 * property gets its example, or its label in brackets if the variable has no example.
 */
export function fillExampleData(
  given: { recipient?: Values | undefined; property?: Values | undefined },
  variables: readonly Pick<TemplateVariable, "path" | "label" | "example">[],
): ExampleData {
  const data = { recipient: { ...given.recipient }, property: { ...given.property } };
  const examples: string[] = [];
  for (const { path, label, example } of variables) {
    const [root, name, ...deeper] = path.split(".");
    const isMissing = (root === "recipient" || root === "property") && given[root] === undefined;
    // A loop or a deeper path has no single example to show.
    if (!isMissing || name === undefined || name === "*" || deeper.length > 0) continue;
    Object.assign(data[root], { [name]: example === "" ? `[${label}]` : example });
    examples.push(path);
  }
  return { ...data, examples };
}
