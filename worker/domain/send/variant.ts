/** A template as it was when the campaign was made. */
export type Wording = { templateId: number; templateVersion: number };
export type WeightedWording = Wording & { weight: number };
/** `variant`: which of the step's, from 0; null where it has only the one. */
export type ChosenWording = Wording & { variant: number | null };

/** A, B, C … as people call them. */
export function variantName(variant: number): string {
  return String.fromCharCode("A".charCodeAt(0) + variant);
}

/**
 * The wording of a step that a recipient gets. Nothing is stored for it and nothing is rolled: it follows from who they
 * are, so that a retry, a restart and a dry run come to the same one.
 */
export function wordingOf(
  step: Wording & { variants: readonly WeightedWording[] },
  recipientId: number,
  stepNumber: number,
): ChosenWording {
  const total = step.variants.reduce((sum, { weight }) => sum + weight, 0);
  let point = shareOf(recipientId, stepNumber) * total;
  for (const [variant, { templateId, templateVersion, weight }] of step.variants.entries()) {
    if (point < weight) return { templateId, templateVersion, variant };
    point -= weight;
  }
  return { templateId: step.templateId, templateVersion: step.templateVersion, variant: null };
}

const twoTo32 = 2 ** 32;

/** 0 ≤ share < 1, evenly spread over recipients, and over the steps of one recipient independently. */
function shareOf(recipientId: number, stepNumber: number): number {
  // Ids of recipients made together differ in a few bits only, and are longer than the 32 that integers have here.
  const id = mix(mix(recipientId % twoTo32) ^ Math.floor(recipientId / twoTo32));
  return mix(id ^ stepNumber) / twoTo32;
}

/** MurmurHash3's finalizer: every bit of the input changes each bit of the result about half the time. */
function mix(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
