import { chooseLabels, listTicks } from "./ticks.ts";

/** The height of the columns' area and of the whole drawing, in pixels. */
const areaHeight = 144;
const height = 176;
/** The space above the area, for half of the topmost line's label. */
const top = 8;
/** The part of a column's place that the column fills. */
const fill = 0.7;

/**
 * `value`: null if it can't be known; the column then has no height. `text`: the value in words.
 */
export type Column = { key: string; label: string; value: number | null; text: string };

type Props = { title: string; columns: readonly Column[]; number: (value: number) => string };

const toPercent = (share: number) => `${share * 100}%`;

/**
 * A chart of columns. It is one picture for a screen reader, so the numbers must also stand in a
 * table beside it. All places are percentages, so the chart fits any width without a measurement.
 */
export function ColumnChart({ title, columns, number }: Props) {
  const ticks = listTicks(Math.max(0, ...columns.map(({ value }) => value ?? 0)));
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

/** Returns how many labels of this length fit beside each other in the narrowest tab. */
const countFittingLabels = (characters: number) => (characters <= 4 ? 7 : characters <= 6 ? 5 : 3);

type DrawnProps = { column: Column; place: number; count: number; last: number };

/** A column, and the area over it that shows the column's value under the mouse. */
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

/** The labels below the columns. The labels at the ends stay within the chart. */
function ColumnLabels({ columns }: { columns: readonly Column[] }) {
  const count = columns.length;
  const most = countFittingLabels(Math.max(0, ...columns.map(({ label }) => label.length)));
  return (
    <>
      {chooseLabels(count, most).map((index) => {
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
