import { useState } from "preact/hooks";
import { RequestFailure } from "../../data/api.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { SaveFileButton } from "../../ui/save-file-button.tsx";
import { leftOutVerdictTexts } from "../../words/add-people.ts";
import { formatCount, say } from "../../words/say.ts";
import { countLeftOutByVerdict, type LeftOutEntry } from "./left-out.ts";

const shownAtFirst = 20;

/**
 * Shows how many people are left out for each kind of reason, the list of these people, and a
 * button that saves the list as a file.
 */
export function LeftOutList({ leftOut }: { leftOut: readonly LeftOutEntry[] }) {
  const { format } = useSession();
  const [shown, setShown] = useState(shownAtFirst);
  if (leftOut.length === 0) return null;
  const load = async () => {
    const { formatCsvTable } = await import("./file/table.ts").catch(() => {
      throw new RequestFailure("partMissing", "Part of this tab couldn’t be loaded.");
    });
    const heads = [say("Line"), say("Person"), say("Why")];
    const rows = leftOut.map(({ line, who, why }) => [line ?? "", who, why]);
    return new Blob([formatCsvTable([heads, ...rows])], { type: "text/csv" });
  };
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">
          {say("Left out: {people}", { people: formatCount(leftOut.length, "person", "people") })}
        </h3>
        <SaveFileButton
          label={say("Download list")}
          filename="left-out.csv"
          done={say("Exported.")}
          load={load}
        />
      </div>
      <ul class="left-out-counts">
        {countLeftOutByVerdict(leftOut).map(([verdict, count]) => (
          <li key={verdict}>
            <span>{leftOutVerdictTexts[verdict]}</span>
            <strong>{format.number(count)}</strong>
          </li>
        ))}
      </ul>
      <details class="more-choices">
        <summary>{say("Show all")}</summary>
        <ul class="rows">
          {leftOut.slice(0, shown).map(({ line, who, why }, index) => (
            <li class="left-out" key={index}>
              <span class="fine">{line === null ? "" : say("Line {line}", { line })}</span>
              <span class="cut">{who}</span>
              <span>{why}</span>
            </li>
          ))}
        </ul>
        {leftOut.length > shown && <Button onClick={() => setShown(shown + 100)}>{say("Show more")}</Button>}
      </details>
    </section>
  );
}
