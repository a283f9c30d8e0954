import type { BounceClass, EventKind, RejectReason } from "../../../shared/vocabulary.ts";
import { classifyBounce, findEnhancedStatus } from "../../domain/receive/bounce.ts";
import { type EventData, isEngagementKind, type NormalizedEvent } from "../../domain/receive/event.ts";
import { detectReportedMachine, type MachineSign } from "../../domain/receive/machine.ts";
import {
  createBareEvent,
  hashParts,
  isObject,
  type PayloadFields,
  readAddress,
  readInstant,
  readObject,
  readText,
  stripMessageIdBrackets,
} from "../payload.ts";
import type { NormalizedPost, WebhookRequest } from "../provider.ts";
import { parseReference, referenceFieldName } from "../reference.ts";
import { readMailgunBody } from "./body.ts";

/**
 * Reads one event per post: `{signature, "event-data": {…}}`, or the flat format used before 2018.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/events/event-structure
 */
export async function normalizeMailgunEvents(request: WebhookRequest, now: number): Promise<NormalizedPost> {
  const fields = await readMailgunBody(request);
  if (fields === null) return { events: [], broken: 1 };
  return await normalizeMailgunItems([isObject(fields["event-data"]) ? fields["event-data"] : fields], now);
}

/**
 * Turns Mailgun's items into events. An item has the same form in `event-data` and in the Events
 * API.
 */
export async function normalizeMailgunItems(items: readonly unknown[], now: number): Promise<NormalizedPost> {
  const found = await Promise.all(items.map((item) => (isEvent(item) ? toEvent(item, now) : null)));
  const events = found.filter((event) => event !== null);
  return { events, broken: found.length - events.length };
}

function isEvent(item: unknown): item is PayloadFields {
  return isObject(item) && readText(item, "event") !== null;
}

/**
 * The details of a failure or a rejection. The fields that hold the details depend on the event's
 * kind and age.
 */
type Diagnosis = { reason: string; text: string; code: number | null; status: string | null };

async function toEvent(fields: PayloadFields, now: number): Promise<NormalizedEvent> {
  const name = (readText(fields, "event") ?? "").toLowerCase();
  const diagnosis = readDiagnosis(fields);
  const kind = classifyKind(name, fields, diagnosis);
  const sign = isEngagementKind(kind) ? findMachineSign(fields) : null;
  const headers = readObject(readObject(fields, "message"), "headers");
  const messageId =
    readText(headers, "message-id") ?? readText(fields, "Message-Id") ?? readText(fields, "message-id");
  // Mailgun uses our Message-Id as its id for the message, so `messageId` and `providerMessageId`
  // are equal.
  const id = stripMessageIdBrackets(messageId);
  const email = readAddress(fields, "recipient") ?? readAddress(headers, "to");
  return {
    ...createBareEvent(
      kind,
      readInstant(fields, "timestamp") ?? now,
      await createDedupeKey(fields, name, email, id),
    ),
    ...parseReference(readObject(fields, "user-variables")[referenceFieldName] ?? fields[referenceFieldName]),
    email,
    isMachine: sign !== null,
    messageId: id,
    providerMessageId: id,
    data: { ...toEventData(fields, kind, diagnosis), ...(sign === null ? {} : { machineSign: sign }) },
  };
}

/**
 * Returns a key that is the same each time that the service sends the event. `id` alone is unique
 * only within a day, and Mailgun's samples show one id under several event names.
 */
