import type { BounceClass, EventKind, RejectReason } from "../../../shared/vocabulary.ts";
import { classifyBounce, findStatus } from "../../domain/receive/bounce.ts";
import { type EventData, isEngagementKind, type NormalizedEvent } from "../../domain/receive/event.ts";
import { detectReportedMachine, type MachineSign } from "../../domain/receive/machine.ts";
import {
  addressIn,
  bareEvent,
  bareMessageId,
  digestOf,
  type Fields,
  fieldsIn,
  instantIn,
  isFields,
  textIn,
} from "../payload.ts";
import type { Normalized, WebhookRequest } from "../provider.ts";
import { readReference, referenceName } from "../reference.ts";
import { readMailgunBody } from "./body.ts";

/**
 * Reads one event per post: `{signature, "event-data": {…}}`, or the flat form of before 2018.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/events/event-structure
 */
export async function normalizeMailgun(request: WebhookRequest, now: number): Promise<Normalized> {
  const fields = await readMailgunBody(request);
  if (fields === null) return { events: [], broken: 1 };
  return await eventsOfItems([isFields(fields["event-data"]) ? fields["event-data"] : fields], now);
}

/** Turns items into events. An item has the same form in `event-data` and in the Events API. */
export async function eventsOfItems(items: readonly unknown[], now: number): Promise<Normalized> {
  const found = await Promise.all(items.map((item) => (isEvent(item) ? eventOf(item, now) : null)));
  const events = found.filter((event) => event !== null);
  return { events, broken: found.length - events.length };
}

function isEvent(item: unknown): item is Fields {
  return isFields(item) && textIn(item, "event") !== null;
}

/** The details of a failure or a rejection. Their place depends on the event's kind and age. */
type Diagnosis = { reason: string; text: string; code: number | null; status: string | null };

async function eventOf(fields: Fields, now: number): Promise<NormalizedEvent> {
  const name = (textIn(fields, "event") ?? "").toLowerCase();
  const diagnosis = diagnosisOf(fields);
  const kind = kindOf(name, fields, diagnosis);
  const sign = isEngagementKind(kind) ? machineSignOf(fields) : null;
  const headers = fieldsIn(fieldsIn(fields, "message"), "headers");
  const messageId =
    textIn(headers, "message-id") ?? textIn(fields, "Message-Id") ?? textIn(fields, "message-id");
  // Mailgun uses the Message-Id we set as its own id, so both fields hold it.
  const id = bareMessageId(messageId);
  const email = addressIn(fields, "recipient") ?? addressIn(headers, "to");
  return {
    ...bareEvent(kind, instantIn(fields, "timestamp") ?? now, await dedupeKeyOf(fields, name, email, id)),
    ...readReference(fieldsIn(fields, "user-variables")[referenceName] ?? fields[referenceName]),
    email,
    isMachine: sign !== null,
    messageId: id,
    providerMessageId: id,
    data: { ...dataOf(fields, kind, diagnosis), ...(sign === null ? {} : { machineSign: sign }) },
  };
}

/**
 * Returns a key that is equal for the same event sent again. `id` alone is unique only within a
 * day, and samples show one id under several event names.
 */
