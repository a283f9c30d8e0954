import { Hono } from "hono";
import {
  type BulkUndoResult,
  bulkActionInput,
  bulkUndoInput,
  missingValuesInput,
} from "../../../shared/bulk-action.ts";
import { limits } from "../../../shared/limits.ts";
import { undoBulkChanges } from "../../db/bulk-changes.ts";
import { restoreRecipients } from "../../db/bulk-removal.ts";
import { findUndoableBulkChanges } from "../../db/bulk-undo.ts";
import {
  findNearbySaleNews,
  listCampaignLetters,
  listPersonalLettersOfCampaign,
} from "../../db/campaign-letters.ts";
import type { CampaignRow } from "../../db/campaigns.ts";
import { findSenderFaults } from "../../db/senders.ts";
import { AppError } from "../../domain/errors.ts";
import { reverseBulkMoves } from "../../domain/send/bulk-action.ts";
import { findAccessibleCampaign, getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import {
  listVisibleRecipientIds,
  performBulkAction,
  previewBulkAction,
  requireStatusForBulkAction,
} from "../bulk-actions.ts";
import { listMissingValues } from "../bulk-fill.ts";
import { passGates } from "../gates/gates.ts";
import { loadGatedPeople } from "../gates/people.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, type HttpContext, readJson, refuseFaultyFields } from "../request.ts";

/** Routes of actions on many recipients of a campaign: the preview, the action, and its undoing. */
export const bulkActionsRoutes = new Hono<AppEnv>()
  .post(
    "/campaigns/:id/recipients/actions",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const campaign = await findAccessibleCampaign(c);
      const input = await readJson(c, bulkActionInput);
      const { action } = input;
      requireStatusForBulkAction(action.kind, campaign);
      const { scope } = getRequestScope(c);
      if (action.kind === "changeSender") {
        const faults = await findSenderFaults(scope, { senderId: action.senderId, otherSenderIds: [] });
        refuseFaultyFields(faults.senderId === undefined ? {} : { "action.senderId": faults.senderId });
      }
      if (input.preview) return c.json(await previewBulkAction(c, campaign, input));
      const goesOn = action.kind === "resume" || action.kind === "move" || action.kind === "changeSender";
      if (goesOn && campaign.status === "active") {
        const senderId = action.kind === "changeSender" ? action.senderId : campaign.senderId;
        await passResumeGates(c, { ...campaign, senderId }, input.listingStatement);
      }
      return c.json(await performBulkAction(c, campaign, input));
    },
  )

  .post(
    "/campaigns/:id/recipients/missing-values",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const campaign = await findAccessibleCampaign(c);
      const { ids } = await readJson(c, missingValuesInput);
      const seen = await listVisibleRecipientIds(c, campaign, ids);
      return c.json(await listMissingValues(getRequestScope(c), campaign.id, seen));
    },
  )

  .post(
    "/campaigns/:id/recipients/actions/undo",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const { ctx, scope, agentId } = desk;
      const campaign = await findAccessibleCampaign(c);
      const { undoToken: token } = await readJson(c, bulkUndoInput);
      const now = ctx.now();
      const isOver = campaign.status === "stopped" || campaign.status === "archived";
      const changes = isOver
        ? []
        : await findUndoableBulkChanges(scope, campaign.id, { token, agentId, now });
      if (changes.length === 0) throw new AppError("conflict", "This can no longer be undone.");
      // If the action has completed the campaign, undoing the action makes the campaign active
      // again.
      const isActive = campaign.status === "active" || campaign.status === "completed";
      const undone = changes.map((change) => ({ change, moves: reverseBulkMoves(change, isActive, now) }));
      const audit = buildAuditEntry(desk, "campaign.people.undone", `campaigns/${campaign.id}`, {
        action: changes[0]?.kind,
      });
      const answer: BulkUndoResult = {
        undone:
          changes[0]?.kind === "remove"
            ? await restoreRecipients(scope, campaign.id, token, audit)
            : await undoBulkChanges(scope, campaign.id, token, undone, audit),
      };
      return c.json(answer);
    },
  );

/**
 * Asks every gate (a check that can forbid emails), as for a resume, because the people who
 * continue get emails again.
 * @throws AppError if a gate forbids the request
 */
async function passResumeGates(
  c: HttpContext,
  campaign: CampaignRow,
  statement: string | undefined,
): Promise<void> {
  const desk = getRequestScope(c);
  await passGates(c, {
    action: "resume",
    campaign,
    letters: await listCampaignLetters(desk.scope, campaign.id),
    namesSale: async () => (await findNearbySaleNews(desk.scope, campaign.id)) !== null,
    people: await loadGatedPeople(desk, campaign, { action: "resume", statement }),
    // A running campaign that ignores collisions (people whom another campaign emails) goes on,
    // even if the office's policy now forbids ignoring collisions.
    ignoresCollisions: false,
    loadPersonalLetters: async () =>
      await listPersonalLettersOfCampaign(desk.scope, campaign.id, limits.recipientsPerCampaign),
  });
}
