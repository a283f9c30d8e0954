type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

const isRecord = (value: Json): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const toRecord = (value: Json): Fields => (isRecord(value) ? value : {});
const toList = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);
const quote = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const join = (types: readonly string[], operator: "|" | "&") =>
  types.length === 0
    ? "never"
    : types.length === 1
      ? (types[0] ?? "never")
      : `(${types.join(` ${operator} `)})`;

/**
 * Returns TypeScript source with the types `paths`, `webhooks` and `components` of an OpenAPI 3.1
 * document, in the form that the package openapi-fetch expects.
 */
export function writeOpenApiTypes(document: Fields): string {
  const { schemas } = toRecord(document.components);
  const named = Object.entries(toRecord(schemas));
  const aliases = named.map(([name, schema]) => `type ${toAlias(name)} = ${writeSchema(schema)};\n`);
  const members = named.map(([name]) => `    ${quote(name)}: ${toAlias(name)};\n`);
  return [
    "/* Generated from the OpenAPI document of the API. */\n",
    aliases.join(""),
    `export type components = {\n  schemas: {\n${members.join("")}  };\n};\n`,
    `export type paths = {\n${writeItems(document.paths)}};\n`,
    `export type webhooks = {\n${writeItems(document.webhooks)}};\n`,
  ].join("\n");
}

/** A schema has a type of its own, because only such a type may contain itself. */
const toAlias = (name: string) =>
  `Schema${name.replace(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

const writeItems = (items: Json): string =>
  Object.entries(toRecord(items))
    .map(([name, item]) => `  ${quote(name)}: {\n${writeOperations(item)}  };\n`)
    .join("");

const writeOperations = (item: Json): string =>
  Object.entries(toRecord(item))
    .map(([method, operation]) => `${writeSummary(operation)}    ${method}: ${writeOperation(operation)};\n`)
    .join("");

function writeSummary(operation: Json): string {
  const { summary } = toRecord(operation);
  return typeof summary === "string" ? `    /** ${summary.replaceAll("*/", "* /")} */\n` : "";
}

function writeOperation(operation: Json): string {
  const { parameters, requestBody, responses } = toRecord(operation);
  const body = requestBody === undefined ? "" : ` requestBody: ${writeContent(requestBody)};`;
  const answers = Object.entries(toRecord(responses)).map(
    ([status, answer]) => `${quoteStatus(status)}: ${writeContent(answer)}`,
  );
  return `{ parameters: ${writeParameters(parameters)};${body} responses: { ${answers.join("; ")} } }`;
}

const quoteStatus = (status: string) => (/^\d+$|^default$/.test(status) ? status : JSON.stringify(status));

/** An answer without a body has the content `never`, which openapi-fetch reads as no data. */
function writeContent(part: Json): string {
  const contents = Object.entries(toRecord(toRecord(part).content)).map(
    ([type, content]) => `${JSON.stringify(type)}: ${writeSchema(toRecord(content).schema)}`,
  );
  return contents.length === 0 ? "{ content?: never }" : `{ content: { ${contents.join("; ")} } }`;
}

function writeParameters(parameters: Json): string {
  const given = toList(parameters).map(toRecord);
  const places = ["query", "header", "path"].map((place) => {
    const here = given.filter((parameter) => parameter.in === place);
    if (here.length === 0) return `${place}?: never`;
    const fields = here.map(
      ({ name, required, schema }) =>
        `${quote(String(name))}${required === true ? "" : "?"}: ${writeSchema(schema)}`,
    );
    return `${place}${here.some(({ required }) => required === true) ? "" : "?"}: { ${fields.join("; ")} }`;
  });
  return `{ ${places.join("; ")} }`;
}

function writeSchema(schema: Json): string {
  if (schema === false) return "never";
  const { $ref, anyOf, oneOf, allOf, type, enum: values, ...rest } = toRecord(schema);
  if (typeof $ref === "string") return toAlias($ref.replace(/^.*\//, ""));
  if ("const" in rest) return JSON.stringify(rest.const);
  if (Array.isArray(values))
    return join(
      values.map((value) => JSON.stringify(value)),
      "|",
    );
  const parts = toList(allOf).map(writeSchema);
  const choices = toList(anyOf ?? oneOf).map(writeSchema);
  if (choices.length > 0) parts.push(join(choices, "|"));
  const types = toList(Array.isArray(type) ? type : type === undefined ? [] : [type]);
  if (types.length > 0)
    parts.push(
      join(
        types.map((one) => writeType(one, rest)),
        "|",
      ),
    );
  return parts.length === 0 ? "unknown" : join(parts, "&");
}

function writeType(type: Json, schema: Fields): string {
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return writeArray(schema);
    case "object":
      return writeObject(schema);
    default:
      throw new Error(`The OpenAPI document has the type ${JSON.stringify(type)}, which is not known here.`);
  }
}

function writeArray({ items, prefixItems }: Fields): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map(writeSchema).join(", ")}]`;
  return `${writeSchema(items)}[]`;
}

function writeObject({ properties, required, additionalProperties }: Fields): string {
  const needed = new Set(toList(required));
  const fields = Object.entries(toRecord(properties)).map(
    // An optional field may also be undefined, because JSON leaves such a field out.
    ([name, schema]) => `${quote(name)}${needed.has(name) ? ":" : "?: undefined |"} ${writeSchema(schema)}`,
  );
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  const others = isOpen ? `{ [name: string]: ${writeSchema(additionalProperties)} }` : null;
  if (fields.length === 0) return others ?? "Record<string, never>";
  const own = `{ ${fields.join("; ")} }`;
  // A record of all names would clash with the named fields, so other names stay unknown.
  return others === null ? own : `(${own} & Record<string, unknown>)`;
}
