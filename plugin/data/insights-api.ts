import type { AnalyticsGrouping, OfficeAnalytics } from "../../shared/office-analytics.ts";
import type { ApiClient } from "./api.ts";

/**
 * The days, the grouping and the filters of a request for the office's figures. A filter of null
 * does not filter.
 */
export type FiguresQuestion = {
  from: string;
  to: string;
  by: AnalyticsGrouping;
  agentId: string | null;
  sequenceId: string | null;
};

/** Loads the figures of the office's campaigns on the days of the question. */
export const requestFigures = (
  { request }: Pick<ApiClient, "request">,
  question: FiguresQuestion,
  signal: AbortSignal,
) => request<OfficeAnalytics>("/analytics", { query: question, signal });
