import { elseVariantIndex } from "../../../shared/limits.ts";
import type { AnalyticsGrouping } from "../../../shared/office-analytics.ts";
import { bindings } from "./world.ts";

type MessageRow = {
  recipientId: number;
  stepNumber: number;
  status: string;
  variant: number | null;
  at: number;
  zone: string;
  senderId: number;
  agentId: string;
  sequenceId: string | null;
  source: string;
};
type EventRow = {
  recipientId: number;
  stepNumber: number;
  kind: string;
  isMachine: 0 | 1;
  dedupeKey: string;
};
type Counts = Record<string, number>;

const read = async <Row>(sql: string) => (await bindings.DB.prepare(sql).all<Row>()).results;

/**
 * Counts an office's figures per group. Reads the raw rows, one message at a time, without the
 * product's SQL.
 */
export async function recountFiguresByGroup(
  by: AnalyticsGrouping,
  from: string,
  to: string,
): Promise<Record<string, Counts>> {
  const messages = await read<MessageRow>(
    `SELECT m.recipient_id AS recipientId, m.step_number AS stepNumber, m.status, m.variant,
       coalesce(m.sent_at, m.attempted_at) AS at, n.time_zone AS zone, r.sender_id AS senderId,
       c.created_by AS agentId, c.sequence_id AS sequenceId, r.source
     FROM messages m JOIN campaign_recipients r ON r.id = m.recipient_id JOIN campaigns c ON c.id = r.campaign_id
     JOIN senders n ON n.id = r.sender_id`,
  );
  const events = await read<EventRow>(
    "SELECT recipient_id AS recipientId, step_number AS stepNumber, kind, is_machine AS isMachine, dedupe_key AS dedupeKey FROM events",
  );
  const outcomes = await read<{ recipientId: number; outcome: string }>(
    "SELECT recipient_id AS recipientId, outcome FROM reply_threads WHERE outcome IS NOT NULL",
  );
  const groups: Record<string, Counts> = {};
  for (const message of messages) {
    const local = toLocal(message);
    if (local.day < from || local.day > to) continue;
    const own = events.filter(
      ({ recipientId, stepNumber }) =>
        recipientId === message.recipientId && stepNumber === message.stepNumber,
    );
    const names = new Set([...listStatus(message), ...own.flatMap((event) => nameEvent(event, own))]);
    const replies = events.filter(
      ({ recipientId, kind }) => recipientId === message.recipientId && kind === "replied",
    );
    const sent = messages.filter(
      ({ recipientId, status }) => recipientId === message.recipientId && status === "sent",
    );
    const last = Math.max(0, ...(replies.length > 0 ? replies : sent).map(({ stepNumber }) => stepNumber));
    const outcome = outcomes.find(({ recipientId }) => recipientId === message.recipientId)?.outcome;
    if (outcome !== undefined && last === message.stepNumber) {
      for (const name of [outcome, ...(earlierStages[outcome] ?? [])]) names.add(name);
    }
    groups[toKey(by, message, local)] ??= {};
    const counts = groups[toKey(by, message, local)] ?? {};
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  }
  return groups;
}

/** The outcomes that an outcome counts for besides itself. */
const earlierStages: Record<string, string[]> = {
  appointment: ["interested"],
  listing: ["appointment", "interested"],
};

const listStatus = ({ status }: MessageRow) =>
  ["sent", "failed", "skipped", "unknown"].includes(status) ? [status] : [];

function nameEvent(event: EventRow, all: readonly EventRow[]): string[] {
  const { kind, isMachine, dedupeKey } = event;
  if (kind === "opened" || kind === "clicked") {
    if (isMachine === 1) return [kind === "opened" ? "machineOpened" : "machineClicked"];
    const isTaken = all.some(
      (other) => other.isMachine === 1 && other.kind === kind && other.dedupeKey === dedupeKey,
    );
    return isTaken ? [] : [kind];
  }
  return ["delivered", "bounced", "complained", "unsubscribed", "replied"].includes(kind) ? [kind] : [];
}

function toLocal({ at, zone }: MessageRow) {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: zone,
  }).format(at);
  return { day: parts.slice(0, 10), hour: Number(parts.slice(11, 13)) };
}

function toKey(
  by: AnalyticsGrouping,
  message: MessageRow,
  { day, hour }: { day: string; hour: number },
): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const { variant } = message;
  const wording =
    variant === null ? "" : variant === elseVariantIndex ? "else" : String.fromCharCode(65 + variant);
  const keys: Record<AnalyticsGrouping, string> = {
    day,
    weekday: String(weekday === 0 ? 7 : weekday),
    hour: String(hour),
    step: String(message.stepNumber),
    variant: wording,
    sequence: message.sequenceId ?? "",
    sender: String(message.senderId),
    agent: message.agentId,
    source: message.source,
  };
  return keys[by];
}
