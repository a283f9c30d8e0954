import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import type { RecipientSource } from "../../../shared/vocabulary.ts";
import type { JsonRecord } from "../../host/mapping.ts";
import { shortenRecordToFit } from "../../session/fit-record.ts";
import { homePagePropertyId, type Session, useSession } from "../../session/state.ts";
import type { TableColumn } from "./file/column.ts";
import { type NewPerson, type RowFault, readTablePeople } from "./file/people.ts";
import { separateRepeatedPeople } from "./file/repeated.ts";
import type { ParsedTable } from "./file/table.ts";

/**
 * The ways in which an agent can add people to a campaign. `host`: the host has given the people,
 * with `Doorknock.launch`.
 */
export type AddingWay = "hand" | "contacts" | "host" | "paste" | "file";

/**
 * A table that the agent has pasted or chosen as a file. `name` is the file's name; null for pasted
 * text.
 */
export type GivenTable = { table: ParsedTable; name: string | null; columns: TableColumn[] };

/**
 * The agent's choices and the typed text so far. The session's cache keeps the draft, because hosts
 * unmount tabs.
 */
export type AddingDraft = {
  way: AddingWay;
  /** The people whom the agent has typed, has chosen from the host's contacts, or the host gave. */
  people: readonly NewPerson[];
  given: GivenTable | null;
  source: RecipientSource | null;
  sourceDate: string;
  /** True if each person of the table is the personal representative of an estate. */
  areRepresentatives: boolean;
  statement: string;
  isChecking: boolean;
};

export const emptyAddingDraft: AddingDraft = {
  way: "hand",
  people: [],
  given: null,
  source: null,
  sourceDate: "",
  areRepresentatives: false,
  statement: "",
  isChecking: false,
};

/** Returns the key under which the session's cache keeps the draft for a campaign. */
export const getAddingDraftKey = (campaignId: number) => `adding draft ${campaignId}`;

/** Returns the draft for this campaign, and a function that changes the draft. */
export function useAddingDraft(campaignId: number) {
  const { cache } = useSession();
  const key = getAddingDraftKey(campaignId);
  const [draft, setDraft] = useState(() => (cache.get(key) as AddingDraft | undefined) ?? emptyAddingDraft);
  const change = (part: Partial<AddingDraft>) => {
    const next = { ...((cache.get(key) as AddingDraft | undefined) ?? draft), ...part };
    cache.set(key, next);
    setDraft(next);
  };
  return { draft, change };
}

/**
 * Returns the host's record of the people's common property, which the campaign's letters use.
 * Returns an empty record if the tab does not show this property.
 */
export function getCommonPropertyRecord(
  { propertyId, property }: Session,
  { way }: AddingDraft,
  campaign: Pick<Campaign, "propertyId">,
): JsonRecord {
  const isShown =
    propertyId !== homePagePropertyId && (way === "contacts" || campaign.propertyId === propertyId);
  return isShown ? shortenRecordToFit(property.value, "property", "", 1) : {};
}

/** The people of a draft, the repeated entries, and the rows from which no person can be read. */
export type DraftPeople = {
  people: NewPerson[];
  repeated: { person: NewPerson; first: number | null }[];
  faults: RowFault[];
};

/**
 * Returns the people of a draft. People from a table get the source `list` until the agent has
 * chosen a source.
 */
export function collectDraftPeople(
  { way, people, given, source, sourceDate, areRepresentatives }: AddingDraft,
  campaign: Pick<Campaign, "propertyId">,
): DraftPeople {
  if (way === "hand" || way === "contacts" || way === "host") {
    const { unique, repeated } = separateRepeatedPeople(people);
    return { people: unique, repeated, faults: [] };
  }
  if (given === null) return { people: [], repeated: [], faults: [] };
  const read = readTablePeople(given.table, given.columns, {
    source: source ?? "list",
    sourceDate: sourceDate === "" ? null : sourceDate,
    areRepresentatives: source === "probate" && areRepresentatives,
    propertyId: campaign.propertyId,
  });
  const { unique, repeated } = separateRepeatedPeople(read.people);
  return { people: unique, repeated, faults: read.faults };
}
