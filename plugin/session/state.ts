import { type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type ApiClient, createApiClient, RequestFailure, type RequestFailureCode } from "../data/api.ts";
import type {
  DoorknockElement,
  DoorknockEventDetail,
  DoorknockEventType,
  InitOptions,
} from "../host/host.ts";
import {
  type Contact,
  type HostRecord,
  isOfAnotherProperty,
  type JsonRecord,
  lackNames,
  lacksAddress,
  toApiProperty,
  toContacts,
} from "../host/mapping.ts";
import { createFormats, type Formats } from "../words/format.ts";
import { addReceiptTime } from "./given-record.ts";
import type { Identity } from "./identity.ts";
import type { RememberedState, ShownView } from "./remembered-state.ts";
import type { TokenSource } from "./token.ts";

/**
 * The value of `propertyId` for the agent's home page, which shows every property that the agent
 * may see. No property has an empty id.
 */
export const homePagePropertyId = "";

/**
 * `sessionEnded`: the Worker refuses tokens that have expired. Each other end is the host's fault.
 */
export type SessionEnd =
  | "sessionEnded"
  | "blockedByPolicy"
  | "originNotAllowed"
  | NonNullable<RequestFailure["tokenFault"]>;

/** The state and functions that all views of one element share. */
export interface Session extends RememberedState {
  /** The property that the element shows; `homePagePropertyId` on the agent's home page. */
  propertyId: string;
  api: ApiClient;
  tokens: TokenSource;
  format: Formats;
  property: Signal<JsonRecord>;
  contacts: Signal<Contact[]>;
  /** Why the tab gets no answers; null while the session lasts. */
  ended: Signal<SessionEnd | null>;
  /**
   * Texts for screen readers. A screen reader speaks `status` at the next pause, and `alert` at
   * once.
   */
  status: Signal<string>;
  alert: Signal<string>;
  /** A number that goes up when all views should load their data again. */
  epoch: Signal<number>;
  go(view: ShownView): void;
  /**
   * Returns true once the agent has moved from one view to another. Before the first move, the
   * heading of a view does not take the focus.
   */
  hasMoved(): boolean;
  isVisible(): boolean;
  /**
   * Returns false for a viewer, who sees no button that changes anything. If an agent becomes a
   * viewer, the buttons stay until the next view, so that the agent sees the Worker's refusal at
   * the button.
   */
  mayAct(): boolean;
  emit(type: DoorknockEventType, detail?: Partial<DoorknockEventDetail>): void;
  noteFailure(failure: RequestFailure): void;
  /**
   * Called when a part of the tab can't be loaded. After a deploy, the part may be gone: the newest
   * build then takes over the tab. Otherwise the host is told. Returns true after a takeover.
   */
  noteMissingPart(): Promise<boolean>;
  reconnect(): void;
}

/**
 * The events that report a finished action. The host gets these events even after the session has
 * closed.
 */
const newsEvents = new Set<DoorknockEventType>([
  "campaign-launched",
  "campaign-recalled",
  "campaign-paused",
  "campaign-resumed",
  "campaign-stopped",
  "task-done",
  "task-skipped",
  "task-closed",
  "outcome",
]);

/**
 * Returns the function that sends an event to the host. After the session has closed, only
 * `newsEvents` are sent, from `document` instead of the element.
 */
function createEmitter(
  element: DoorknockElement,
  config: InitOptions,
  propertyId: string,
  { isOpen, ended }: { isOpen: () => boolean; ended: AbortSignal },
): Session["emit"] {
  return (type, extra = {}) => {
    if (ended.aborted || (!isOpen() && !newsEvents.has(type))) return;
    const detail = { propertyId, ...extra };
    const target = isOpen() ? element : document;
    target.dispatchEvent(new CustomEvent(`dk:${type}`, { bubbles: true, composed: true, detail }));
    config.onEvent?.(type, detail);
  };
}

type SessionPlace = {
  element: DoorknockElement;
  config: InitOptions;
  identity: Identity;
  propertyId: string;
  locale: string;
  /** Lets the newest build take over the page's tabs. Returns false if there is no newer build. */
  renew: () => Promise<boolean>;
};

/** The failure of a part of the tab that can't be loaded. */
export const missingPart = new RequestFailure("partMissing", "Part of this tab couldn’t be loaded.");

