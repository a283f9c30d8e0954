import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { formatList } from "../../words/list.ts";
import { say } from "../../words/say.ts";

type Props = {
  recipientId: number;
  /** Called with the text of the snippet that the agent chose. */
  onInsert: (bodyText: string) => void;
};

/**
 * Shows the list from which an agent puts one of the office's snippets into an answer. Shows
 * nothing while the office has no snippet.
 */
export function AnswerSnippets({ recipientId, onInsert }: Props) {
  const { data } = useResource(`answer snippets ${recipientId}`, ({ api }) => ({
    fetch: (signal) => createRecipientActionsApi(api).answerSnippets(recipientId, signal),
    shouldPoll: () => false,
  }));
  const snippets = data?.items ?? [];
  if (snippets.length === 0) return null;
  const insert = (id: string) => {
    const chosen = snippets.find((snippet) => String(snippet.id) === id);
    if (chosen) onInsert(chosen.bodyText);
  };
  return (
    <label class="field">
      <span>{say("Insert a snippet")}</span>
      <select value="" onChange={({ currentTarget }) => insert(currentTarget.value)}>
        <option value="">{say("Choose a snippet")}</option>
        {snippets.map(({ id, name, missing }) => (
          <option value={id} disabled={missing.length > 0} key={id}>
            {missing.length === 0
              ? name
              : say("{name} (missing: {values})", { name, values: formatList(missing) })}
          </option>
        ))}
      </select>
    </label>
  );
}
