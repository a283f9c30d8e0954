import { elseVariantIndex } from "../../../shared/limits.ts";

/** A template, and the version of the template that a step uses. */
export type TemplateVersionReference = { templateId: number; templateVersion: number };
export type WeightedWording = TemplateVersionReference & { weight: number };
/** The email that goes in place of a step's main email if the step's conditions do not hold. */
export type ElseWording = TemplateVersionReference & { startsThread: boolean };

/**
 * The wordings of a step: its own template, the variants among which its recipients are divided,
 * and its else email. `variants` is empty if the main email has only one wording. `winner`: the
 * index of the variant that every later recipient gets; null while recipients are divided.
 */
export type StepWordings = TemplateVersionReference & {
  variants: readonly WeightedWording[];
  winner: number | null;
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
 * `elseVariantIndex`; null if the step has only one wording.
 */
export type ChosenWording = TemplateVersionReference & { variant: number | null };

/** Returns the name that people see for a variant: "A" for 0, "B" for 1. */
export function formatVariantName(variant: number): string {
  return String.fromCharCode("A".charCodeAt(0) + variant);
}

/** Returns the index of the variant that `formatVariantName` gave this name. */
export const parseVariantName = (name: string): number => name.charCodeAt(0) - "A".charCodeAt(0);

/**
 * Converts a variant's index to the index that stands for a personal wording made from the variant,
 * and back. Messages with a personal wording do not count in a variant's figures.
 */
export const convertPersonalVariant = (variant: number): number => -1 - variant;

/** The wording of an earlier attempt, as stored in the message's row; null before any attempt. */
export type TriedWording = { variant: number | null } | null;

/** Returns the wording that an earlier attempt at a message has used. */
export const getTriedWording = (
  message: { variant: number | null; attemptedAt: number | null } | null,
): TriedWording => (message === null || message.attemptedAt === null ? null : { variant: message.variant });

/**
 * One email of a recipient.
 * @property isElse whether the step's else email goes
 */
export type EmailOfRecipient = {
  recipientId: number;
  stepNumber: number;
  isElse: boolean;
  tried: TriedWording;
};

/**
 * Returns the wording of a step that a recipient gets. The else email has only one wording. The
 * main email has the wording of an earlier attempt, or else the winner, or else a variant chosen by
 * the recipient's id. So a restart and a dry run choose the same wording.
 */
export function chooseWording(step: StepWordings, email: EmailOfRecipient): ChosenWording {
  const { recipientId, stepNumber, isElse, tried } = email;
  if (isElse && step.elseEmail !== null) {
    const { templateId, templateVersion } = step.elseEmail;
    return { templateId, templateVersion, variant: elseVariantIndex };
  }
  const fixed = tried === null ? step.winner : getTriedVariant(tried);
  const variant = fixed !== null && fixed in step.variants ? fixed : findShare(step, recipientId, stepNumber);
  const { templateId, templateVersion } = (variant === null ? null : step.variants[variant]) ?? step;
  return { templateId, templateVersion, variant };
}

/**
 * Returns the index of the variant that was tried. A step's only wording counts as the step's first
 * variant.
 */
const getTriedVariant = ({ variant }: NonNullable<TriedWording>): number =>
  variant === null ? 0 : variant < 0 ? convertPersonalVariant(variant) : variant;

/**
 * Returns the index of the variant that a recipient gets by the variants' weights; null without
 * variants.
 */
function findShare({ variants }: StepWordings, recipientId: number, stepNumber: number): number | null {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let point = hashToShare(recipientId, stepNumber) * total;
  for (const [variant, { weight }] of variants.entries()) {
    if (point < weight) return variant;
    point -= weight;
  }
  return null;
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
