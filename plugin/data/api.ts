import type { WorkListScope } from "../../shared/agent.ts";
import type { CampaignSummary } from "../../shared/campaign.ts";
import type { ApiError } from "../../shared/error.ts";
import type { GateReason } from "../../shared/gate-reason.ts";
import type { ListingAnswerInput, ListingChecks } from "../../shared/listing-check.ts";
import type { Preset } from "../../shared/preset.ts";
import type { PropertyFacts, PropertyStatusInput } from "../../shared/property.ts";
import type { Sender } from "../../shared/sender.ts";
import type { Task, TaskAction, TaskClosingInput, TaskPostponeInput } from "../../shared/task.ts";
import type { EmailPreview, EmailPreviewInput } from "../../shared/template.ts";
import type { Tenant, TenantPatch } from "../../shared/tenant.ts";
import type { ErrorCode, RecipientStatus } from "../../shared/vocabulary.ts";
import { TokenFault, type TokenFaultCode, type TokenSource } from "../session/token.ts";
import { sayReason } from "../words/say.ts";
import { joinSignals } from "./join-signals.ts";

/** Faults of what the host has set on the element, for which no request is needed. */
export type RecordFaultCode = "otherProperty" | "noAddress" | "noName" | "recordAsAttribute";
export type RequestFailureCode =
  | ErrorCode
  | RecordFaultCode
  | "offline"
  | "sessionEnded"
  | "badAnswer"
  | "partMissing";

/** The error of every failed request. `code` says how the request failed. */
export class RequestFailure extends Error {
  override name = "Failure";
  /** The reason of a failure of the code `sessionEnded`, if the host's token is the reason. */
  tokenFault: TokenFaultCode | "tokenRefused" | null = null;
  constructor(
    readonly code: RequestFailureCode,
    message: string,
    readonly requestId: string | null = null,
    readonly fields: Record<string, string> = {},
    /** The reason behind each text in `fields`, if a check before a launch refused the request. */
    readonly reasons: Record<string, GateReason> = {},
  ) {
    super(message);
  }
}

export type ListPage<T> = {
  items: T[];
  nextCursor: string | null;
};

/**
 * The filter of a campaign's list of recipients: words to search for (`q`), and a status. Null: no
 * filter.
 */
export type RecipientFilter = { q: string | null; status: RecipientStatus | null };

type Call = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Record<string, string | number | null>;
  body?: unknown;
  /** A CSV file for the body of the request. A call has either `csv` or `body`. */
  csv?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** True if the answer is a file, which the call returns as a `Blob`. */
  isFile?: boolean;
};

type Connection = {
  api: string;
  tokens: TokenSource;
  /**
   * Aborts when the agent's session ends. After the end, the client sends no request and uses no
   * answer.
   */
  ended: AbortSignal;
  /**
   * Returns false after the view has closed. The client then begins no more loads, but still sends
   * the agent's actions.
   */
  isOpen?: () => boolean;
  /** Called after each request that the Worker has accepted. */
  onAnswer?: () => void;
  fetch?: typeof fetch;
};

const timeoutMs = 30_000;
/**
 * The greatest number of answers that the client keeps in memory. Each kept answer has an entity
 * tag, so that the Worker need not send an unchanged answer again.
 */
const keptAnswers = 30;
type KeptAnswer = { etag: string; answer: unknown };

