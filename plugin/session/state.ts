import { type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Api, createApi, type Failure } from "../data/api.ts";
import type {
  Config,
  DoorknockElement,
  DoorknockEventDetail,
  DoorknockEventType,
  LoaderSettings,
} from "../host/host.ts";
import { type Contact, type JsonRecord, mapContacts, mapProperty } from "../host/mapping.ts";
import { createFormats, type Formats } from "../words/format.ts";
import { createLaunchKeys, type LaunchKeys } from "./intent.ts";
import type { LaunchDraft } from "./launch-draft.ts";
import { createTokenSource, type TokenSource } from "./token.ts";

export type View =
  | { name: "campaigns" }
  | { name: "launch" }
  /** `title` is the heading from the view before. It is shown until the data has loaded. */
  | { name: "campaign"; id: number; title: string }
  | { name: "recipient"; id: number; title: string; campaignId: number; campaignName: string };

/**
 * The state that outlives the element. Hosts unmount a tab whenever another tab is shown, and
 * agents expect to return to the same view.
 */
type Memory = {
  view: Signal<View>;
  draft: Signal<LaunchDraft | null>;
  /**
   * Outlives a closed dialog as well: after a launch without an answer, the next attempt must be
   * the same launch.
   */
  intents: LaunchKeys;
  cache: Map<string, unknown>;
  /** The tasks that the host has been told about. */
  seenTasks: Set<string>;
};

/** The state and functions that all views of one element share. */
export interface Session extends Memory {
  propertyId: string;
  api: Api;
  tokens: TokenSource;
  format: Formats;
  property: Signal<JsonRecord>;
  contacts: Signal<Contact[]>;
  isEnded: Signal<boolean>;
  /** Texts for screen readers: `status` is read out politely, and `alert` at once. */
  status: Signal<string>;
  alert: Signal<string>;
  /** Goes up when everything on the screen has to be loaded again. */
  epoch: Signal<number>;
  go(view: View): void;
  /**
   * Whether the agent has moved from one view to another. Only then does focus move to the new
   * heading.
   */
  hasMoved(): boolean;
  isVisible(): boolean;
  emit(type: DoorknockEventType, detail?: Omit<DoorknockEventDetail, "propertyId">): void;
  noteFailure(failure: Failure): void;
  reconnect(): void;
}

const memories = new Map<string, Memory>();
const tokensByProperty = new Map<string, TokenSource>();
const rememberedProperties = 20;

const createMemory = (): Memory => ({
  view: signal<View>({ name: "campaigns" }),
  draft: signal<LaunchDraft | null>(null),
  intents: createLaunchKeys(),
  cache: new Map(),
  seenTasks: new Set(),
});

/**
 * Removes the memory from the map while it is in use, so that two elements for one property don't
 * steer each other.
 */
function takeMemory(key: string): Memory {
  const memory = memories.get(key) ?? createMemory();
  memories.delete(key);
  return memory;
}

function keepMemory(key: string, { view, draft, intents, cache, seenTasks }: Memory): void {
  memories.set(key, { view, draft, intents, cache, seenTasks });
  const oldest = memories.keys().next();
  if (memories.size > rememberedProperties && !oldest.done) memories.delete(oldest.value);
}

export function clearMemories(): void {
  memories.clear();
  for (const tokens of tokensByProperty.values()) tokens.clear();
  tokensByProperty.clear();
}

function getTokenSource(key: string, config: Config, propertyId: string): TokenSource {
  const known = tokensByProperty.get(key);
  if (known) return known;
  const tokens = createTokenSource(() => {
    if (!config.getToken) throw new TypeError("Doorknock.init was not given getToken");
    return config.getToken({ propertyId });
  });
  tokensByProperty.set(key, tokens);
  return tokens;
}

function createEmitter(element: DoorknockElement, config: Config, propertyId: string): Session["emit"] {
  return (type, extra = {}) => {
    const detail = { propertyId, ...extra };
    element.dispatchEvent(new CustomEvent(`dk:${type}`, { bubbles: true, composed: true, detail }));
    config.onEvent?.(type, detail);
  };
}

export function openSession(element: DoorknockElement, { config, base }: LoaderSettings, propertyId: string) {
  const apiOrigin = config.api ?? base;
  const key = `${apiOrigin} ${propertyId}`;
  const memory = takeMemory(key);
  const tokens = getTokenSource(key, config, propertyId);
  const emit = createEmitter(element, config, propertyId);
  let hasMoved = false;
  const session: Session = {
    ...memory,
    propertyId,
    tokens,
    emit,
    api: createApi({ api: apiOrigin, tokens }),
    format: createFormats(element.getAttribute("locale") ?? config.locale ?? navigator.language, tokens.now),
    property: signal({}),
    contacts: signal([]),
    isEnded: signal(false),
    status: signal(""),
    alert: signal(""),
    epoch: signal(0),
    go: (view) => {
      hasMoved = true;
      memory.view.value = view;
    },
    hasMoved: () => hasMoved,
    isVisible: () => document.visibilityState === "visible" && (element.checkVisibility?.() ?? true),
    noteFailure: (failure) => {
      if (failure.code === "sessionEnded" && !session.isEnded.peek()) {
        session.isEnded.value = true;
        emit("auth-required");
      } else if (failure.code !== "sessionEnded") {
        emit("error", { code: failure.code, message: failure.message });
      }
    },
    reconnect: () => {
      tokens.clear();
      session.isEnded.value = false;
      session.epoch.value++;
    },
  };
  return { session, close: () => keepMemory(key, session) };
}

/** Reads the host's records from the element. Called again whenever the host sets them. */
export function readHostRecords(session: Session, element: DoorknockElement, config: Config): void {
  const { property, contacts } = element;
  session.property.value = mapProperty(
    property && config.mapProperty ? config.mapProperty(property) : property,
    session.propertyId,
  );
  session.contacts.value = mapContacts(
    contacts && config.mapContacts ? config.mapContacts(contacts) : contacts,
  );
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("A view was rendered outside its session");
  return session;
}
