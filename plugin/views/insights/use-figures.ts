import { useRef } from "preact/hooks";
import type { OfficeAnalytics } from "../../../shared/office-analytics.ts";
import { type FiguresQuestion, requestFigures } from "../../data/insights-api.ts";
import { waitForSettledChoice } from "../../data/settled.ts";
import { type ResourceHandle, useResource } from "../../data/use-resource.ts";
import { findPeriodBefore } from "./period.ts";

/** The figures of a period, and the figures of the previous period. */
export type ComparedFigures = { now: OfficeAnalytics; before: OfficeAnalytics };

/**
 * The time in ms for which the agent's choices must stay unchanged before the view asks the Worker.
 */
const choosingMs = 150;

export type FiguresHandle = Omit<ResourceHandle<ComparedFigures>, "set"> & {
  /** True while the screen still shows the figures for earlier choices. */
  isStale: boolean;
};

/**
 * Loads the figures for a question, and the totals of the previous period. Until the answer
 * arrives, returns the answer to the previous question.
 */
export function useFigures(question: FiguresQuestion): FiguresHandle {
  const shown = useRef<ComparedFigures | undefined>(undefined);
  const { data, failure, reload } = useResource<ComparedFigures>(
    `insights ${JSON.stringify(question)}`,
    ({ api }) => ({
      fetch: async (signal) => {
        await waitForSettledChoice(signal, choosingMs);
        // Of the previous period, only the totals are needed. The totals are the same in every
        // grouping, and the grouping by weekday has few groups.
        const earlier = { ...question, ...findPeriodBefore(question), by: "weekday" } as const;
        const [now, before] = await Promise.all([
          requestFigures(api, question, signal),
          requestFigures(api, earlier, signal),
        ]);
        return { now, before };
      },
    }),
  );
  if (data !== undefined) shown.current = data;
  const kept = failure === undefined ? shown.current : undefined;
  return { data: data ?? kept, failure, reload, isStale: data === undefined && kept !== undefined };
}
