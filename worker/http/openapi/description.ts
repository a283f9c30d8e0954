import { z } from "zod";
import { campaignOperations } from "./campaigns.ts";
import { hostWebhookOperations } from "./host-webhooks.ts";
import type { Operation } from "./operation.ts";
import { recipientOperations } from "./recipients.ts";
import { answerSchemas, eventSchemas, inputSchemas } from "./schemas.ts";
import { sendingOperations } from "./sending.ts";
import { sequenceOperations } from "./sequences.ts";
import { signingKeyOperations } from "./signing-keys.ts";
import { snippetOperations } from "./snippets.ts";
import { suppressionOperations } from "./suppressions.ts";
import { templateOperations } from "./templates.ts";
import { tenantOperations } from "./tenant.ts";

/** The operations under /api. A test compares this list with the app's routes. */
const operations: readonly Operation[] = [
  ...campaignOperations,
  ...recipientOperations,
  ...templateOperations,
  ...sequenceOperations,
  ...snippetOperations,
  ...sendingOperations,
  ...tenantOperations,
  ...suppressionOperations,
  ...hostWebhookOperations,
  ...signingKeyOperations,
];

/**
 * Builds the OpenAPI 3.1 document from the schemas that check the requests and type the answers.
 */
export function buildOpenApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Doorknock", version: "1" },
    security: [{ bearer: [] }],
    paths,
    webhooks: describeWebhooks(),
    components: {
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT, HS256 or ES256, life at most 5 minutes",
        },
      },
      schemas: {
        ...buildSchemas(inputSchemas, "input"),
        ...buildSchemas({ ...answerSchemas, ...eventSchemas }, "output"),
      },
    },
  };
}

/** Describes the events that the Worker posts to the host's webhooks. */
function describeWebhooks(): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(eventSchemas).map((type) => [
      type,
      {
        post: {
          requestBody: { required: true, ...buildJsonContent(buildReference(type)) },
          responses: { "2XX": { description: "Taken; any other answer is tried again" } },
        },
      },
    ]),
  );
}

function describeOperation(operation: Operation): Record<string, unknown> {
  return {
    summary: operation.summary,
    parameters: describeParameters(operation),
    ...describeRequestBody(operation),
    responses: {
      [hasAnswer(operation) ? (operation.status ?? 200) : 204]: {
        description: "Done",
        ...describeAnswer(operation),
      },
      default: { description: "Why the request failed", ...buildJsonContent(buildReference("ApiError")) },
    },
  };
}

const csv = { content: { "text/csv": { schema: { type: "string" } } } };
const html = { content: { "text/html": { schema: { type: "string" } } } };

function describeRequestBody(operation: Operation): Record<string, unknown> {
  if (operation.csv === "body") return { requestBody: { required: true, ...csv } };
  if (operation.body === undefined) return {};
  return { requestBody: { required: true, ...buildJsonContent(buildReference(operation.body)) } };
}

const hasAnswer = ({ answer, csv, html }: Operation) =>
  answer !== undefined || csv === "answer" || html === true;

function describeAnswer(operation: Operation): Record<string, unknown> {
  if (operation.csv === "answer") return csv;
  if (operation.html === true) return html;
  return operation.answer === undefined ? {} : buildJsonContent(buildAnswerSchema(operation.answer));
}

function describeParameters({
  path,
  query,
  takesIdempotencyKey,
  needsIfMatch,
}: Operation): Record<string, unknown>[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    // Most ids are numbers. A property's key is any text of the host. A task's id is two numbers
    // with a hyphen. A sequence's id is a number or a preset's name.
    schema: { type: isTextParameter(name, path) ? "string" : "integer" },
  }));
  const inQuery = Object.entries(query ?? {}).map(([name, values]) => ({
    name,
    in: "query",
    schema: name === "limit" ? { type: "integer", minimum: 1, maximum: 100 } : buildTextSchema(values),
  }));
  const key = { name: "Idempotency-Key", in: "header", schema: { type: "string", maxLength: 200 } };
  const version = { name: "If-Match", in: "header", required: true, schema: { type: "string" } };
  return [
    ...inPath,
    ...inQuery,
    ...(takesIdempotencyKey === true ? [key] : []),
    ...(needsIfMatch === true ? [version] : []),
  ];
}

const isTextParameter = (name = "", path: string): boolean =>
  name === "propertyId" || name === "taskId" || path.startsWith("/api/sequences/");

function buildTextSchema(values: readonly string[] | null): Record<string, unknown> {
  return values === null ? { type: "string" } : { type: "string", enum: values };
}

function buildAnswerSchema(answer: NonNullable<Operation["answer"]>): Record<string, unknown> {
  if (typeof answer === "string") return buildReference(answer);
  return {
    type: "object",
    required: ["items", "nextCursor"],
    properties: {
      items: { type: "array", items: buildReference(answer.listOf) },
      nextCursor: { type: ["string", "null"] },
    },
  };
}

function buildJsonContent(schema: unknown): Record<string, unknown> {
  return { content: { "application/json": { schema } } };
}

function buildReference(name: string): Record<string, unknown> {
  return { $ref: `#/components/schemas/${name}` };
}

/**
 * Returns the JSON schemas of the API document by name. zod puts the schemas that several other
 * schemas use under `__shared`. Each of these shared schemas gets a name of its own in the result.
 */
function buildSchemas(
  named: Readonly<Record<string, z.ZodType>>,
  io: "input" | "output",
): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
  });
  const shared = `${io}Shared`;
  const text = JSON.stringify(schemas).replaceAll(
    "#/components/schemas/__shared#/$defs/",
    `#/components/schemas/${shared}.`,
  );
  const { __shared, ...rest } = JSON.parse(text) as Record<string, Record<string, unknown>>;
  const definitions = (__shared?.$defs ?? {}) as Record<string, unknown>;
  return {
    ...Object.fromEntries(
      Object.entries(rest).map(([id, { $id: _, $schema: __, ...schema }]) => [id, schema]),
    ),
    ...Object.fromEntries(Object.entries(definitions).map(([id, schema]) => [`${shared}.${id}`, schema])),
  };
}
