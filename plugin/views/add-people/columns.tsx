import { representativeVariable } from "../../../shared/words/personal-representative.ts";
import { columnMeaningTexts } from "../../words/add-people.ts";
import { say } from "../../words/say.ts";
import type { DraftPeople, GivenTable } from "./draft.ts";
import {
  type ColumnMeaning,
  columnMeanings,
  homeMeanings,
  repeatableMeanings,
  type TableColumn,
} from "./file/column.ts";
import { guessColumns } from "./file/guess.ts";
import { storeKeptMeanings } from "./file/kept-meanings.ts";
import { addressIdPrefix, type NewPerson } from "./file/people.ts";
import { formatPerson } from "./left-out.ts";

type Props = {
  given: GivenTable;
  found: DraftPeople;
  isOneHome: boolean;
  onChange: (given: GivenTable) => void;
};

const cellsShown = 2;
const peopleShown = 5;

/**
 * Shows the meaning of each column, which the agent can change, and the first people read from the
 * table.
 */
export function ColumnMeaningFields({ given, found, isOneHome, onChange }: Props) {
  const { columns, table } = given;
  const hasNames = columns.some(({ head }) => head !== null);
  const choose = (index: number, meaning: ColumnMeaning) => {
    const next = columns.map((column, other) => chooseMeaning(column, other === index, meaning));
    const heads = next.flatMap(({ head }) => head ?? []);
    if (hasNames)
      storeKeptMeanings(
        () => localStorage,
        heads,
        next.map((one) => one.meaning),
      );
    onChange({ ...given, columns: next });
  };
  const toggleNames = (isNamed: boolean) =>
    onChange({ ...given, columns: guessColumns(table.rows, isNamed, isOneHome) });
  const samples = table.rows.slice(hasNames ? 1 : 0, hasNames ? cellsShown + 1 : cellsShown);
  return (
    <>
      <section>
        <h3 class="group-title">{say("Columns")}</h3>
        <label class="check">
          <input
            type="checkbox"
            checked={hasNames}
            onChange={({ currentTarget }) => toggleNames(currentTarget.checked)}
          />
          <span>{say("The first row has column names")}</span>
        </label>
        <ul class="rows columns">
          {columns.map((column, index) => (
            <ColumnRow
              key={index}
              column={column}
              index={index}
              cells={samples.map(({ cells }) => cells[index] ?? "")}
              meanings={columnMeanings.filter((one) => !isOneHome || !homeMeanings.includes(one))}
              onChoose={(meaning) => choose(index, meaning)}
            />
          ))}
        </ul>
      </section>
      {found.people.length > 0 && (
        <section>
          <h3 class="group-title">{say("Preview")}</h3>
          <ul class="rows">
            {found.people.slice(0, peopleShown).map((person) => (
              <FirstPerson person={person} key={person.line} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/**
 * Returns a column after the agent has chosen `meaning` for one column. If only one column may have
 * this meaning, another column with the same meaning gets the meaning `keep`.
 */
function chooseMeaning(column: TableColumn, isChosen: boolean, meaning: ColumnMeaning): TableColumn {
  if (isChosen) return { ...column, meaning };
  const isTaken = column.meaning === meaning && !repeatableMeanings.includes(meaning);
  return isTaken ? { ...column, meaning: "keep" } : column;
}

type RowProps = {
  column: TableColumn;
  index: number;
  cells: readonly string[];
  meanings: readonly ColumnMeaning[];
  onChoose: (meaning: ColumnMeaning) => void;
};

function ColumnRow({ column: { head, meaning }, index, cells, meanings, onChoose }: RowProps) {
  const name = head || say("Column {number}", { number: index + 1 });
  const sample = cells.filter((cell) => cell.trim() !== "").join(" · ");
  return (
    <li class="column">
      <div>
        <strong class="cut">{name}</strong>
        <span class="fine cut">{sample || "\u00a0"}</span>
      </div>
      <select
        aria-label={say("What “{name}” means", { name })}
        value={meaning}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as ColumnMeaning)}
      >
        {meanings.map((one) => (
          <option value={one} key={one}>
            {columnMeaningTexts[one]}
          </option>
        ))}
      </select>
    </li>
  );
}

function FirstPerson({ person }: { person: NewPerson }) {
  const { propertyId, property = {}, templateData = {}, email } = person.input;
  const { unparsedAddress, streetAddress, city, stateOrProvince } = property;
  const home = [unparsedAddress ?? streetAddress, city, stateOrProvince].filter(Boolean).join(", ");
  // The tick above the preview already says who represents an estate.
  const details = Object.entries(templateData)
    .filter(([name]) => name !== representativeVariable)
    .map(([, value]) => String(value))
    .slice(0, 3);
  const ownId = propertyId?.startsWith(addressIdPrefix) ? null : propertyId;
  const facts = [ownId, home, ...details].filter(Boolean).join(" · ");
  return (
    <li class="first-person">
      <span class="cut">{formatPerson(person)}</span>
      {facts !== "" && <span class="fine cut">{facts}</span>}
      {email === null && <span class="fine">{say("Will wait for an email address")}</span>}
    </li>
  );
}
