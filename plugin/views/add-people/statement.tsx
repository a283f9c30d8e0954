import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import type { CheckedPerson } from "./checking.ts";

type Props = {
  people: readonly CheckedPerson[];
  statement: string;
  onState: (statement: string) => void;
};

/**
 * Tells whether a person is held only until somebody states that the person's home is not listed.
 */
const needsStatement = ({ check: { reason } }: CheckedPerson) =>
  reason?.code === "listingGuard" && ["statusUnconfirmed", "statusStale"].includes(reason.verdict);

/**
 * Shows the field for the statement that homes are not listed, if some people are held until there
 * is a statement.
 */
export function NotListedStatementField({ people, statement, onState }: Props) {
  const [text, setText] = useState(statement);
  if (statement === "" && !people.some(needsStatement)) return null;
  return (
    <div class="statement">
      <label class="field">
        <span>
          {say("Did you check that these homes aren’t listed? Say how, and their owners can be added too.")}
        </span>
        <input
          type="text"
          autocomplete="off"
          maxLength={limits.noteLength}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <Button isDisabled={text.trim() === statement} onClick={() => onState(text.trim())}>
        {say("Check again")}
      </Button>
    </div>
  );
}
