import { z } from "zod";
import { limits } from "./limits.ts";
import { id } from "./primitives.ts";

/**
 * One of a step's wordings. Its share of the recipients is its weight divided by the sum of the
 * step's weights. The Worker calculates a recipient's wording from the recipient's id, so that
 * every attempt to send a message uses the same wording.
 */
export const stepVariant = z
  .object({
    templateId: id,
    weight: z.number().int().min(1).max(limits.variantWeight).default(1),
  })
  .strict();

/** The letter that names a wording. A is the step's own template. */
export const wordingName = z.string().regex(/^[A-E]$/, "must be the name of a wording, such as A");

/**
 * All wordings of a step, beginning with the step's own template; empty if the step has only its
 * own template.
 */
export const stepVariants = z.array(stepVariant).max(limits.variantsPerStep);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Fault = { path: (string | number)[]; message: string };

/**
 * Returns the faults in the variants of a sequence's steps that the check of a single field can't
 * find. Accepts faulty steps.
 */
export function findVariantFaults(steps: readonly unknown[]): Fault[] {
  return steps.flatMap((step, index) => {
    if (!isRecord(step)) return [];
    if (!Array.isArray(step.variants) || step.variants.length === 0)
      return typeof step.winnerAfter === "number"
        ? [{ path: [index, "winnerAfter"], message: "goes only with variants" }]
        : [];
    return findStepFaults(step.templateId, step.variants).map(({ path, message }) => ({
      path: [index, "variants", ...path],
      message,
    }));
  });
}

function findStepFaults(templateId: unknown, variants: readonly unknown[]): Fault[] {
  const ids = variants.map((variant) => (isRecord(variant) ? variant.templateId : undefined));
  const faults: Fault[] = [];
  if (ids.length === 1) faults.push({ path: [], message: "needs two wordings or none" });
  if (typeof ids[0] === "number" && typeof templateId === "number" && ids[0] !== templateId) {
    faults.push({ path: [0, "templateId"], message: "must be the step's own templateId" });
  }
  for (const [position, one] of ids.entries()) {
    if (typeof one === "number" && ids.indexOf(one) < position) {
      faults.push({ path: [position, "templateId"], message: "must not be listed twice" });
    }
  }
  return faults;
}
