import type { WeightedWording } from "../domain/send/variant.ts";

/**
 * A wording in the stored list of a step's wordings. The step's own template is the first of a
 * list. The else email, for people who do not meet the step's conditions, is the last of the list,
 * with weight 0. Only the else email has `startsThread`. The list is empty if the step has no
 * wording besides its own template.
 */
export type StoredWording = WeightedWording & { startsThread?: boolean | null };

/** Returns the list in which a step's wordings are stored. */
export function joinWordings<Template extends object>(
  own: Template,
  variants: readonly (Template & { weight: number })[],
  elseEmail: (Template & { startsThread: boolean }) | null,
): (Template & { weight: number; startsThread?: boolean })[] {
  if (elseEmail === null) return [...variants];
  return [...(variants.length === 0 ? [{ ...own, weight: 1 }] : variants), { ...elseEmail, weight: 0 }];
}

/** Returns the variants and the else email of a stored list. */
export function splitWordings<Wording extends StoredWording>(
  stored: readonly Wording[],
): { variants: Wording[]; elseEmail: (Wording & { startsThread: boolean }) | null } {
  const variants = stored.filter(({ startsThread }) => typeof startsThread !== "boolean");
  const last = stored[variants.length];
  if (last === undefined) return { variants, elseEmail: null };
  return {
    variants: variants.length === 1 ? [] : variants,
    elseEmail: { ...last, startsThread: last.startsThread === true },
  };
}

/**
 * SQL: whether the else email of the step `s` begins a thread; null if the step has no else email.
 */
export const elseStartsThreadSql = (s: string) => `${s}.variants->>'$[#-1].startsThread'`;

/** SQL: the template of the else email of the step `s`; null if the step has no else email. */
export const elseTemplateIdSql = (s: string) =>
  `iif(${elseStartsThreadSql(s)} IS NULL, NULL, ${s}.variants->>'$[#-1].templateId')`;
