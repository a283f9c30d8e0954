import { outcomeLabels } from "../../words/reply.ts";
import { say } from "../../words/say.ts";
import type { CsvCell } from "./csv.ts";
import { type FigureRow, hasKnownDeliveries } from "./rows.ts";

type CsvColumn = { head: string; read: (row: FigureRow) => CsvCell };

/** Returns the columns of the CSV file, in the same order as the figures on the screen. */
const listColumns = (grouping: string): CsvColumn[] => [
  { head: grouping, read: ({ name }) => name },
  { head: say("Emails sent"), read: ({ stats }) => stats.sent },
  { head: say("Replies"), read: ({ stats }) => stats.replied },
  { head: outcomeLabels.interested, read: ({ outcomes }) => outcomes.interested },
  { head: outcomeLabels.appointment, read: ({ outcomes }) => outcomes.appointment },
  { head: outcomeLabels.listing, read: ({ outcomes }) => outcomes.listing },
  { head: outcomeLabels.notNow, read: ({ outcomes }) => outcomes.notNow },
  { head: outcomeLabels.alreadyListed, read: ({ outcomes }) => outcomes.alreadyListed },
  { head: outcomeLabels.notSelling, read: ({ outcomes }) => outcomes.notSelling },
  { head: outcomeLabels.wrongPerson, read: ({ outcomes }) => outcomes.wrongPerson },
  { head: outcomeLabels.noMore, read: ({ outcomes }) => outcomes.noMore },
  {
    head: say("Delivered~count"),
    read: ({ stats }) => (hasKnownDeliveries(stats) ? stats.delivered : null),
  },
  { head: say("Bounced"), read: ({ stats }) => stats.bounced },
  { head: say("Marked as spam~count"), read: ({ stats }) => stats.complained },
  { head: say("Unsubscribed~count"), read: ({ stats }) => stats.unsubscribed },
  { head: say("Clicked a link~count"), read: ({ stats }) => stats.clicked },
  { head: say("Opened by people"), read: ({ stats }) => stats.opened },
  { head: say("Opened by programs"), read: ({ stats }) => stats.machineOpened },
];

/**
 * Returns the lines of the CSV file of these groups: the columns' names, then one line per group.
 * @param rows the groups, each with the name that the screen shows
 */
export function listCsvRows(grouping: string, rows: readonly FigureRow[]): CsvCell[][] {
  const columns = listColumns(grouping);
  return [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ read }) => read(row)))];
}
