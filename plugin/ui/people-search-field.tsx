import { limits } from "../../shared/limits.ts";

type Props = { text: string; onSearch: (text: string) => void };

/** The field with which an agent searches a list of people. */
export function PeopleSearchField({ text, onSearch }: Props) {
  return (
    <input
      type="search"
      aria-label="Search by name or email"
      placeholder="Search by name or email"
      maxLength={limits.searchLength}
      value={text}
      onInput={({ currentTarget }) => onSearch(currentTarget.value)}
    />
  );
}
