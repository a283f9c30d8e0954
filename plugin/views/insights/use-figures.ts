import { useRef } from "preact/hooks";
import type { OfficeAnalytics } from "../../../shared/office-analytics.ts";
import { askForFigures, type FiguresQuestion } from "../../data/insights-api.ts";
import { waitForSettledChoice } from "../../data/settled.ts";
import { type ResourceView, useResource } from "../../data/use-resource.ts";
import { findPeriodBefore } from "./period.ts";

/** The figures of a period, and those of the period before it. */
export type ComparedFigures = { now: OfficeAnalytics; before: OfficeAnalytics };

/** How long the agent must stop choosing before the Worker is asked. */
const choosingMs = 150;

export type FiguresView = Omit<ResourceView<ComparedFigures>, "set"> & {
  /** True while the figures shown are those of an earlier question. */
  isStale: boolean;
};

/**
 * Loads the figures that a question asks for, and the totals of the period before. Until the answer
 * comes, the answer to the question before stays on the screen.
 */
export function useFigures(question: FiguresQuestion): FiguresView {
  const shown = useRef<ComparedFigures | undefined>(undefined);
  const { data, failure, reload } = useResource<ComparedFigures>(
    `insights ${JSON.stringify(question)}`,
    ({ api }) => ({
      fetch: async (signal) => {
        await waitForSettledChoice(signal, choosingMs);
        // The totals of the period before are the same in every grouping, and weekdays are few.
        const earlier = { ...question, ...findPeriodBefore(question), by: "weekday" } as const;
        const [now, before] = await Promise.all([
          askForFigures(api, question, signal),
          askForFigures(api, earlier, signal),
        ]);
        return { now, before };
      },
    }),
  );
  if (data !== undefined) shown.current = data;
  const kept = failure === undefined ? shown.current : undefined;
  return { data: data ?? kept, failure, reload, isStale: data === undefined && kept !== undefined };
}
