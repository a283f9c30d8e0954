import type { BounceClass, EventKind, RejectReason } from "../../../shared/vocabulary.ts";
import { classifyBounce, findEnhancedStatus } from "../../domain/receive/bounce.ts";
import { type EventData, isEngagementKind, type NormalizedEvent } from "../../domain/receive/event.ts";
import { detectReportedMachine, type MachineSign } from "../../domain/receive/machine.ts";
import {
  createBareEvent,
  hashParts,
  isObject,
  type PayloadFields,
  parseJson,
  readAddress,
  readInstant,
  readText,
  stripMessageIdBrackets,
} from "../payload.ts";
import type { NormalizedPost, ReportedAccountStatus, WebhookRequest } from "../provider.ts";
import { parseReference, referenceFieldName } from "../reference.ts";

const kinds: Readonly<Record<string, EventKind>> = {
  processed: "accepted",
  deferred: "deferred",
  delivered: "delivered",
  bounce: "bounced",
  dropped: "rejected",
  open: "opened",
  click: "clicked",
  spamreport: "complained",
  unsubscribe: "unsubscribed",
  group_unsubscribe: "unsubscribed",
  group_resubscribe: "resubscribed",
};

/**
 * Reads a post of the event webhook: a JSON array of events about any number of messages, in any
 * order, with repeats.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
export async function normalizeSendgridEvents(request: WebhookRequest, now: number): Promise<NormalizedPost> {
  const parsed = parseJson(request.body);
  const elements: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  const named = elements.filter(isEvent);
  const accountStatuses = named.flatMap((fields) =>
    isAboutAccount(fields) ? [readAccountStatus(fields)] : [],
  );
  const ofMessages = named.filter((fields) => !isAboutAccount(fields));
  return {
    events: await Promise.all(ofMessages.map((fields) => toEvent(fields, now))),
    broken: elements.length - named.length,
    ...(accountStatuses.length === 0 ? {} : { accountStatuses }),
  };
}

/**
 * Returns whether the event is a decision of SendGrid's compliance team about the account. Such an
 * event names no recipient and no message, and so does not become an event of ours.
 */
function isAboutAccount(fields: PayloadFields): boolean {
  return readEventName(fields) === "account_status_change";
}

/**
 * Returns the account status that the event reports. `compliance_suspend` is the only documented
 * type of a suspension.
 */
function readAccountStatus(fields: PayloadFields): ReportedAccountStatus {
  return /suspend|deactivat|terminat|\bban/i.test(readText(fields, "type") ?? "") ? "suspended" : "other";
}

function readEventName(fields: PayloadFields): string {
  return (readText(fields, "event") ?? "").toLowerCase();
}

function isEvent(element: unknown): element is PayloadFields {
  return isObject(element) && readText(element, "event") !== null;
}

async function toEvent(fields: PayloadFields, now: number): Promise<NormalizedEvent> {
  const name = readEventName(fields);
  const kind = Object.hasOwn(kinds, name) ? (kinds[name] ?? "unknown") : "unknown";
  const sign = isEngagementKind(kind) ? findMachineSign(fields) : null;
  return {
    ...createBareEvent(kind, readInstant(fields, "timestamp") ?? now, await createDedupeKey(fields, name)),
    ...parseReference(fields[referenceFieldName]),
    email: readAddress(fields, "email"),
    isMachine: sign !== null,
    messageId: readOurMessageId(fields),
    providerMessageId: readProviderMessageId(fields),
    data: { ...toEventData(fields, kind), ...(sign === null ? {} : { machineSign: sign }) },
  };
}

/**
 * Returns a key that is the same each time that the service sends the event. `sg_event_id` is not
 * part of the key, because that id can be absent, or change when the event is sent again. Events of
 * one kind about one message differ by their time and, for clicks, their link.
 */
async function createDedupeKey(fields: PayloadFields, name: string): Promise<string> {
  const at = readInstant(fields, "timestamp");
  const message =
    readText(fields, "sg_message_id") ?? readText(fields, referenceFieldName) ?? readText(fields, "smtp-id");
  if (message === null || at === null) {
    const content = Object.entries(fields).filter(([field]) => field !== "sg_event_id");
    return await hashParts(["sendgrid", name, content.sort(([a], [b]) => (a < b ? -1 : 1))]);
  }
  const email = readText(fields, "email")?.toLowerCase() ?? null;
  return await hashParts([
    "sendgrid",
    name,
    message,
    email,
    at,
    readText(fields, "url", Number.POSITIVE_INFINITY),
  ]);
}

