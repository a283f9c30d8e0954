import type { z } from "zod";
import type { replyAssignmentInput } from "../../shared/reply.ts";
import { isKnownAgent } from "../db/agents.ts";
import { buildAuditEntryInsert } from "../db/audit-log.ts";
import { awaitGuardedBatch } from "../db/batch-guard.ts";
import type { RecipientRow } from "../db/recipients.ts";
import { buildReplyAssignment, findReplyStanding } from "../db/reply-threads.ts";
import { AppError } from "../domain/errors.ts";
import type { RequestScope } from "./access.ts";
import { buildRecipientAuditEntry } from "./recipient-detail.ts";
import { refuseFaultyFields } from "./request.ts";

type Assignment = z.output<typeof replyAssignmentInput>;

/**
 * Assigns a recipient's replies to an agent. Succeeds without a change if the agent already handles
 * the replies, so a repeated request does nothing.
 * @throws AppError conflict if the recipient has not replied, or if somebody other than
 *   `assignedFrom` handles the replies by now; invalidRequest if the office has no such agent
 */
export async function assignReplies(
  desk: RequestScope,
  recipient: RecipientRow,
  { assignedTo, assignedFrom }: Assignment,
): Promise<void> {
  const { scope, agentId } = desk;
  const handler = await loadHandler(desk, recipient);
  if (handler === assignedTo) return;
  if (handler !== assignedFrom) throw createOvertakenError();
  if (assignedTo !== null && assignedTo !== agentId && !(await isKnownAgent(scope, assignedTo)))
    refuseFaultyFields({ assignedTo: "is not an agent of your office" });
  const audit = {
    ...buildRecipientAuditEntry(desk, recipient, "recipient.replyAssigned"),
    data: { assignedTo, assignedFrom },
  };
  const batch = [
    ...buildReplyAssignment(scope, recipient.id, { assignedTo, before: handler }),
    buildAuditEntryInsert(scope, audit),
  ];
  if ((await awaitGuardedBatch(scope.db.$client.batch(batch))) === null) return;
  // The second request of a double click finds that the first has assigned the replies.
  if ((await loadHandler(desk, recipient)) !== assignedTo) throw createOvertakenError();
}

async function loadHandler({ scope }: RequestScope, { id }: RecipientRow): Promise<string | null> {
  const thread = await findReplyStanding(scope, id);
  if (thread === null) throw new AppError("conflict", "This person hasn't replied yet.");
  return thread.assignedTo;
}

const createOvertakenError = () =>
  new AppError("conflict", "Someone else assigned this reply in the meantime. Reload and try again.");
