import { type Signal, signal } from "@preact/signals";
import type { DatedHostRecord } from "./given-record.ts";
import type { LaunchDraft } from "./launch-draft.ts";
import { createLaunchIdempotencyKeys, type LaunchIdempotencyKeys } from "./launch-idempotency-keys.ts";

/**
 * The filters of the campaigns on the agent's home page. `agent`, `sequence` and `property` are
 * ids; a missing filter lists every campaign.
 */
export type CampaignListFilter = Readonly<Partial<Record<(typeof campaignListFilters)[number], string>>>;
export const campaignListFilters = ["status", "agent", "sequence", "property"] as const;

export type ShownView =
  | { name: "campaigns"; filter?: CampaignListFilter }
  /** The office's figures. Only the agent's home page has this view. */
  | { name: "insights" }
  | { name: "launch" }
  /** The launch to the owners of many properties. Only the agent's home page has this view. */
  | { name: "owners" }
  /**
   * `title` is the campaign's or recipient's name from the previous view. The heading shows `title`
   * until the data is loaded.
   */
  | { name: "campaign"; id: number; title: string }
  /** The editor for the steps of the launched campaign with this id. */
  | { name: "steps"; id: number; title: string }
  /** The list of all people of the campaign with this id. */
  | { name: "people"; id: number; title: string }
  | { name: "sequences" }
  | { name: "sequence"; id: string }
  | { name: "recipient"; id: number; title: string; campaignId: number; campaignName: string }
  /**
   * `field` is the path of the setting that gets the focus, such as `senders.12.licenseNumber`.
   * `returnTo` is the view that asked for the setting.
   */
  | { name: "settings"; field: string | null; returnTo: ShownView };

/**
 * The state of one property, which is also kept while no element shows the property. Hosts unmount
 * a tab when they show another tab, and agents expect to return to the same view.
 */
export type RememberedState = {
  view: Signal<ShownView>;
  draft: Signal<LaunchDraft | null>;
  /**
   * The idempotency keys of launches. The keys are kept after the launch view has closed: if a
   * launch got no answer, the next try must count as the same launch.
   */
  launchKeys: LaunchIdempotencyKeys;
  cache: Map<string, unknown>;
  /** What the host was told of. All the properties of one agent share this memory. */
  told: ToldNews;
  /** The host's record of the property; null before the host has set a record. */
  given: Signal<DatedHostRecord | null>;
  /** The last report about the property that the Worker has accepted; null before the first. */
  reported: Signal<AcceptedReport | null>;
};

/** A report that the Worker has accepted. `at` is in ms by the browser's clock. */
export type AcceptedReport = { content: string; at: number };

const maxRememberedStates = 20;

/**
 * `keys`: the events that are not sent again, such as `replied 12`. `addresses`: the address of
 * each recipient as the tab last showed it, by the recipient's id.
 */
export type ToldNews = { keys: Set<string>; addresses: Map<number, string | null> };

/** Returns the state of a property that the agent has not opened before. */
export const createRememberedState = (told: ToldNews): RememberedState => ({
  view: signal<ShownView>({ name: "campaigns" }),
  draft: signal<LaunchDraft | null>(null),
  launchKeys: createLaunchIdempotencyKeys(),
  cache: new Map(),
  told,
  given: signal<DatedHostRecord | null>(null),
  reported: signal<AcceptedReport | null>(null),
});

/** The remembered states of one agent, by property. */
export type RememberedStates = {
  /**
   * Returns the state of a property and removes the state from the collection. A second element for
   * the same property then gets a state of its own.
   */
  take(propertyId: string): RememberedState;
  remember(propertyId: string, state: RememberedState): void;
  /** All remembered states by property, for the core of a newer build. */
  readonly all: ReadonlyMap<string, RememberedState>;
};

/** @param kept the states that the core of an older build has left */
export function createRememberedStates(
  kept: ReadonlyMap<string, RememberedState> = new Map(),
): RememberedStates {
  const states = new Map(kept);
  const [first] = kept.values();
  const told = first?.told ?? { keys: new Set(), addresses: new Map() };
  return {
    all: states,
    take: (propertyId) => {
      const state = states.get(propertyId) ?? createRememberedState(told);
      states.delete(propertyId);
      return state;
    },
    remember: (propertyId, { view, draft, launchKeys, cache, given, reported }) => {
      states.set(propertyId, { view, draft, launchKeys, cache, told, given, reported });
      const oldest = states.keys().next();
      if (states.size > maxRememberedStates && !oldest.done) states.delete(oldest.value);
    },
  };
}
