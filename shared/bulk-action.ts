import { z } from "zod";
import { isPersonalPath } from "./fact-fields.ts";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { recipientFilterInput } from "./recipient-list.ts";
import { bulkActionKinds, bulkEffects, fillScopes } from "./vocabulary.ts";

/** The people for an action: the people with these ids, or everybody who matches a filter. */
export const recipientSelection = z.union([
  z.object({ ids: z.array(id).min(1).max(limits.recipientsPerAction) }).strict(),
  z.object({ filter: recipientFilterInput }).strict(),
]);
export type RecipientSelection = z.input<typeof recipientSelection>;

const plain = <Kind extends "pause" | "resume" | "stop" | "remove">(kind: Kind) =>
  z.object({ kind: z.literal(kind) }).strict();

/**
 * The path of a value that can be filled in for many people at once. A name, an address or a status
 * is each person's own, so it can be corrected only for one person.
 */
export const fillablePath = z
  .string()
  .regex(/^(recipient|property)\.[A-Za-z_][\w-]{0,99}$/, "must be recipient.… or property.…")
  .refine((path) => !isPersonalPath(path), "can be filled in only for one person");

/**
 * One action on many recipients. `move` makes a step the next step and skips earlier steps. `fill`
 * gives a value to the people who lack it. `remove` deletes people who have no email or task yet.
 */
export const bulkAction = z.discriminatedUnion("kind", [
  plain("pause"),
  plain("resume"),
  plain("stop"),
  z.object({ kind: z.literal("snooze"), days: z.number().int().min(1).max(limits.snoozeDays) }).strict(),
  z
    .object({
      kind: z.literal("move"),
      stepNumber: z.number().int().positive().max(limits.campaignStepNumbers),
    })
    .strict(),
  z.object({ kind: z.literal("changeSender"), senderId: id }).strict(),
  z
    .object({
      kind: z.literal("fill"),
      path: fillablePath,
      text: z.string().trim().min(1).max(limits.filledValueLength),
    })
    .strict(),
  plain("remove"),
]);
export type BulkAction = z.output<typeof bulkAction>;

export const bulkUndoToken = z
  .string()
  .regex(/^[a-z0-9]{1,40}$/, "must be the undoToken of an earlier answer, or up to 40 random characters");

/**
 * The body of `POST /api/campaigns/:id/recipients/actions`. `preview` counts the effects on the
 * whole selection and changes nothing. `cursor` is the answer's `nextCursor`, if a filter matches
 * more people than one request changes. `undoToken` is the token from the answer to an earlier
 * request, so that one undo reverts both requests. The first request may name a random token, with
 * which the action can be undone even if the answer is lost.
 * `listingStatement` is the agent's statement that the homes are not listed, which emails may need
 * before the sequences continue.
 */
export const bulkActionInput = z
  .object({
    action: bulkAction,
    selection: recipientSelection,
    preview: z.boolean().default(false),
    cursor: id.nullable().default(null),
    undoToken: bulkUndoToken.optional(),
    listingStatement: z.string().trim().min(1).max(limits.noteLength).optional(),
  })
  .strict();
export type BulkActionInput = z.input<typeof bulkActionInput>;

/** The effects of an action, or of a previewed action, as numbers of people. */
export const bulkActionResult = z.object({
  action: z.enum(bulkActionKinds),
  effects: z.record(z.enum(bulkEffects), z.number().int()),
  /** The cursor for the people who are still unchanged; null if the action is complete. */
  nextCursor: z.number().int().nullable(),
  /** The token that undoes the action; null for a preview, and if the action changed nobody. */
  undoToken: z.string().nullable(),
  undoUntil: instant.nullable(),
});
export type BulkActionResult = z.infer<typeof bulkActionResult>;

/** The body of `POST /api/campaigns/:id/recipients/missing-values`. */
export const missingValuesInput = z
  .object({ ids: z.array(id).min(1).max(limits.recipientsPerAction) })
  .strict();

/** A value that some people's remaining emails lack, and these people in the order of adding. */
export const missingValueCount = z.object({
  path: z.string(),
  label: z.string(),
  scope: z.enum(fillScopes),
  people: z.number().int(),
  ids: z.array(id),
});
export type MissingValueCount = z.infer<typeof missingValueCount>;

/**
 * The values that some people's remaining emails lack; the value that most people lack is first.
 */
export const missingValueCounts = z.object({ items: z.array(missingValueCount) });
export type MissingValueCounts = z.infer<typeof missingValueCounts>;

/** The body of `POST /api/campaigns/:id/recipients/actions/undo`. */
export const bulkUndoInput = z.object({ undoToken: bulkUndoToken }).strict();

/**
 * The number of people for whom the action was undone. The undo skips people whose state has
 * changed since the action.
 */
export const bulkUndoResult = z.object({ undone: z.number().int() });
export type BulkUndoResult = z.infer<typeof bulkUndoResult>;
