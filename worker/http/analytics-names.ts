import type { AnalyticsGrouping } from "../../shared/office-analytics.ts";
import { allPresets } from "../../shared/presets/presets.ts";
import { loadAgentNames } from "../db/agents.ts";
import { loadSenderNames, loadSequenceNames } from "../db/figure-names.ts";
import type { Scope } from "../db/scope.ts";

/**
 * Returns the display name of each group whose key is in `keys`, by key. A group whose key is
 * readable by itself, such as a day, has no name.
 */
export async function loadGroupNames(
  scope: Scope,
  by: AnalyticsGrouping,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  switch (by) {
    case "agent":
      return await loadAgentNames(scope, keys);
    case "sender":
      return await loadSenderNames(scope, keys);
    case "sequence":
      return new Map([
        ...allPresets.map(({ id, name }) => [id, name] as const),
        ...(await loadSequenceNames(scope, keys)),
      ]);
    case "day":
    case "weekday":
    case "hour":
    case "step":
    case "variant":
    case "source":
      return new Map();
  }
}
