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
import { describeLaunches } from "../../words/sequence.ts";
import { describeSequenceSpan } from "../../words/words.ts";
import { useSequenceSheet } from "./sheet.ts";

/**
 * Returns functions that make a sequence with one empty email, or a copy of a sequence, and open
 * the editor.
 */
function useNewSequence() {
  const session = useSession();
  const action = useAction();
  const api = createSequenceApi(session.api);
  const open = (make: () => Promise<{ id: string }>) =>
    action.run(async () => session.go({ name: "sequence", id: (await make()).id }));
  return {
    ...action,
    create: () => open(() => api.create({ name: "New sequence", steps: [buildEmailStep([], 0)] })),
    duplicate: (id: string) => open(() => api.duplicate(id)),
  };
}

type RowProps = {
  sequence: SequenceSummary;
  /** Null if the agent may not make sequences. */
  onDuplicate: (() => void) | null;
};

function SequenceRow({ sequence, onDuplicate }: RowProps) {
  const { go, draft } = useSession();
  const { id, name, description, steps, isChanged, isArchived, isEditable } = sequence;
  const use = () => {
    draft.value = { ...(draft.value ?? createLaunchDraft(id)), presetId: id };
    go({ name: "launch" });
  };
  return (
    <li class="card sequence-row">
      <div class="card-head">
        <h4>{name}</h4>
        {isChanged && <Badge tone="neutral" text="Office’s copy" />}
        {isArchived && <Badge tone="neutral" text="Archived" />}
      </div>
      {description !== "" && <p class="muted">{description}</p>}
      <p class="fine">{describeSequenceSpan(steps)}</p>
      <p class="fine">{describeLaunches(sequence)}</p>
      <div class="actions">
        <Button
          label={`${isEditable ? "Edit" : "View"} ${name}`}
          onClick={() => go({ name: "sequence", id })}
        >
          {isEditable ? "Edit" : "View"}
        </Button>
        {onDuplicate && (
          <>
            <Button label={`Duplicate ${name}`} onClick={onDuplicate}>
              Duplicate
            </Button>
            {!isArchived && (
              <Button label={`Use ${name} here`} onClick={use}>
                Use here
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  );
}

const groups: { title: string; has: (sequence: SequenceSummary) => boolean }[] = [
  { title: "Yours", has: ({ scope }) => scope === "mine" },
  { title: "Your office’s", has: ({ scope, isPreset }) => scope === "office" && !isPreset },
  { title: "Ready-made", has: ({ isPreset }) => isPreset },
];

/**
 * The sequences that the agent may use: their own, the office's and the presets. A button shows the
 * archived sequences instead.
 */
export function SequencesView() {
  const [isArchived, setIsArchived] = useState(false);
  const { go, api, mayAct } = useSession();
  const sheet = useSequenceSheet();
  const making = useNewSequence();
  const sequences = usePagedResource<SequenceSummary>(
    isArchived ? "archived sequences" : "sequences",
    (cursor, limit, signal) => createSequenceApi(api).list(isArchived, cursor, limit, signal),
    () => false,
  );
  return (
    <div ref={sheet}>
      <ViewHeader title="Sequences" back={{ label: "New outreach", onClick: () => go({ name: "launch" }) }}>
        {mayAct() && (
          <Button kind="primary" icon="plus" isBusy={making.isBusy} onClick={making.create}>
            New sequence
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
                    <h3 class="group-title">{title}</h3>
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
            {isArchived && items.length === 0 && <p class="muted">No sequence is archived.</p>}
            {nextCursor && <Button onClick={sequences.showMore}>Show more</Button>}
            <p>
              <Button kind="quiet" onClick={() => setIsArchived(!isArchived)}>
                {isArchived ? "Show the sequences in use" : "Show archived sequences"}
              </Button>
            </p>
          </>
        )}
      </LoadedContent>
    </div>
  );
}
