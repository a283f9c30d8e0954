import { say } from "../words/say.ts";
import { campaignListFilters, type ShownView } from "./remembered-state.ts";

/*
 * A view as a short path, such as `campaign/12/recipient/34`. A host keeps the path in its URL, so
 * that a link or a reload opens the same view. The path of the first view is empty.
 */

/** Returns the path of a view. */
export function formatViewPath(view: ShownView): string {
  switch (view.name) {
    case "campaigns": {
      const query = new URLSearchParams(view.filter).toString();
      return query && `campaigns?${query}`;
    }
    case "insights":
    case "launch":
    case "owners":
    case "sequences":
      return view.name;
    case "settings":
      return view.field === null ? "settings" : `settings/${encodeURIComponent(view.field)}`;
    case "campaign":
      return `campaign/${view.id}`;
    case "steps":
    case "people":
      return `campaign/${view.id}/${view.name}`;
    case "recipient":
      return `campaign/${view.campaignId}/recipient/${view.id}`;
    case "sequence":
      return `sequence/${encodeURIComponent(view.id)}`;
  }
}

const idPattern = /^[1-9]\d{0,14}$/;

/** The views whose path is their name. */
const plainViews: readonly ShownView[] = [
  { name: "insights" },
  { name: "launch" },
  { name: "owners" },
  { name: "sequences" },
];

/** Returns the view at a path; null if no view has this path. */
export function parseViewPath(path: string): ShownView | null {
  const [, query] = /^campaigns\?(.+)$/.exec(path) ?? [];
  if (query !== undefined) return readFilters(new URLSearchParams(query));
  const [root = "", first, second, third, ...more] = path.split("/").map(decodeSafely);
  if (more.length > 0) return null;
  if (root === "settings" && second === undefined)
    return { name: "settings", field: first ?? null, returnTo: { name: "campaigns" } };
  if (root === "sequence" && first && second === undefined) return { name: "sequence", id: first };
  if (root === "campaign" && first && idPattern.test(first))
    return readCampaignPath(Number(first), second, third);
  if (first !== undefined) return null;
  if (root === "") return { name: "campaigns" };
  return plainViews.find(({ name }) => name === root) ?? null;
}

/** Returns the home with the filters of a path; null if the path has another parameter. */
function readFilters(query: URLSearchParams): ShownView | null {
  const known = [...query.keys()].every((key) => campaignListFilters.some((filter) => filter === key));
  return known ? { name: "campaigns", filter: Object.fromEntries(query) } : null;
}

function readCampaignPath(
  id: number,
  part: string | undefined,
  person: string | undefined,
): ShownView | null {
  // The headings show this word until the view has loaded the names.
  const title = say("Campaign");
  if (part === "recipient" && person !== undefined)
    return idPattern.test(person)
      ? { name: "recipient", id: Number(person), title: say("Person"), campaignId: id, campaignName: title }
      : null;
  if (person !== undefined) return null;
  if (part === undefined) return { name: "campaign", id, title };
  return part === "steps" || part === "people" ? { name: part, id, title } : null;
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
