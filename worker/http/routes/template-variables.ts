import { Hono } from "hono";
import type { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import { type OfferedVariables, variableValuesInput } from "../../../shared/template.ts";
import { findTenant } from "../../db/tenants.ts";
import { formatRecipientName } from "../../domain/recipient.ts";
import { parseTemplate, renderTemplate } from "../../mail/handlebars/handlebars.ts";
import { knownVariables } from "../../mail/merge-data/known-variables.ts";
import { buildTemplateData, type TemplateData } from "../../mail/merge-data/merge-data.ts";
import { labelVariable } from "../../mail/merge-data/variable-labels.ts";
import { getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { findPreviewSender, parsePreviewRecipient } from "../preview-people.ts";
import { type AppEnv, createNotFoundError, readJson } from "../request.ts";

type Input = z.output<typeof variableValuesInput>;

/**
 * Answers with the variables that a letter may use, and the text that each variable would print for
 * one recipient. A viewer may use the route, because nothing is stored.
 */
export const templateVariablesRoutes = new Hono<AppEnv>().post(
  "/templates/variables",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, variableValuesInput);
    const [sender, tenant] = await Promise.all([
      findPreviewSender(desk, input.senderId),
      findTenant(desk.scope),
    ]);
    if (tenant === undefined) throw createNotFoundError();
    const { recipient = {}, property = {} } = input;
    const person = parsePreviewRecipient(recipient);
    const data = buildTemplateData({
      recipient: {
        email: person.email ?? null,
        name: formatRecipientName(person),
        data: { recipient, property },
      },
      sender,
      tenant,
    });
    const answer: OfferedVariables = {
      variables: [...knownVariables, ...listOwnVariables(data)].map((variable) => ({
        ...variable,
        value: isGiven(variable.path, input) ? printVariable(variable.path, data) : null,
      })),
    };
    return c.json(answer);
  },
);

/**
 * Tells whether the request gives the data of a variable. Without a recipient, the greeting's name
 * would print a fallback for nobody.
 */
const isGiven = (path: string, { recipient, property }: Input) =>
  !(path.startsWith("recipient.") && recipient === undefined) &&
  !(path.startsWith("property.") && property === undefined);

/** Returns the host's own variables that have a printable value. */
function listOwnVariables(data: TemplateData) {
  const known = new Set(knownVariables.map(({ path }) => path));
  return (["recipient", "property"] as const)
    .flatMap((room) => Object.keys(data[room]).map((name) => `${room}.${name}`))
    .filter((path) => !known.has(path) && /^\w+\.\w+$/.test(path) && printVariable(path, data) !== null)
    .slice(0, limits.templateVariables)
    .map((path) => ({ path, label: labelVariable(path), example: "" }));
}

/** Returns the text that the variable prints in a letter; null if the variable has no value. */
function printVariable(path: string, data: TemplateData): string | null {
  const parsed = parseTemplate(`{{${path}}}`);
  if (!parsed.ok) return null;
  const rendered = renderTemplate(parsed.template, data, "text", { strict: true });
  return rendered.ok ? rendered.output.slice(0, limits.filledValueLength) : null;
}
