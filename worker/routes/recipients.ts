import { Hono } from "hono";
import {
  type RecipientAction,
  type RecipientDetail,
  recipientActions,
  snoozeInput,
  type WhyNotYet,
} from "../../shared/recipient.ts";
import { type Desk, deskOf, recipientInReach } from "../access.ts";
import { requires } from "../auth.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  changeRecipient,
  findRecipient,
  type RecipientRow,
  snoozeRecipient,
  unsnoozeRecipient,
} from "../db/recipients.ts";
import { factsOf, timelineOf } from "../db/timelines.ts";
import { explain } from "../domain/eligibility.ts";
import { AppError } from "../domain/errors.ts";
import { effectOf } from "../domain/recipient.ts";
import { replanned } from "../domain/sequence.ts";
import { holdWords } from "../domain/words.ts";
import { type AppEnv, notFound, readJson } from "../http.ts";
import { iso, recipientView, timelineView } from "../views.ts";

export const recipients = new Hono<AppEnv>();

recipients.get("/recipients/:id", async (c) => c.json(await detailOf(deskOf(c), await recipientInReach(c))));

for (const action of recipientActions) {
  recipients.post(`/recipients/:id/${action}`, requires("agent"), async (c) => {
    const desk = deskOf(c);
    const recipient = await recipientInReach(c);
    await carryOut(desk, recipient, action);
    return c.json(await changedDetail(desk, recipient.id));
  });
}

recipients.post("/recipients/:id/snooze", requires("agent"), async (c) => {
  const desk = deskOf(c);
  const recipient = await recipientInReach(c);
  const { days } = await readJson(c, snoozeInput);
  const until = desk.ctx.now() + days * 86_400_000;
  const audit = { ...auditOf(desk, recipient, "recipient.snooze"), data: { days } };
  if (!(await snoozeRecipient(desk.scope, recipient.id, until, audit))) {
    throw new AppError("conflict", "Only somebody who is active can be snoozed.");
  }
  return c.json(await changedDetail(desk, recipient.id));
});

function auditOf({ ctx, agentId }: Desk, { id }: RecipientRow, action: string) {
  return { id: ctx.newId(), actor: agentId, action, subject: `recipients/${id}`, at: ctx.now() };
}

async function changedDetail(desk: Desk, id: number): Promise<RecipientDetail> {
  const changed = await findRecipient(desk.scope, id);
  if (changed === null) throw notFound();
  return detailOf(desk, changed);
}

/** Back to when the next email would have gone without the snooze. */
async function unsnooze(desk: Desk, recipient: RecipientRow): Promise<boolean> {
  const { ctx, scope } = desk;
  const [candidate] = await loadCandidates(scope.db, [recipient.id], scope.tenantId);
  if (candidate === undefined) throw notFound();
  const at = replanned(candidate, ctx.now(), ctx.random());
  return unsnoozeRecipient(scope, recipient.id, at, auditOf(desk, recipient, "recipient.resume"));
}

async function carryOut(desk: Desk, recipient: RecipientRow, action: RecipientAction): Promise<void> {
  const { ctx, scope } = desk;
  const isSnoozed = recipient.snoozedUntil !== null && recipient.snoozedUntil > ctx.now();
  const effect = effectOf(action, recipient.status, isSnoozed);
  if (effect === "none") return;
  if (effect === "refuse" || (action === "send-now" && recipient.campaignStatus !== "active")) {
    throw new AppError("conflict", refusalWords[action]);
  }
  const { id, campaignId } = recipient;
  const isDone =
    action === "resume" && recipient.status === "active"
      ? await unsnooze(desk, recipient)
      : await changeRecipient(
          scope,
          { id, campaignId, action },
          auditOf(desk, recipient, `recipient.${action}`),
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
    ...recipientView(recipient, facts.get(recipient.id) ?? [], ctx.now()),
    messages: timelineView(timeline.messages, timeline.events),
    whyNotYet: hold === null ? null : whyNotYetView(hold),
  };
}

function whyNotYetView({ reason, until }: { reason: WhyNotYet["reason"]; until: number | null }): WhyNotYet {
  return { reason, message: holdWords[reason], until: until === null ? null : iso(until) };
}
