import { useState } from "preact/hooks";
import type { AnalyticsGrouping, OfficeAnalytics } from "../../../shared/office-analytics.ts";
import { useSession } from "../../session/state.ts";
import { SaveFileButton } from "../../ui/save-file-button.tsx";
import { say } from "../../words/say.ts";
import { SelectField } from "./choice.tsx";
import { ColumnChart } from "./column-chart.tsx";
import { formatCsv } from "./csv.ts";
import { listCsvRows } from "./csv-rows.ts";
import { GroupTable } from "./group-table.tsx";
import { type Measure, measures, readMeasure } from "./measures.ts";
import { type FigureRow, listFigureRows, type RowGrouping } from "./rows.ts";
import { formatRowName, groupingTexts, measureTexts, unknownMark } from "./texts.ts";

/**
 * The groupings by time. These groups are shown in a chart, because their order and their gaps
 * matter.
 */
const timeGroupings: readonly RowGrouping[] = ["day", "week", "weekday", "hour"];
/**
 * The groupings that an agent can choose. Weeks are not a choice: they replace the days of a long
 * period.
 */
const groupingChoices = Object.keys(groupingTexts).filter((name) => name !== "week") as AnalyticsGrouping[];

type Props = {
  answer: OfficeAnalytics;
  by: AnalyticsGrouping;
  onGroup: (by: AnalyticsGrouping) => void;
};

/**
 * Shows the figures by group in a table, and a button that saves a CSV file. Groups by time also
 * get a chart, and other groups get bars in the table.
 */
export function FigureGroups({ answer, by, onGroup }: Props) {
  const [measure, setMeasure] = useState<Measure>("replied");
  const { grouping, rows } = listFigureRows(answer.by, answer.groups, answer.total);
  const title = say("{measure} by {grouping}", {
    measure: measureTexts[measure],
    grouping: groupingTexts[grouping].toLocaleLowerCase(),
  });
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">{title}</h3>
        <CsvButton answer={answer} grouping={grouping} rows={rows} />
      </div>
      <div class="insights-choices">
        <SelectField
          label={say("Group by")}
          value={by}
          options={groupingChoices.map((one) => [one, groupingTexts[one]])}
          onChoose={(one) => onGroup(one as AnalyticsGrouping)}
        />
        <SelectField
          label={say("Show")}
          value={measure}
          options={measures.map((one) => [one, measureTexts[one]])}
          onChoose={(one) => setMeasure(one as Measure)}
        />
      </div>
      {timeGroupings.includes(grouping) ? (
        <TimeChart title={title} grouping={grouping} rows={rows} measure={measure} />
      ) : (
        <GroupTable title={title} grouping={grouping} rows={rows} bar={measure} />
      )}
    </section>
  );
}

type ChartProps = { title: string; grouping: RowGrouping; rows: readonly FigureRow[]; measure: Measure };

function TimeChart({ title, grouping, rows, measure }: ChartProps) {
  const { format } = useSession();
  const columns = rows.map((row) => {
    const value = readMeasure(measure, row);
    const text = value === null ? unknownMark : format.number(Math.round(value * 10) / 10);
    return { key: row.key, label: formatRowName(row, grouping, format), value, text };
  });
  return (
    <>
      <ColumnChart title={title} columns={columns} number={format.number} />
      <details class="more-choices">
        <summary>{say("Show as a table")}</summary>
        <GroupTable title={title} grouping={grouping} rows={rows} bar={null} />
      </details>
    </>
  );
}

type CsvProps = { answer: OfficeAnalytics; grouping: RowGrouping; rows: readonly FigureRow[] };

/** Shows the button that saves the figures on the screen as a CSV file, which the browser makes. */
function CsvButton({ answer: { from, to }, grouping, rows }: CsvProps) {
  const { format } = useSession();
  const load = async () => {
    const named = rows.map((row) => ({ ...row, name: formatRowName(row, grouping, format) }));
    return new Blob([formatCsv(listCsvRows(groupingTexts[grouping], named))], { type: "text/csv" });
  };
  return (
    <SaveFileButton
      label={say("Download CSV")}
      filename={`insights-${grouping}-${from}-${to}.csv`}
      done={say("Exported.")}
      load={load}
    />
  );
}