/**
 * Returns our Message-ID from `smtp-id`, the Message-ID header. Returns null if SendGrid replaced
 * our id by an id under its own host.
 */
function readOurMessageId(fields: PayloadFields): string | null {
  const id = stripMessageIdBrackets(readText(fields, "smtp-id"));
  return id === null || isSendgridHost(id) ? null : id;
}

function isSendgridHost(messageId: string): boolean {
  return /@(?:[\w-]*ismtpd[\w.-]*|[\w.-]+\.sendgrid\.net)$/i.test(messageId);
}

/**
 * Returns the id that `send` got as X-Message-Id. Both `sg_message_id` and SendGrid's own
 * Message-ID start with that id.
 */
function readProviderMessageId(fields: PayloadFields): string | null {
  const full = readText(fields, "sg_message_id");
  const first = full?.split(".")[0] ?? "";
  if (/^[\w-]{22}$/.test(first)) return first;
  const [local = "", host] = (stripMessageIdBrackets(readText(fields, "smtp-id")) ?? "").split("@");
  if (/^[\w-]{22}$/.test(local) && host !== undefined && isSendgridHost(`${local}@${host}`)) return local;
  const beforeFilter = full?.replace(/\.?(?:filter|recv)\w*[.-].*$/, "") ?? "";
  return beforeFilter === "" ? null : beforeFilter;
}

function toEventData(fields: PayloadFields, kind: EventKind): EventData {
  const diagnostic = readText(fields, "reason") ?? readText(fields, "response");
  const status = readText(fields, "status", 20) ?? findEnhancedStatus(diagnostic ?? "");
  const url = readText(fields, "url", 2_000);
  const userAgent = readText(fields, "useragent");
  return {
    ...(kind === "bounced" ? { bounceClass: classifySendgridBounce(fields, status, diagnostic ?? "") } : {}),
    ...(kind === "rejected" ? { rejectReason: classifyRejectReason(diagnostic ?? "") } : {}),
    ...(status === null ? {} : { status }),
    ...(diagnostic === null ? {} : { diagnostic }),
    ...(url === null ? {} : { url }),
    ...(userAgent === null ? {} : { userAgent }),
  };
}

/**
 * Returns the class of a bounce. The type `blocked` means that the address may be fine, and
 * `bounce` that the address is bad. SendGrid's test button and samples leave the type out.
 * `bounce_classification` is SendGrid's reading of the reply, in capitals or small letters. If our
 * own rules read the reply as a block, the class is `block`, whatever the classification says.
 */
function classifySendgridBounce(fields: PayloadFields, status: string | null, text: string): BounceClass {
  if (/^blocked$/i.test(readText(fields, "type") ?? "")) return "block";
  const ours = classifyBounce({ status, code: readReplyCode(text), text });
  const classification = (readText(fields, "bounce_classification") ?? "").toLowerCase();
  if (ours === "block" || /^(?:content|frequency|reputation)/.test(classification)) return "block";
  if (classification.startsWith("invalid")) return "hard";
  if (/^(?:mailbox|technical)/.test(classification)) return ours === "hard" ? "hard" : "soft";
  return ours ?? "hard";
}

function readReplyCode(text: string): number | null {
  const found = /^\s*([245]\d\d)\b/.exec(text);
  return found === null ? null : Number(found[1]);
}

/**
 * Returns the reason for a rejection. `Invalid SMTPAPI header` is about our request, `Invalid`
 * about the address.
 */
function classifyRejectReason(reason: string): RejectReason {
  if (/^bounced address/i.test(reason)) return "previousBounce";
  if (/^spam reporting address/i.test(reason)) return "previousComplaint";
  if (/^unsubscribed address/i.test(reason)) return "unsubscribed";
  if (/^invalid(?: address| email)?$/i.test(reason)) return "invalidAddress";
  if (/^recipient list over package quota/i.test(reason)) return "quota";
  return /^spam content/i.test(reason) ? "content" : "other";
}

function findMachineSign(fields: PayloadFields): MachineSign | null {
  return detectReportedMachine({
    isFlagged: isTrue(fields.sg_machine_open),
    userAgent: readText(fields, "useragent"),
    address: readText(fields, "ip", 50),
  });
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === "true" || value === "1";
}
