import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { recipientFilterInput } from "./recipient-list.ts";
import { bulkActionKinds, bulkEffects } from "./vocabulary.ts";

/** The people whom an action is about: these ids, or everybody who matches a filter. */
export const recipientSelection = z.union([
  z.object({ ids: z.array(id).min(1).max(limits.recipientsPerAction) }).strict(),
  z.object({ filter: recipientFilterInput }).strict(),
]);
export type RecipientSelection = z.input<typeof recipientSelection>;

const plain = (kind: "pause" | "resume" | "stop") => z.object({ kind: z.literal(kind) }).strict();

/** One action on many recipients. `move`: the step comes next, and earlier steps are skipped. */
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
 * The body of `POST /api/campaigns/:id/recipients/actions`. `preview`: count what the action would
 * do, for the whole selection, and change nothing. `cursor`: the answer's `nextCursor`, if the
 * selection is a filter with more people than one request changes. `undoToken`: the token of an
 * earlier answer, so that one call undoes both.
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

/** What an action did, or would do, as numbers of people. */
export const bulkActionResult = z.object({
  action: z.enum(bulkActionKinds),
  effects: z.record(z.enum(bulkEffects), z.number().int()),
  /** The cursor of the people who are left; null if the action is done. */
  nextCursor: z.number().int().nullable(),
  /** What undoes the action; null for a preview, and if nobody was changed. */
  undoToken: z.string().nullable(),
  undoUntil: instant.nullable(),
});
export type BulkActionResult = z.infer<typeof bulkActionResult>;

/** The body of `POST /api/campaigns/:id/recipients/actions/undo`. */
export const bulkUndoInput = z.object({ undoToken: bulkToken }).strict();

/** How many people are again as they were before the action. Others have moved on since. */
export const bulkUndoResult = z.object({ undone: z.number().int() });
export type BulkUndoResult = z.infer<typeof bulkUndoResult>;
