import type { AnalyticsGrouping, OfficeAnalytics } from "../../shared/office-analytics.ts";
import type { ApiClient } from "./api.ts";

/** The days, grouping and filters of a question about the office's figures. Null: no filter. */
export type FiguresQuestion = {
  from: string;
  to: string;
  by: AnalyticsGrouping;
  agentId: string | null;
  sequenceId: string | null;
};

/** Asks for the figures of all campaigns on some days. */
export const askForFigures = (
  { request }: Pick<ApiClient, "request">,
  question: FiguresQuestion,
  signal: AbortSignal,
) => request<OfficeAnalytics>("/analytics", { query: question, signal });
