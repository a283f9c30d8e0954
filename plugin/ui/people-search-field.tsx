import { limits } from "../../shared/limits.ts";
import { say } from "../words/say.ts";

type Props = { text: string; onSearch: (text: string) => void };

/** Shows the field with which an agent searches a list of people. */
export function PeopleSearchField({ text, onSearch }: Props) {
  return (
    <input
      type="search"
      aria-label={say("Search by name or email")}
      placeholder={say("Search by name or email")}
      maxLength={limits.searchLength}
      value={text}
      onInput={({ currentTarget }) => onSearch(currentTarget.value)}
    />
  );
}
