import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { recipientFilterInput } from "./recipient-list.ts";
import { bulkActionKinds, bulkEffects } from "./vocabulary.ts";

/** The people for an action: the people with these ids, or everybody who matches a filter. */
export const recipientSelection = z.union([
  z.object({ ids: z.array(id).min(1).max(limits.recipientsPerAction) }).strict(),
  z.object({ filter: recipientFilterInput }).strict(),
]);
export type RecipientSelection = z.input<typeof recipientSelection>;

const plain = (kind: "pause" | "resume" | "stop") => z.object({ kind: z.literal(kind) }).strict();

/** One action on many recipients. `move` makes a step the next step and skips earlier steps. */
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
]);
export type BulkAction = z.output<typeof bulkAction>;

export const bulkToken = z.string().regex(/^[a-z0-9]{1,40}$/, "must be the undoToken of an earlier answer");

/**
 * The body of `POST /api/campaigns/:id/recipients/actions`. `preview` counts the effects on the
 * whole selection and changes nothing. `cursor` is the answer's `nextCursor`, if a filter matches
 * more people than one request changes. `undoToken` is the token of an earlier answer, so that one
 * undo reverts both requests.
 */
export const bulkActionInput = z
  .object({
    action: bulkAction,
    selection: recipientSelection,
    preview: z.boolean().default(false),
    cursor: id.nullable().default(null),
    undoToken: bulkToken.optional(),
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

/** The body of `POST /api/campaigns/:id/recipients/actions/undo`. */
export const bulkUndoInput = z.object({ undoToken: bulkToken }).strict();

/**
 * The number of people for whom the action was undone. The undo skips people whose state has
 * changed since the action.
 */
export const bulkUndoResult = z.object({ undone: z.number().int() });
export type BulkUndoResult = z.infer<typeof bulkUndoResult>;