async function createDedupeKey(
  fields: PayloadFields,
  name: string,
  email: string | null,
  messageId: string | null,
): Promise<string> {
  const at = readInstant(fields, "timestamp");
  const id = readText(fields, "id");
  const recipient = email?.toLowerCase() ?? null;
  if (id !== null && at !== null) {
    return await hashParts(["mailgun", name, id, new Date(at).toISOString().slice(0, 10), recipient]);
  }
  if (messageId !== null && at !== null) {
    return await hashParts([
      "mailgun",
      name,
      messageId,
      recipient,
      at,
      readText(fields, "url", Number.POSITIVE_INFINITY),
    ]);
  }
  // Each delivery of a legacy post has a new signature and token; the post's other fields stay the
  // same.
  const content = Object.entries(fields).filter(([field]) => field !== "token" && field !== "signature");
  return await hashParts(["mailgun", name, content.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function classifyKind(name: string, fields: PayloadFields, { reason, code }: Diagnosis): EventKind {
  switch (name) {
    case "failed":
      if (readText(fields, "severity")?.toLowerCase() === "temporary") return "deferred";
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
 * Codes of Mailgun's own decisions, not of a receiving server: 605 to 607 mean Mailgun's
 * suppression lists, 625 means Mailgun's list quality check.
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

function readDiagnosis(fields: PayloadFields): Diagnosis {
  const delivery = readObject(fields, "delivery-status");
  const reject = readObject(fields, "reject");
  const words = [
    readText(delivery, "message") ?? readText(fields, "error"),
    readText(delivery, "description") ?? readText(fields, "description"),
    readText(reject, "reason"),
    readText(reject, "description"),
  ];
  const text = words
    .filter((word) => word !== null)
    .join(" ")
    .slice(0, 500);
  const code = readText(delivery, "code") ?? readText(fields, "code") ?? "";
  // In posts in the format used before 2018, `code` may hold an enhanced status.
  const named = readText(delivery, "enhanced-code") ?? readText(delivery, "bounce-code") ?? code;
  return {
    reason: (readText(fields, "reason") ?? "").toLowerCase(),
    text,
    code: /^\d{3}$/.test(code) ? Number(code) : null,
    status: findEnhancedStatus(named) ?? findEnhancedStatus(text),
  };
}

function toEventData(fields: PayloadFields, kind: EventKind, diagnosis: Diagnosis): EventData {
  const url = readText(fields, "url", 2_000);
  const userAgent = readUserAgent(fields);
  const isFailure = kind === "bounced" || kind === "rejected" || kind === "deferred";
  return {
    ...(kind === "bounced" ? { bounceClass: classifyMailgunBounce(diagnosis) } : {}),
    ...(kind === "rejected" ? { rejectReason: classifyRejectReason(diagnosis) } : {}),
    ...(isFailure && diagnosis.status !== null ? { status: diagnosis.status } : {}),
    ...(isFailure && diagnosis.text !== "" ? { diagnostic: diagnosis.text } : {}),
    ...(url === null ? {} : { url }),
    ...(userAgent === null ? {} : { userAgent }),
  };
}

/**
 * Returns the class of a bounce. `bounce` and the older `hardfail` mean that the address does not
 * work. `old` means that Mailgun gave up on a mailbox that deferred for hours. `generic` gives no
 * reason, which is not enough to suppress an address.
 */
function classifyMailgunBounce({ reason, text, code, status }: Diagnosis): BounceClass {
  if (reason === "espblock" || reason === "blacklisted") return "block";
  if (reason === "old" || reason === "greylisted") return "soft";
  const found = classifyBounce({ status, code, text });
  if (found !== null) return found;
  return reason === "bounce" || reason === "hardfail" || reason === "" ? "hard" : "soft";
}

function classifyRejectReason({ reason, text, code }: Diagnosis): RejectReason {
  if (reason === "suppress-bounce") return "previousBounce";
  if (reason === "suppress-unsubscribe") return "unsubscribed";
  if (reason === "suppress-complaint") return "previousComplaint";
  const byCode = suppressionCodes[code ?? 0];
  if (byCode !== undefined) return byCode;
  return /spam|content|virus/i.test(text) ? "content" : "other";
}

/**
 * Returns the sign that a program, not a person, caused an open or a click; null if there is no
 * sign. `bot` names the machine, such as apple or gmail; for a person, `bot` is empty or absent.
 */
function findMachineSign(fields: PayloadFields): MachineSign | null {
  const bot = readText(readObject(fields, "client-info"), "bot");
  return detectReportedMachine({
    isFlagged: bot !== null && bot !== "false",
    userAgent: readUserAgent(fields),
    address: readText(fields, "ip", 50),
  });
}

function readUserAgent(fields: PayloadFields): string | null {
  return readText(readObject(fields, "client-info"), "user-agent") ?? readText(fields, "user-agent");
}
