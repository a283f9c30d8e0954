import { chooseLabelIndexes, listChartLineValues } from "./ticks.ts";

/**
 * The height of the part of the chart that contains the columns, in pixels. `height` is the height
 * of the whole chart.
 */
const areaHeight = 144;
const height = 176;
/**
 * The space above the columns, in pixels. The upper half of the topmost line's label fits into this
 * space.
 */
const top = 8;
/** The width of a column as a share of the space for one column, 0 to 1. The rest is a gap. */
const fill = 0.7;

/**
 * `value` is null if the value is unknown; the column then has no height. `text` is the value in
 * words.
 */
export type ChartColumn = { key: string; label: string; value: number | null; text: string };

type Props = { title: string; columns: readonly ChartColumn[]; number: (value: number) => string };

const toPercent = (share: number) => `${share * 100}%`;

/**
 * Shows a chart of columns. For a screen reader, the chart is one picture, so a table beside the
 * chart must have the numbers. All horizontal positions are percentages, so the chart fits any
 * width.
 */
export function ColumnChart({ title, columns, number }: Props) {
  const ticks = listChartLineValues(Math.max(0, ...columns.map(({ value }) => value ?? 0)));
  const last = ticks.at(-1) ?? 1;
  return (
    <div class="chart">
      <div class="chart-ticks" aria-hidden="true">
        {ticks.toReversed().map((tick) => (
          <span key={tick}>{number(tick)}</span>
        ))}
      </div>
      <svg class="chart-area" role="img" aria-label={title} width="100%" height={height}>
        <svg x="0" y={top} width="100%" height={areaHeight} overflow="visible" aria-hidden="true">
          {ticks.map((tick) => (
            <line
              class={tick === 0 ? "chart-base" : "chart-line"}
              x1="0"
              x2="100%"
              y1={toPercent(1 - tick / last)}
              y2={toPercent(1 - tick / last)}
              key={tick}
            />
          ))}
          {columns.map((column, index) => (
            <DrawnColumn column={column} place={index} count={columns.length} last={last} key={column.key} />
          ))}
        </svg>
        <ColumnLabels columns={columns} />
      </svg>
    </div>
  );
}

/**
 * Returns how many labels of this length fit beside each other if the tab is as narrow as possible.
 */
const countFittingLabels = (characters: number) => (characters <= 4 ? 7 : characters <= 6 ? 5 : 3);

type DrawnProps = { column: ChartColumn; place: number; count: number; last: number };

/**
 * Draws a column, and an invisible area over the column that shows the value when the mouse is
 * there.
 */
function DrawnColumn({ column: { label, value, text }, place, count, last }: DrawnProps) {
  const share = (value ?? 0) / last;
  return (
    <g class="chart-column">
      <title>{`${label}: ${text}`}</title>
      <rect
        class="chart-place"
        x={toPercent(place / count)}
        y="0"
        width={toPercent(1 / count)}
        height="100%"
      />
      <rect
        class="chart-value"
        x={toPercent((place + (1 - fill) / 2) / count)}
        y={toPercent(1 - share)}
        width={toPercent(fill / count)}
        height={toPercent(share)}
      />
    </g>
  );
}

/** Draws the labels below the columns. The first and the last label stay within the chart. */
function ColumnLabels({ columns }: { columns: readonly ChartColumn[] }) {
  const count = columns.length;
  const most = countFittingLabels(Math.max(0, ...columns.map(({ label }) => label.length)));
  return (
    <>
      {chooseLabelIndexes(count, most).map((index) => {
        const isFirst = index === 0 && count > most;
        return (
          <text
            class="chart-label"
            x={isFirst ? "0" : toPercent((index + 0.5) / count)}
            y={height - 6}
            text-anchor={isFirst ? "start" : "middle"}
            key={index}
          >
            {columns[index]?.label}
          </text>
        );
      })}
    </>
  );
}
