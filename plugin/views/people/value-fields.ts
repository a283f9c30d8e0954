import type { MissingValueCount } from "../../../shared/bulk-action.ts";
import { personNameFields } from "../../../shared/fact-fields.ts";
import type { RecipientPatch } from "../../../shared/recipient.ts";
import { findValuePlace } from "../../session/value-place.ts";

/** The texts that the agent has typed but not saved yet. The keys are those of the fields. */
export type TypedValues = Readonly<Record<string, string>>;

/** A field for a missing value, and the people who get the field's text. */
export type ValueField = { path: string; key: string; ids: readonly number[] };

/** The requests that fill in the typed texts. */
export type PlannedFills = {
  /** The texts that a request gives to many people. */
  fills: { path: string; text: string; ids: number[] }[];
  /** The corrections of single people, by the person's id. */
  corrections: ReadonlyMap<number, RecipientPatch>;
};

/**
 * Tells whether several people may get the same text. A name or a greeting is each person's own.
 */
export const mayBeShared = ({ path }: MissingValueCount): boolean =>
  !personNameFields.some((name) => path === `recipient.${name}`);

/**
 * Tells whether the form begins with a field for each person, because people seldom share the
 * value.
 */
export const isUsuallyOwn = ({ path, scope }: MissingValueCount): boolean =>
  scope === "one" && path.startsWith("recipient.");

/**
 * Returns the fields for a value: one field for all people, or one field for each person.
 * @param shown the people whose names are known; only these people get a field of their own
 */
export function listValueFields(
  { path, ids }: MissingValueCount,
  isSeparate: boolean,
  shown: ReadonlySet<number>,
): ValueField[] {
  if (!isSeparate) return [{ path, key: toKey(path, null), ids }];
  return ids.filter((id) => shown.has(id)).map((id) => ({ path, key: toKey(path, id), ids: [id] }));
}

const toKey = (path: string, id: number | null) => JSON.stringify([path, id]);

/**
 * Plans the fewest requests that fill in the typed texts. People who get the same text share one.
 */
export function planFills(
  values: readonly { value: MissingValueCount; fields: readonly ValueField[] }[],
  typed: TypedValues,
): PlannedFills {
  const fills = new Map<string, PlannedFills["fills"][number]>();
  const corrections = new Map<number, RecipientPatch>();
  for (const { value, fields } of values) {
    for (const { path, key, ids } of fields) {
      const text = typed[key]?.trim();
      if (!text) continue;
      if (value.scope === "many") {
        const fill = JSON.stringify([path, text]);
        fills.set(fill, { path, text, ids: [...(fills.get(fill)?.ids ?? []), ...ids] });
      } else for (const id of ids) corrections.set(id, addValue(corrections.get(id) ?? {}, path, text));
    }
  }
  return { fills: [...fills.values()], corrections };
}

function addValue(patch: RecipientPatch, path: string, text: string): RecipientPatch {
  const place = findValuePlace(path);
  return place === null ? patch : { ...patch, [place.part]: { ...patch[place.part], [place.name]: text } };
}