async function dedupeKeyOf(
  fields: Fields,
  name: string,
  email: string | null,
  messageId: string | null,
): Promise<string> {
  const at = instantIn(fields, "timestamp");
  const id = textIn(fields, "id");
  const recipient = email?.toLowerCase() ?? null;
  if (id !== null && at !== null) {
    return await digestOf(["mailgun", name, id, new Date(at).toISOString().slice(0, 10), recipient]);
  }
  if (messageId !== null && at !== null) {
    return await digestOf(["mailgun", name, messageId, recipient, at, textIn(fields, "url", 2_000)]);
  }
  // Each delivery of a legacy post has a new signature and token; its other fields stay the same.
  const content = Object.entries(fields).filter(([field]) => field !== "token" && field !== "signature");
  return await digestOf(["mailgun", name, content.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function kindOf(name: string, fields: Fields, { reason, code }: Diagnosis): EventKind {
  switch (name) {
    case "failed":
      if (textIn(fields, "severity")?.toLowerCase() === "temporary") return "deferred";
      return isSuppression(reason, code) ? "rejected" : "bounced";
    case "dropped":
      return isSuppression(reason, code) ? "rejected" : "bounced";
    default:
      return Object.hasOwn(kinds, name) ? (kinds[name] ?? "unknown") : "unknown";
  }
}

const kinds: Readonly<Record<string, EventKind>> = {
  accepted: "accepted",
  delivered: "delivered",
  bounced: "bounced",
  rejected: "rejected",
  opened: "opened",
  clicked: "clicked",
  complained: "complained",
  unsubscribed: "unsubscribed",
};

/**
 * Codes of Mailgun's own decisions, not of a receiving server: 605 to 607 are its suppression
 * lists, 625 is its list quality check.
 */
const suppressionCodes: Readonly<Record<number, RejectReason>> = {
  605: "previousBounce",
  606: "unsubscribed",
  607: "previousComplaint",
  625: "invalidAddress",
};

function isSuppression(reason: string, code: number | null): boolean {
  return reason.startsWith("suppress") || Object.hasOwn(suppressionCodes, code ?? 0);
}

function diagnosisOf(fields: Fields): Diagnosis {
  const delivery = fieldsIn(fields, "delivery-status");
  const reject = fieldsIn(fields, "reject");
  const words = [
    textIn(delivery, "message") ?? textIn(fields, "error"),
    textIn(delivery, "description") ?? textIn(fields, "description"),
    textIn(reject, "reason"),
    textIn(reject, "description"),
  ];
  const text = words
    .filter((word) => word !== null)
    .join(" ")
    .slice(0, 500);
  const code = textIn(delivery, "code") ?? textIn(fields, "code") ?? "";
  // In posts of before 2018, `code` may hold an enhanced status.
  const named = textIn(delivery, "enhanced-code") ?? textIn(delivery, "bounce-code") ?? code;
  return {
    reason: (textIn(fields, "reason") ?? "").toLowerCase(),
    text,
    code: /^\d{3}$/.test(code) ? Number(code) : null,
    status: findStatus(named) ?? findStatus(text),
  };
}

function dataOf(fields: Fields, kind: EventKind, diagnosis: Diagnosis): EventData {
  const url = textIn(fields, "url", 2_000);
  const userAgent = userAgentOf(fields);
  const isFailure = kind === "bounced" || kind === "rejected" || kind === "deferred";
  return {
    ...(kind === "bounced" ? { bounceClass: bounceClassOf(diagnosis) } : {}),
    ...(kind === "rejected" ? { rejectReason: rejectReasonOf(diagnosis) } : {}),
    ...(isFailure && diagnosis.status !== null ? { status: diagnosis.status } : {}),
    ...(isFailure && diagnosis.text !== "" ? { diagnostic: diagnosis.text } : {}),
    ...(url === null ? {} : { url }),
    ...(userAgent === null ? {} : { userAgent }),
  };
}

/**
 * Returns the class of a bounce. `bounce` and the older `hardfail` mean that the address is dead.
 * `old` means that Mailgun gave up on a mailbox that deferred for hours. `generic` gives no reason,
 * which is not enough to suppress an address.
 */
function bounceClassOf({ reason, text, code, status }: Diagnosis): BounceClass {
  if (reason === "espblock" || reason === "blacklisted") return "block";
  if (reason === "old" || reason === "greylisted") return "soft";
  const found = classifyBounce({ status, code, text });
  if (found !== null) return found;
  return reason === "bounce" || reason === "hardfail" || reason === "" ? "hard" : "soft";
}

function rejectReasonOf({ reason, text, code }: Diagnosis): RejectReason {
  if (reason === "suppress-bounce") return "previousBounce";
  if (reason === "suppress-unsubscribe") return "unsubscribed";
  if (reason === "suppress-complaint") return "previousComplaint";
  const byCode = suppressionCodes[code ?? 0];
  if (byCode !== undefined) return byCode;
  return /spam|content|virus/i.test(text) ? "content" : "other";
}

/**
 * Returns the sign of a machine, or null. `bot` names the machine, such as apple or gmail; for a
 * person it is empty or absent.
 */
function machineSignOf(fields: Fields): MachineSign | null {
  const bot = textIn(fieldsIn(fields, "client-info"), "bot");
  return detectReportedMachine({
    isFlagged: bot !== null && bot !== "false",
    userAgent: userAgentOf(fields),
    address: textIn(fields, "ip", 50),
  });
}

function userAgentOf(fields: Fields): string | null {
  return textIn(fieldsIn(fields, "client-info"), "user-agent") ?? textIn(fields, "user-agent");
}
