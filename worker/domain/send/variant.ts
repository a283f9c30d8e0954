import { elseVariant } from "../../../shared/limits.ts";

/** A template at the version that a step is pinned to. */
export type TemplateVersionReference = { templateId: number; templateVersion: number };
export type WeightedWording = TemplateVersionReference & { weight: number };
/** The email that goes in place of a step's first email if the step's conditions do not hold. */
export type ElseWording = TemplateVersionReference & { startsThread: boolean };

/**
 * The wordings of a step: its own template, the variants among which its recipients are divided,
 * and its else email. `variants` is empty if the first email has only one wording.
 */
export type StepWordings = TemplateVersionReference & {
  variants: readonly WeightedWording[];
  elseEmail: ElseWording | null;
};

/** Returns every wording that a recipient of the step may get. */
export const listWordings = (step: StepWordings): TemplateVersionReference[] => [
  step,
  ...step.variants,
  ...(step.elseEmail === null ? [] : [step.elseEmail]),
];

/**
 * The wording a recipient gets. `variant`: the wording's index among the step's variants, or
 * `elseVariant`; null if the step has only one wording.
 */
export type ChosenWording = TemplateVersionReference & { variant: number | null };

/** Returns the letter that people use for a variant: A for 0, B for 1. */
export function formatVariantName(variant: number): string {
  return String.fromCharCode("A".charCodeAt(0) + variant);
}

/**
 * Returns the wording of a step that a recipient gets. The choice follows from the recipient's id,
 * so nothing is stored: a retry, a restart and a dry run choose the same wording.
 * @param isElse whether the step's else email goes
 */
export function chooseWording(
  step: StepWordings,
  recipientId: number,
  stepNumber: number,
  isElse = false,
): ChosenWording {
  if (isElse && step.elseEmail !== null) {
    const { templateId, templateVersion } = step.elseEmail;
    return { templateId, templateVersion, variant: elseVariant };
  }
  const total = step.variants.reduce((sum, { weight }) => sum + weight, 0);
  let point = hashToShare(recipientId, stepNumber) * total;
  for (const [variant, { templateId, templateVersion, weight }] of step.variants.entries()) {
    if (point < weight) return { templateId, templateVersion, variant };
    point -= weight;
  }
  return { templateId: step.templateId, templateVersion: step.templateVersion, variant: null };
}

const twoTo32 = 2 ** 32;

/**
 * Returns a number from 0 to below 1, spread evenly over recipients. The numbers for the steps of
 * one recipient are independent of each other.
 */
function hashToShare(recipientId: number, stepNumber: number): number {
  // Ids of recipients created together differ in a few bits only. Ids can also exceed 32 bits, the
  // width of these integer operations.
  const id = mix(mix(recipientId % twoTo32) ^ Math.floor(recipientId / twoTo32));
  return mix(id ^ stepNumber) / twoTo32;
}

/** Applies MurmurHash3's finalizer: each input bit changes each output bit about half the time. */
function mix(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
