import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { Snippet } from "../../../shared/snippet.ts";
import { createSnippetApi, snippetsKey } from "../../data/snippet-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent } from "../../ui/feedback.tsx";
import { formatCount, say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { describeSnippetChange, type SnippetChange, SnippetUndoNotice } from "./snippet-undo.tsx";

const loadText = () => import("../letter/snippet-text.tsx").then(({ SnippetTextEditor: View }) => ({ View }));

type FormProps = {
  /** The snippet to change; null for a new snippet. */
  snippet: Snippet | null;
  /** Called with the change that the agent can undo; null for a new snippet. */
  onSaved: (change: SnippetChange | null) => void;
  onClose: () => void;
};

/**
 * Shows the form that creates or changes a snippet. The form says in how many letters a change has
 * an effect.
 */
function SnippetForm({ snippet, onSaved, onClose }: FormProps) {
  const session = useSession();
  const { run, isBusy, failure } = useAction();
  const [name, setName] = useState(snippet?.name ?? "");
  const [bodyHtml, setBodyHtml] = useState(snippet?.bodyHtml ?? "");
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const api = createSnippetApi(session.api);
      const body = { name: name.trim(), bodyHtml };
      if (snippet === null) {
        await api.create(body);
        session.status.value = say("Snippet saved.");
        onSaved(null);
      } else {
        const { campaigns, version } = await api.change(snippet.id, snippet.version, body);
        const change = { kind: "changed", before: snippet, version, campaigns } as const;
        session.status.value = describeSnippetChange(change);
        onSaved(change);
      }
    });
  };
  return (
    <form class="step-form" onSubmit={save}>
      <label class="field">
        <span>{say("Name")}</span>
        <input
          type="text"
          required
          maxLength={limits.nameLength}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <LazyView load={loadText} props={{ html: bodyHtml, onChange: setBodyHtml }} />
      {snippet !== null && snippet.letters > 0 && (
        <p class="fine">
          {say("Used in {emails}. Emails that haven’t gone out yet will get the new text.", {
            emails: formatCount(snippet.letters, "email"),
          })}
        </p>
      )}
      <div class="form-actions">
        <button type="submit" class="button primary" aria-busy={isBusy}>
          {say("Save")}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </form>
  );
}

/** Returns a snippet's words without HTML tags. */
const readWords = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

type RowProps = { snippet: Snippet; onChanged: (change: SnippetChange | null) => void };

function SnippetRow({ snippet, onChanged }: RowProps) {
  const session = useSession();
  const { run, isBusy, failure } = useAction();
  const [isOpen, setIsOpen] = useState(false);
  const { id, name, bodyHtml, letters } = snippet;
  const mayChange = hasRole(session.tokens.role(), "teamLead");
  const remove = () =>
    run(async () => {
      await createSnippetApi(session.api).delete(id);
      const change = { kind: "deleted", before: snippet } as const;
      session.status.value = describeSnippetChange(change);
      onChanged(change);
    });
  return (
    <li class="card sequence-row">
      <h4>{name}</h4>
      <p class="muted snippet-words">{readWords(bodyHtml)}</p>
      <p class="fine">
        {letters === 0
          ? say("Not used yet")
          : say("Used in {emails}", { emails: formatCount(letters, "email") })}
      </p>
      {isOpen ? (
        <SnippetForm
          snippet={snippet}
          onSaved={(change) => {
            setIsOpen(false);
            onChanged(change);
          }}
          onClose={() => setIsOpen(false)}
        />
      ) : (
        mayChange && (
          <div class="actions">
            <Button label={`${say("Edit")} ${name}`} onClick={() => setIsOpen(true)}>
              {say("Edit")}
            </Button>
            {letters === 0 && (
              <Button kind="quiet" label={say("Delete {name}", { name })} isBusy={isBusy} onClick={remove}>
                {say("Delete")}
              </Button>
            )}
          </div>
        )
      )}
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}

/**
 * Lists the office's snippets. A snippet is a paragraph that several letters share, so that an
 * agent changes the paragraph in one place.
 */
export function SnippetList() {
  const { tokens } = useSession();
  const [isAdding, setIsAdding] = useState(false);
  const snippets = useResource(snippetsKey, ({ api }) => ({
    fetch: (signal) => createSnippetApi(api).list(signal),
  }));
  const [change, setChange] = useState<SnippetChange | null>(null);
  const note = (done: SnippetChange | null) => {
    setChange(done);
    snippets.reload();
  };
  const mayChange = hasRole(tokens.role(), "teamLead");
  const add = (
    <Button icon="plus" kind="quiet" onClick={() => setIsAdding(true)}>
      {say("New snippet")}
    </Button>
  );
  return (
    <section class="snippets">
      <div class="section-head">
        <h3 class="group-title">{say("Snippets")}</h3>
        {mayChange && !isAdding && add}
      </div>
      <p class="fine">
        {say("A paragraph for several emails. Change it here, and it changes in all of them.")}{" "}
        {!mayChange && say("Only a team lead can change snippets.")}
      </p>
      {change && (
        <SnippetUndoNotice
          change={change}
          onUndone={() => note(null)}
          onEnd={() => setChange(null)}
          key={`${change.kind} ${change.before.id} ${change.before.version}`}
        />
      )}
      {isAdding && (
        <div class="card">
          <SnippetForm
            snippet={null}
            onSaved={(done) => {
              setIsAdding(false);
              note(done);
            }}
            onClose={() => setIsAdding(false)}
          />
        </div>
      )}
      <LoadedContent resource={snippets} rows={1}>
        {({ items }) => (
          <ul class="list">
            {items.map((snippet) => (
              <SnippetRow snippet={snippet} onChanged={note} key={snippet.id} />
            ))}
          </ul>
        )}
      </LoadedContent>
    </section>
  );
}
