import { type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type ApiClient, createApiClient, type RequestFailure } from "../data/api.ts";
import type {
  DoorknockElement,
  DoorknockEventDetail,
  DoorknockEventType,
  InitOptions,
  LoaderSettings,
} from "../host/host.ts";
import { type Contact, type JsonRecord, toApiProperty, toContacts } from "../host/mapping.ts";
import { createFormats, type Formats } from "../words/format.ts";
import type { LaunchDraft } from "./launch-draft.ts";
import { createLaunchIdempotencyKeys, type LaunchIdempotencyKeys } from "./launch-idempotency-keys.ts";
import { createTokenSource, type TokenSource } from "./token.ts";

export type ShownView =
  | { name: "campaigns" }
  | { name: "launch" }
  /**
   * `title` is the campaign's or recipient's name, passed on by the view before. `title` is the
   * heading until the data has loaded.
   */
  | { name: "campaign"; id: number; title: string }
  | { name: "recipient"; id: number; title: string; campaignId: number; campaignName: string };

/**
 * The state of one property that is kept while no element shows the property. Hosts unmount a tab
 * whenever another tab is shown, and agents expect to return to the same view.
 */
type RememberedState = {
  view: Signal<ShownView>;
  draft: Signal<LaunchDraft | null>;
  /**
   * These keys also outlive the closed launch dialog: if a launch got no answer, the next attempt
   * must count as the same launch.
   */
  launchKeys: LaunchIdempotencyKeys;
  cache: Map<string, unknown>;
  /** The ids of the tasks for which the host got the event `task-opened`. */
  seenTasks: Set<string>;
};

/** The state and functions that all views of one element share. */
export interface Session extends RememberedState {
  propertyId: string;
  api: ApiClient;
  tokens: TokenSource;
  format: Formats;
  property: Signal<JsonRecord>;
  contacts: Signal<Contact[]>;
  isEnded: Signal<boolean>;
  /** Texts for screen readers: `status` is read out politely, and `alert` at once. */
  status: Signal<string>;
  alert: Signal<string>;
  /** A number that goes up when everything on the screen has to be loaded again. */
  epoch: Signal<number>;
  go(view: ShownView): void;
  /**
   * Returns true once the agent has moved from one view to another. Before that, focus does not
   * move to the heading.
   */
  hasMoved(): boolean;
  isVisible(): boolean;
  emit(type: DoorknockEventType, detail?: Omit<DoorknockEventDetail, "propertyId">): void;
  noteFailure(failure: RequestFailure): void;
  reconnect(): void;
}

const rememberedStates = new Map<string, RememberedState>();
const tokensByProperty = new Map<string, TokenSource>();
const maxRememberedStates = 20;

const createRememberedState = (): RememberedState => ({
  view: signal<ShownView>({ name: "campaigns" }),
  draft: signal<LaunchDraft | null>(null),
  launchKeys: createLaunchIdempotencyKeys(),
  cache: new Map(),
  seenTasks: new Set(),
});

/**
 * Returns the state of a property and removes the state from the map. A second element for the same
 * property then gets a state of its own.
 */
function takeRememberedState(key: string): RememberedState {
  const memory = rememberedStates.get(key) ?? createRememberedState();
  rememberedStates.delete(key);
  return memory;
}

function rememberState(key: string, { view, draft, launchKeys, cache, seenTasks }: RememberedState): void {
  rememberedStates.set(key, { view, draft, launchKeys, cache, seenTasks });
  const oldest = rememberedStates.keys().next();
  if (rememberedStates.size > maxRememberedStates && !oldest.done) rememberedStates.delete(oldest.value);
}

export function clearRememberedState(): void {
  rememberedStates.clear();
  for (const tokens of tokensByProperty.values()) tokens.clear();
  tokensByProperty.clear();
}

function getTokenSource(key: string, config: InitOptions, propertyId: string): TokenSource {
  const known = tokensByProperty.get(key);
  if (known) return known;
  const tokens = createTokenSource(() => {
    if (!config.getToken) throw new TypeError("Doorknock.init was not given getToken");
    return config.getToken({ propertyId });
  });
  tokensByProperty.set(key, tokens);
  return tokens;
}

function createEmitter(element: DoorknockElement, config: InitOptions, propertyId: string): Session["emit"] {
  return (type, extra = {}) => {
    const detail = { propertyId, ...extra };
    element.dispatchEvent(new CustomEvent(`dk:${type}`, { bubbles: true, composed: true, detail }));
    config.onEvent?.(type, detail);
  };
}

export function openSession(element: DoorknockElement, { config, base }: LoaderSettings, propertyId: string) {
  const apiOrigin = config.api ?? base;
  const key = `${apiOrigin} ${propertyId}`;
  const memory = takeRememberedState(key);
  const tokens = getTokenSource(key, config, propertyId);
  const emit = createEmitter(element, config, propertyId);
  let hasMoved = false;
  const session: Session = {
    ...memory,
    propertyId,
    tokens,
    emit,
    api: createApiClient({ api: apiOrigin, tokens }),
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
  return { session, close: () => rememberState(key, session) };
}

/**
 * Copies the host's records from the element into the session. Called again whenever the host sets
 * a record.
 */
export function copyHostRecords(session: Session, element: DoorknockElement, config: InitOptions): void {
  const { property, contacts } = element;
  session.property.value = toApiProperty(
    property && config.mapProperty ? config.mapProperty(property) : property,
    session.propertyId,
  );
  session.contacts.value = toContacts(
    contacts && config.mapContacts ? config.mapContacts(contacts) : contacts,
  );
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("A view was rendered outside its session");
  return session;
}
