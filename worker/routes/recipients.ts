import { Hono } from "hono";
import {
  type RecipientAction,
  type RecipientDetail,
  recipientActions,
  type WhyNotYet,
} from "../../shared/recipient.ts";
import { type Desk, deskOf, recipientInReach } from "../access.ts";
import { requires } from "../auth.ts";
import { loadCandidates } from "../db/candidates.ts";
import { changeRecipient, findRecipient, type RecipientRow } from "../db/recipients.ts";
import { factsOf, timelineOf } from "../db/timelines.ts";
import { explain } from "../domain/eligibility.ts";
import { AppError } from "../domain/errors.ts";
import { effectOf } from "../domain/recipient.ts";
import { holdWords } from "../domain/words.ts";
import { type AppEnv, notFound } from "../http.ts";
import { iso, recipientView, timelineView } from "../views.ts";

export const recipients = new Hono<AppEnv>();

recipients.get("/recipients/:id", async (c) => c.json(await detailOf(deskOf(c), await recipientInReach(c))));

for (const action of recipientActions) {
  recipients.post(`/recipients/:id/${action}`, requires("agent"), async (c) => {
    const desk = deskOf(c);
    const recipient = await recipientInReach(c);
    await carryOut(desk, recipient, action);
    const changed = await findRecipient(desk.scope, recipient.id);
    if (changed === null) throw notFound();
    return c.json(await detailOf(desk, changed));
  });
}

async function carryOut(
  { ctx, scope, agentId }: Desk,
  recipient: RecipientRow,
  action: RecipientAction,
): Promise<void> {
  const effect = effectOf(action, recipient.status);
  if (effect === "none") return;
  if (effect === "refuse" || (action === "send-now" && recipient.campaignStatus !== "active")) {
    throw new AppError("conflict", refusalWords[action]);
  }
  const isDone = await changeRecipient(
    scope,
    { id: recipient.id, campaignId: recipient.campaignId, action },
    {
      id: ctx.newId(),
      actor: agentId,
      action: `recipient.${action}`,
      subject: `recipients/${recipient.id}`,
      at: ctx.now(),
    },
  );
  // Who is not sent to now because they are being sent to now has what was asked for.
  if (!isDone && action !== "send-now") {
    throw new AppError("conflict", "This recipient was changed meanwhile; look again.");
  }
}

const refusalWords: Readonly<Record<RecipientAction, string>> = {
  pause: "Only somebody who is in the sequence can be paused.",
  resume: "Only somebody who is paused can be resumed.",
  stop: "This recipient is through with the campaign; there is nothing to stop.",
  "send-now": "Only somebody who is active in an active campaign can be sent to now.",
};

async function detailOf({ ctx, scope }: Desk, recipient: RecipientRow): Promise<RecipientDetail> {
  const [facts, timeline, candidates] = await Promise.all([
    factsOf(scope, [recipient.id]),
    timelineOf(scope, recipient.id),
    loadCandidates(scope.db, [recipient.id], scope.tenantId),
  ]);
  const [candidate] = candidates;
  const hold = candidate === undefined ? null : explain(candidate, ctx.now());
  return {
    ...recipientView(recipient, facts.get(recipient.id) ?? []),
    messages: timelineView(timeline.messages, timeline.events),
    whyNotYet: hold === null ? null : whyNotYetView(hold),
  };
}

function whyNotYetView({ reason, until }: { reason: WhyNotYet["reason"]; until: number | null }): WhyNotYet {
  return { reason, message: holdWords[reason], until: until === null ? null : iso(until) };
}
