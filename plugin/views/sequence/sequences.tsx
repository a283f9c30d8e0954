import { useState } from "preact/hooks";
import type { SequenceSummary } from "../../../shared/sequence.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { usePagedResource } from "../../data/use-resource.ts";
import { createLaunchDraft } from "../../session/launch-draft.ts";
import { buildEmailStep } from "../../session/sequence-steps.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say } from "../../words/say.ts";
import { describeAuthors, describeLaunches } from "../../words/sequence.ts";
import { describeSequenceSpan } from "../../words/words.ts";
import { useSequenceStyleSheet } from "./sheet.ts";
import { SnippetList } from "./snippets.tsx";

/**
 * Returns two functions: one creates a sequence with one empty email, and one copies a sequence.
 * Both open the editor.
 */
function useNewSequence() {
  const session = useSession();
  const action = useAction();
  const api = createSequenceApi(session.api);
  const open = (make: () => Promise<{ id: string }>) =>
    action.run(async () => session.go({ name: "sequence", id: (await make()).id }));
  return {
    ...action,
    create: () => open(() => api.create({ name: say("New sequence"), steps: [buildEmailStep([], 0)] })),
    duplicate: (id: string) => open(() => api.duplicate(id)),
  };
}

type RowProps = {
  sequence: SequenceSummary;
  /** Copies the sequence; null if the agent may not make sequences. */
  onDuplicate: (() => void) | null;
};

function SequenceRow({ sequence, onDuplicate }: RowProps) {
  const { go, draft, format } = useSession();
  const authors = describeAuthors(sequence, format.date);
  const { id, name, description, steps, isChanged, isArchived, isEditable } = sequence;
  const use = () => {
    draft.value = { ...(draft.value ?? createLaunchDraft(id)), presetId: id };
    go({ name: "launch" });
  };
  return (
    <li class="card sequence-row">
      <div class="card-head">
        <h4>{name}</h4>
        {isChanged && <Badge tone="neutral" text={say("Office’s copy")} />}
        {isArchived && <Badge tone="neutral" text={say("Archived")} />}
      </div>
      {description !== "" && <p class="muted">{description}</p>}
      <p class="fine">
        {describeSequenceSpan(steps)} · {describeLaunches(sequence)}
      </p>
      {authors && <p class="fine">{authors}</p>}
      <div class="actions">
        <Button
          label={`${isEditable ? say("Edit") : say("View")} ${name}`}
          onClick={() => go({ name: "sequence", id })}
        >
          {isEditable ? say("Edit") : say("View")}
        </Button>
        {onDuplicate && (
          <>
            <Button label={say("Duplicate {name}", { name })} onClick={onDuplicate}>
              {say("Duplicate")}
            </Button>
            {!isArchived && (
              <Button label={say("Use here: {name}", { name })} onClick={use}>
                {say("Use here")}
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  );
}

const groups: { title: PlainPhrase; has: (sequence: SequenceSummary) => boolean }[] = [
  { title: "Yours", has: ({ scope }) => scope === "mine" },
  { title: "Your office’s", has: ({ scope, isPreset }) => scope === "office" && !isPreset },
  { title: "Ready-made", has: ({ isPreset }) => isPreset },
];

/**
 * Lists the sequences that the agent may use: their own, the office's and the presets. A button
 * shows the archived sequences instead.
 */
export function SequencesView() {
  const [isArchived, setIsArchived] = useState(false);
  const { go, api, mayAct } = useSession();
  const sheet = useSequenceStyleSheet();
  const making = useNewSequence();
  const sequences = usePagedResource<SequenceSummary>(
    isArchived ? "archived sequences" : "sequences",
    (cursor, limit, signal) => createSequenceApi(api).list(isArchived, cursor, limit, signal),
    () => false,
  );
  return (
    <div ref={sheet}>
      <ViewHeader
        title={say("Sequences")}
        back={{ label: say("New outreach"), onClick: () => go({ name: "launch" }) }}
      >
        {mayAct() && (
          <Button kind="primary" icon="plus" isBusy={making.isBusy} onClick={making.create}>
            {say("New sequence")}
          </Button>
        )}
      </ViewHeader>
      {making.failure && <FailureNotice failure={making.failure} />}
      <LoadedContent resource={sequences} rows={5}>
        {({ items, nextCursor }) => (
          <>
            {groups.map(({ title, has }) => {
              const found = items.filter(has);
              return (
                found.length > 0 && (
                  <section key={title}>
                    <h3 class="group-title">{say(title)}</h3>
                    <ul class="list">
                      {found.map((sequence) => (
                        <SequenceRow
                          sequence={sequence}
                          onDuplicate={mayAct() ? () => making.duplicate(sequence.id) : null}
                          key={sequence.id}
                        />
                      ))}
                    </ul>
                  </section>
                )
              );
            })}
            {isArchived && items.length === 0 && <p class="muted">{say("No archived sequences.")}</p>}
            {nextCursor && <Button onClick={sequences.showMore}>{say("Show more")}</Button>}
            <p>
              <Button kind="quiet" onClick={() => setIsArchived(!isArchived)}>
                {isArchived ? say("Show active sequences") : say("Show archived sequences")}
              </Button>
            </p>
          </>
        )}
      </LoadedContent>
      <SnippetList />
    </div>
  );
}
