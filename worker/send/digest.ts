import { escapeHtml } from "../../shared/html-text.ts";
import { dayMs } from "../../shared/time-lengths.ts";
import { loadEmailService } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import { listCampaignsNeedingAttention } from "../db/attention.ts";
import { claimDigest, type DueDigest, listDueDigests, listOwnCampaignIds } from "../db/digests.ts";
import { createScope } from "../db/scope.ts";
import { findSender } from "../db/senders.ts";
import { listOpenTasks } from "../db/task-list.ts";
import { listWaitingReplies } from "../db/waiting-replies.ts";
import { type DigestWork, maxDigestLatenessMs, planNextDigestAt, writeDigest } from "../domain/digest.ts";

const digestsPerTick = 20;
/** The most replies and tasks that a digest counts. */
const itemsRead = 100;
/** The time for which a digest still lists a completed campaign that has held people. */
const completedSinceMs = 14 * dayMs;

/**
 * Sends the digests that are due. A digest's next time is stored before the digest is sent, so the
 * digest is sent at most once. After a failed call, the agent gets no digest until the next time.
 */
export async function sendDueDigests(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  for (const due of await listDueDigests(ctx.db, now, digestsPerTick)) {
    const isClaimed = await claimDigest(ctx.db, due, planNextDigestAt(now, due.cadence, due.timeZone));
    if (isClaimed && now - due.dueAt < maxDigestLatenessMs) await sendDigest(ctx, due, now);
  }
}

async function sendDigest(ctx: Ctx, due: DueDigest, now: number): Promise<void> {
  const { tenantId, senderId, email } = due;
  if (email === null || senderId === null) return;
  const scope = createScope(ctx.db, tenantId);
  const digest = writeDigest(await loadWork(ctx, due, now), due.officeName);
  const sender = await findSender(scope, senderId);
  if (digest === null || sender === undefined) return;
  const service = await loadEmailService(ctx, senderId, {
    attempts: 2,
    sleep: ctx.sleep,
    random: ctx.random,
  });
  if (service === null) return;
  const id = ctx.newId();
  const messageId = `<digest.${id.toString(36)}@${sender.fromEmail.slice(sender.fromEmail.lastIndexOf("@") + 1)}>`;
  const result = await service.send({
    // No recipient has this id, so events about the digest belong to nobody.
    reference: { tenantId, recipientId: id, stepNumber: 1 },
    from: { email: sender.fromEmail, name: due.officeName },
    to: { email, name: due.name ?? "" },
    replyTo: null,
    subject: digest.subject,
    text: `${digest.text}\n`,
    html: renderDigestHtml(digest.text),
    messageId,
    headers: { "Message-ID": messageId, "Auto-Submitted": "auto-generated" },
  });
  if (result.kind !== "accepted")
    console.warn(JSON.stringify({ level: "warn", msg: "digest not sent", tenantId, kind: result.kind }));
}

async function loadWork(ctx: Ctx, { tenantId, agentId, reach }: DueDigest, now: number): Promise<DigestWork> {
  const scope = createScope(ctx.db, tenantId);
  const list = { properties: null, after: null, limit: itemsRead, now };
  const whose = { ...list, agentId: reach === "mine" ? agentId : null };
  const [replies, tasks, { items }] = await Promise.all([
    listWaitingReplies(scope, whose),
    listOpenTasks(scope, whose),
    listCampaignsNeedingAttention(scope, null, now - completedSinceMs),
  ]);
  const ids = items.map(({ campaignId }) => campaignId);
  const own = reach === "mine" ? await listOwnCampaignIds(scope, agentId, ids) : new Set(ids);
  const isOwn = ({ campaignId }: { campaignId: number }) => own.has(campaignId);
  return {
    replies: replies.map((reply) => ({
      title: reply.recipientName,
      detail: reply.address ?? reply.campaignName,
    })),
    tasks: tasks.map((task) => ({ title: task.recipientName, detail: task.instructions ?? task.kind })),
    held: items.filter(isOwn).map((campaign) => ({
      title: campaign.campaignName,
      detail: [
        ...(campaign.heldPeople > 0 ? [`${campaign.heldPeople} wait for a value`] : []),
        ...(campaign.faultyPeople > 0 ? [`${campaign.faultyPeople} wait for a change of their email`] : []),
        ...(campaign.bouncedPeople > 0 ? [`${campaign.bouncedPeople} bounced`] : []),
        ...(campaign.pauseReason === null ? [] : ["paused by a guardrail"]),
      ].join(", "),
    })),
  };
}

const renderDigestHtml = (text: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 Arial,sans-serif;color:#1c1c1c">
<div style="max-width:560px;margin:0 auto">
${text
  .split("\n\n")
  .map((block) => `<p style="margin:0 0 16px">${escapeHtml(block).replaceAll("\n", "<br>\n")}</p>`)
  .join("\n")}
</div>
</body></html>
`;