export function openSession({ element, config, identity, propertyId, locale, renew }: SessionPlace) {
  const memory = identity.states.take(propertyId);
  const tokens = identity.getTokenSource(propertyId);
  let isOpen = true;
  const emit = createEmitter(element, config, propertyId, { isOpen: () => isOpen, ended: identity.ended });
  let hasMoved = false;
  let couldActHere = false;
  const session: Session = {
    ...memory,
    propertyId,
    tokens,
    emit,
    api: createApiClient({
      api: identity.api,
      tokens,
      ended: identity.ended,
      isOpen: () => isOpen,
      onAnswer: () => {
        failed.hasAnswered = true;
        if (session.ended.peek() !== null) resume();
      },
    }),
    format: createFormats(locale, tokens.now),
    property: signal({}),
    contacts: signal([]),
    ended: signal(null),
    status: signal(""),
    alert: signal(""),
    epoch: signal(0),
    go: (view) => {
      hasMoved = true;
      couldActHere = false;
      memory.view.value = view;
    },
    hasMoved: () => hasMoved,
    mayAct: () => {
      const role = tokens.role();
      couldActHere ||= role !== null && role !== "viewer";
      return role === null || couldActHere;
    },
    isVisible: () => document.visibilityState === "visible" && (element.checkVisibility?.() ?? true),
    noteFailure: (failure) => {
      const { message, tokenFault } = failure;
      const code = tokenFault ?? failure.code;
      if (failure.code === "sessionEnded") {
        if (session.ended.peek() !== null) return;
        session.ended.value = code as SessionEnd;
        emit("auth-required");
      }
      emit("error", { code, message });
      import("../host/diagnosis.ts").then(
        ({ diagnose }) => diagnose(code, failed),
        // Without a connection, the failure itself says enough.
        () => undefined,
      );
    },
    noteMissingPart: async () => {
      const isRenewed = await renew().catch(() => false);
      if (!isRenewed) session.noteFailure(missingPart);
      return isRenewed;
    },
    reconnect: () => {
      tokens.clear();
      resume();
    },
  };
  const failed = {
    hasAnswered: false,
    propertyId: propertyId || null,
    api: identity.api,
    loader: identity.loader,
    getToken: tokens.get,
    onBlocked: (code: "blockedByPolicy" | "originNotAllowed") => {
      if (session.ended.peek() !== null) return;
      session.ended.value = code;
      emit("error", { code });
    },
  };
  const resume = () => {
    session.ended.value = null;
    session.epoch.value++;
  };
  const close = () => {
    isOpen = false;
    identity.states.remember(propertyId, session);
  };
  return { session, close };
}

/**
 * The values of `property` or `contacts` that contain a record of another property. The plugin has
 * already reported each of these values to the host.
 */
const reported = new WeakSet<object>();

/**
 * Reports a fault of the value `given` to the host, unless a fault of the value was reported
 * before.
 */
function noteOnce(session: Session, given: object | null, code: RequestFailureCode, message: string): void {
  if (given === null || reported.has(given)) return;
  reported.add(given);
  session.noteFailure(new RequestFailure(code, message));
}

/**
 * Returns the records, except the records that contain the id of another property. If there are
 * such records, reports the value `given` to the host once.
 * @param given the value that the host set on the element, before `mapProperty` and `mapContacts`
 */
function keepOwnRecords(session: Session, given: object, records: readonly HostRecord[]): HostRecord[] {
  const { propertyId } = session;
  const own = records.filter((record) => !isOfAnotherProperty(record, propertyId));
  const count = records.length - own.length;
  if (count > 0)
    noteOnce(
      session,
      given,
      "otherProperty",
      `${count} records carry another propertyId than ${propertyId}.`,
    );
  return own;
}

/**
 * Copies the host's records from the element into the session. Runs again after each change by the
 * host. Leaves out records that the host set for another property.
 */
export function copyHostRecords(session: Session, element: DoorknockElement, config: InitOptions): void {
  const { propertyId } = session;
  const { recordOwners, property, contacts } = element;
  const { mapProperty = (record) => record, mapContacts = (records) => records } = config;
  const [ownProperty = null] =
    property && recordOwners.property === propertyId
      ? keepOwnRecords(session, property, [mapProperty(property)])
      : [];
  const ownContacts =
    contacts && recordOwners.contacts === propertyId
      ? keepOwnRecords(session, contacts, mapContacts(contacts))
      : [];
  const fields = toApiProperty(ownProperty, propertyId);
  session.property.value = fields;
  if (ownProperty && lacksAddress(fields))
    noteOnce(session, property, "noAddress", "The property has no street address.");
  if (property && ownProperty) {
    session.given.value = addReceiptTime(session.given.peek(), property, fields, Date.now());
  }
  const people = toContacts(ownContacts);
  session.contacts.value = people;
  if (lackNames(people)) noteOnce(session, contacts, "noName", "No contact has a name.");
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("A view was rendered outside its session");
  return session;
}
