import { formatCsvRows } from "./csv-table.ts";

export type CsvCells = readonly (string | number | null)[];

/** One page of rows. `next` is the cursor of the next page; null after the last page. */
export type CsvPage<Cursor> = { rows: CsvCells[]; next: Cursor | null };

/**
 * Returns a table as CSV. Pages are loaded while the client reads, so that a table of any length
 * needs the memory of one page.
 * @param heads the names of the columns
 */
export function streamCsv<Cursor>(
  heads: readonly string[],
  first: Cursor,
  loadPage: (after: Cursor) => Promise<CsvPage<Cursor>>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: Cursor | null = first;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(formatCsvRows([heads]))),
    async pull(controller) {
      const { rows, next }: CsvPage<Cursor> =
        after === null ? { rows: [], next: null } : await loadPage(after);
      after = next;
      if (rows.length > 0) controller.enqueue(encoder.encode(formatCsvRows(rows)));
      if (after === null) controller.close();
    },
  });
}

/** Returns the headers of a CSV answer that a browser saves under this filename. */
export const getCsvHeaders = (filename: string) => ({
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="${filename}"`,
});
