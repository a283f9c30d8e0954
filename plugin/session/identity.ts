import type { LoaderSettings } from "../host/host.ts";
import { findApi } from "../host/place.ts";
import { createRememberedStates, type RememberedState, type RememberedStates } from "./remembered-state.ts";
import { createTokenSource, type TokenSource } from "./token.ts";

/**
 * One signed-in agent, and all data in memory for the agent: tokens, drafts, caches. All parts of
 * an identity end together, so that the next agent never sees data of the previous agent.
 */
export type Identity = {
  api: string;
  /** The address of the loader. */
  loader: string;
  states: RememberedStates;
  /** Aborts the agent's requests when the identity ends. */
  ended: AbortSignal;
  getTokenSource(propertyId: string): TokenSource;
};

type Current = { identity: Identity; getToken: LoaderSettings["config"]["getToken"]; end: () => void };
let current: Current | null = null;
let kept: KeptStates | null = null;

/** The states that the core of an older build has left, and the `getToken` of their agent. */
type KeptStates = Pick<Current, "getToken"> & { states: ReadonlyMap<string, RememberedState> };

/** Keeps the states of an agent for the first identity that this core creates. */
export const keepStates = (states: KeptStates): void => {
  kept = states;
};

function createIdentity(shared: LoaderSettings): Current | null {
  const { getToken } = shared.config;
  if (!getToken) return null;
  const abort = new AbortController();
  const sources = new Map<string, TokenSource>();
  const identity: Identity = {
    api: findApi(shared),
    loader: shared.src,
    states: createRememberedStates(kept?.getToken === getToken ? kept.states : undefined),
    ended: abort.signal,
    getTokenSource: (propertyId) => {
      const source =
        sources.get(propertyId) ??
        createTokenSource(async () => getToken({ propertyId: propertyId || null }));
      sources.set(propertyId, source);
      return source;
    },
  };
  kept = null;
  return { identity, getToken, end: () => abort.abort() };
}

/**
 * Returns the identity of the signed-in agent; null before `init` and after `logout`. A new
 * `getToken` or another API ends the previous identity, because each agent has a `getToken` of
 * their own.
 */
export function getIdentity(shared: LoaderSettings): Identity | null {
  if (current?.getToken !== shared.config.getToken || current?.identity.api !== findApi(shared)) {
    current?.end();
    current = createIdentity(shared);
  }
  return current?.identity ?? null;
}