function buildUrl(api: string, path: string, query: Call["query"] = {}): string {
  const url = new URL(`${api.replace(/\/$/, "")}/api${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null) url.searchParams.set(name, String(value));
  }
  return url.href;
}

async function readFailure(response: Response): Promise<RequestFailure> {
  try {
    const { error } = (await response.json()) as ApiError;
    const { code, message, requestId, fields = {}, reason, fieldReasons = {} } = error;
    const texts = Object.entries(fields).map(([path, text]) => [path, sayReason(fieldReasons[path], text)]);
    return new RequestFailure(
      code,
      sayReason(reason, message),
      requestId,
      Object.fromEntries(texts),
      fieldReasons,
    );
  } catch {
    const message = "Something went wrong on our side. Try again in a moment.";
    return new RequestFailure("badAnswer", message, `HTTP ${response.status}`);
  }
}

async function readAnswer(response: Response, isFile: boolean): Promise<unknown> {
  if (isFile) return await response.blob();
  return response.status === 204 ? null : await response.json();
}

const createSessionEnd = (
  tokenFault: RequestFailure["tokenFault"],
  requestId: string | null = null,
): RequestFailure =>
  Object.assign(new RequestFailure("sessionEnded", "Your session has ended.", requestId), { tokenFault });

function createRequest(connection: Connection) {
  const { api, tokens, ended, isOpen = () => true, onAnswer, fetch: fetcher = fetch } = connection;
  const getBearer = async (ask: () => Promise<string>) => {
    ended.throwIfAborted();
    try {
      return await ask();
    } catch (cause) {
      throw createSessionEnd(cause instanceof TokenFault ? cause.code : null);
    }
  };
  const kept = new Map<string, KeptAnswer>();
  const send = async (url: string, call: Call, bearer: string, over: AbortSignal): Promise<Response> => {
    const etag = kept.get(url)?.etag;
    const limit = AbortSignal.timeout(timeoutMs);
    const init: RequestInit = {
      method: call.method ?? "GET",
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...(call.csv ? { "content-type": "text/csv" } : {}),
        ...(etag ? { "if-none-match": etag } : {}),
        ...call.headers,
      },
      signal: joinSignals([ended, limit, ...(call.signal ? [call.signal] : [])], over),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.csv ? { body: call.csv } : {}),
    };
    try {
      init.signal?.throwIfAborted();
      // Only loads and listing reports pass a signal. When the view closes, these requests are
      // aborted; an agent's actions are not.
      if (call.signal && !isOpen()) throw new DOMException("The view has closed.", "AbortError");
      return await fetcher(url, init);
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      throw new RequestFailure("offline", "Doorknock can’t be reached.");
    }
  };

  const exchange = async <T>(path: string, call: Call, over: AbortSignal): Promise<T> => {
    const url = buildUrl(api, path, call.query);
    const bearer = await getBearer(tokens.get);
    let response = await send(url, call, bearer, over);
    if (response.status === 401) {
      const failure = await readFailure(response);
      if (failure.code !== "tokenExpired") throw createSessionEnd("tokenRefused", failure.requestId);
      response = await send(url, call, await getBearer(() => tokens.replace(bearer)), over);
    }
    if (response.status === 401) throw createSessionEnd(null);
    const serverMs = Number(response.headers.get("x-now"));
    if (serverMs > 0) tokens.setTime(serverMs);
    onAnswer?.();
    const before = response.status === 304 && kept.get(url);
    if (before) return before.answer as T;
    if (!response.ok) throw await readFailure(response);
    const answer = (await readAnswer(response, call.isFile ?? false)) as T;
    ended.throwIfAborted();
    const etag = response.headers.get("etag");
    if (kept.size >= keptAnswers) kept.clear();
    if (etag) kept.set(url, { etag, answer });
    return answer;
  };
  return async function request<T>(path: string, call: Call = {}): Promise<T> {
    const over = new AbortController();
    try {
      return await exchange<T>(path, call, over.signal);
    } finally {
      over.abort();
    }
  };
}

/** Returns one function for each request that several views send to the Worker. */
export function createApiClient(connection: Connection) {
  const request = createRequest(connection);
  return {
    /**
     * Sends a request for which this client has no function. A view that is loaded on first use
     * builds its own requests with `request`.
     */
    request,
    /** Returns the office, with its settings. */
    tenant: (signal?: AbortSignal) => request<Tenant>("/tenant", { signal }),
    /** Stops or resumes the outreach of the whole office. */
    setOutreach: (action: "stop" | "resume") =>
      request<Pick<Tenant, "stoppedAt">>(`/outreach/${action}`, { method: "POST", body: {} }),
    changeTenant: (body: TenantPatch) => request<Tenant>("/tenant", { method: "PATCH", body }),
    presets: (signal?: AbortSignal) => request<{ items: Preset[] }>("/presets", { signal }),
    senders: (signal?: AbortSignal) => request<{ items: Sender[] }>("/senders", { signal }),
    campaigns: (propertyId: string, cursor: string | null, limit: number, signal?: AbortSignal) =>
      request<ListPage<CampaignSummary>>("/campaigns", { query: { propertyId, cursor, limit }, signal }),
    reportProperty: (propertyId: string, body: PropertyStatusInput, signal: AbortSignal) =>
      request<PropertyFacts>(`/properties/${encodeURIComponent(propertyId)}/status`, {
        method: "POST",
        body,
        signal,
      }),
    listingChecks: (signal?: AbortSignal) => request<ListingChecks>("/listing-checks", { signal }),
    answerListingChecks: (body: ListingAnswerInput) =>
      request<ListingChecks>("/listing-checks", { method: "POST", body }),
    /**
     * Returns up to 100 open tasks of one property. If `propertyId` is empty, returns tasks of
     * every property.
     */
    openTasks: (propertyId: string, reach: WorkListScope, signal?: AbortSignal) =>
      request<ListPage<Task>>("/tasks", {
        query: { propertyId: propertyId || null, reach, status: "open", limit: 100 },
        signal,
      }),
    closeTask: (id: string, action: TaskAction, body: TaskClosingInput) =>
      request<Task>(`/tasks/${id}/${action}`, { method: "POST", body }),
    postponeTask: (id: string, body: TaskPostponeInput) =>
      request<Task>(`/tasks/${id}/postpone`, { method: "POST", body }),
    preview: (body: EmailPreviewInput, signal?: AbortSignal) =>
      request<EmailPreview>("/templates/preview", { method: "POST", body, signal }),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;
