import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { limits } from "../../../shared/limits.ts";
import { RequestFailure } from "../../data/api.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { fileFaultTexts } from "../../words/add-people.ts";
import { formatCount, say } from "../../words/say.ts";
import { ColumnMeaningFields } from "./columns.tsx";
import type { AddingDraft, DraftPeople, GivenTable } from "./draft.ts";
import { type FileFault, readFileText } from "./file/file-text.ts";
import { guessColumns, hasColumnNames } from "./file/guess.ts";
import { readKeptMeanings } from "./file/kept-meanings.ts";
import { readPastedTable } from "./file/pasted.ts";
import type { ParsedTable } from "./file/table.ts";
import { ListOriginFields } from "./origin-fields.tsx";
import { readUnfinishedAddingNote } from "./unfinished.ts";

type Props = {
  campaign: Campaign;
  draft: AddingDraft;
  change: (part: Partial<AddingDraft>) => void;
  found: DraftPeople;
};
type TableFault = FileFault | "tooMany" | "nobody";

/** Loads the module that reads tables, on first use. */
const loadReader = async () => {
  try {
    return await import("./file/table.ts");
  } catch {
    throw new RequestFailure("partMissing", "Part of this tab couldn’t be loaded.");
  }
};

/**
 * Shows the step in which an agent pastes text or chooses a file, and then checks the meanings of
 * the columns.
 */
export function TableStep({ campaign, draft, change, found }: Props) {
  const { run, isBusy, failure } = useAction();
  const [fault, setFault] = useState<TableFault | null>(null);
  const isOneHome = campaign.propertyId !== null;
  const take = (table: ParsedTable, name: string | null) => {
    const most = limits.recipientsPerCampaign + 1;
    if (table.rows.length === 0) return setFault("nobody");
    if (table.rows.length > most) return setFault("tooMany");
    change({ given: { table, name, columns: chooseColumns(table, isOneHome) } });
  };
  const readText = (text: string) =>
    run(async () => {
      setFault(null);
      const { parseTable } = await loadReader();
      take(readPastedTable(text, parseTable), null);
    });
  const readFile = (file: File) =>
    run(async () => {
      setFault(null);
      const read = readFileText(new Uint8Array(await file.arrayBuffer()));
      if ("fault" in read) return setFault(read.fault);
      const { parseTable } = await loadReader();
      take(parseTable(read.text), file.name);
    });
  const { given } = draft;
  if (given === null) {
    return (
      <>
        {draft.way === "paste" ? (
          <PasteField isBusy={isBusy} onRead={readText} />
        ) : (
          <FileField campaignId={campaign.id} isBusy={isBusy} onChoose={readFile} />
        )}
        {fault !== null && (
          <p class="missing" role="alert">
            {fileFaultTexts[fault]}
          </p>
        )}
        {failure && <FailureNotice failure={failure} />}
      </>
    );
  }
  return (
    <>
      <div class="section-head">
        <h3 class="group-title">{describeGiven(given, found)}</h3>
        <Button kind="quiet" onClick={() => change({ given: null })}>
          {given.name === null ? say("Paste again") : say("Another file")}
        </Button>
      </div>
      <ListOriginFields draft={draft} change={change} />
      <ColumnMeaningFields {...{ given, found, isOneHome }} onChange={(next) => change({ given: next })} />
    </>
  );
}

function describeGiven({ name }: GivenTable, { people, repeated, faults }: DraftPeople): string {
  const rows = formatCount(people.length + repeated.length + faults.length, "row");
  return name === null ? rows : `${name} · ${rows}`;
}

/**
 * Returns the columns of a table. If the agent has chosen meanings for the same columns before,
 * uses these meanings, otherwise the guessed meanings.
 */
function chooseColumns({ rows }: ParsedTable, isOneHome: boolean) {
  const hasNames = hasColumnNames(rows);
  const columns = guessColumns(rows, hasNames, isOneHome);
  const heads = columns.flatMap(({ head }) => head ?? []);
  const kept = hasNames ? readKeptMeanings(() => localStorage, heads) : null;
  return columns.map((column, index) => ({ ...column, meaning: kept?.[index] ?? column.meaning }));
}

function PasteField({ isBusy, onRead }: { isBusy: boolean; onRead: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <>
      <label class="field">
        <span>{say("Names and email addresses, or rows of a spreadsheet")}</span>
        <textarea
          rows={7}
          spellcheck={false}
          placeholder={"Mary Ellison <mary@example.com>\njoe@example.com"}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <div class="form-actions">
        <Button isBusy={isBusy} isDisabled={text.trim() === ""} onClick={() => onRead(text)}>
          {say("Read")}
        </Button>
      </div>
    </>
  );
}

type FileProps = { campaignId: number; isBusy: boolean; onChoose: (file: File) => void };

function FileField({ campaignId, isBusy, onChoose }: FileProps) {
  const [unfinished] = useState(() => readUnfinishedAddingNote(campaignId));
  return (
    <>
      {unfinished !== null && unfinished.name !== null && (
        <Note tone="warning">
          <p>
            {say(
              "Adding “{name}” stopped at {done} of {total} people. Choose the file again to continue. No one is added twice.",
              {
                name: unfinished.name,
                done: unfinished.done,
                total: unfinished.total,
              },
            )}
          </p>
        </Note>
      )}
      <label class="field">
        <span>{say("CSV file of up to 10,000 people and 5 MB")}</span>
        <input
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          disabled={isBusy}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) onChoose(file);
            // An empty value lets the agent choose the same file again after changing the file.
            currentTarget.value = "";
          }}
        />
      </label>
    </>
  );
}
