import { useEffect, useRef, useState } from "preact/hooks";
import type { StartProposal, StartProposals } from "../../../shared/start-rule.ts";
import { createStartRulesApi } from "../../data/start-rules-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent } from "../../ui/feedback.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatCount, say, sayMessage } from "../../words/say.ts";
import { describeStatus } from "../../words/start-rule.ts";

const undoMs = 10_000;

/**
 * Lists the campaigns that the office's start rules propose. Shows nothing for an empty list.
 */
export function StartProposalsCard({ onStarted }: { onStarted: () => void }) {
  const list = useResource<StartProposals>("start proposals", ({ api }) => ({
    fetch: (signal) => createStartRulesApi(api).proposals(signal),
    shouldPoll: () => true,
  }));
  const [dismissed, setDismissed] = useState<StartProposal | null>(null);
  const leave = (gone: StartProposal) => {
    const { data } = list;
    if (data) list.set({ ...data, items: data.items.filter(({ id }) => id !== gone.id) });
  };
  return (
    <>
      {dismissed && (
        <DismissalNotice
          key={dismissed.id}
          proposal={dismissed}
          onUndone={() => {
            setDismissed(null);
            list.reload();
          }}
          onEnd={() => setDismissed(null)}
        />
      )}
      <LoadedContent resource={list} rows={1}>
        {({ items, hasMore }) =>
          items.length > 0 && (
            <section class="attention">
              <h3 class="group-title">{say("Ready to start")}</h3>
              <ul class="rows">
                {items.map((proposal) => (
                  <ProposalRow
                    key={proposal.id}
                    proposal={proposal}
                    onStarted={() => {
                      leave(proposal);
                      onStarted();
                    }}
                    onDismissed={() => {
                      leave(proposal);
                      setDismissed(proposal);
                    }}
                  />
                ))}
              </ul>
              {hasMore && <p class="fine">{say("There are more after these.")}</p>}
            </section>
          )
        }
      </LoadedContent>
    </>
  );
}

const getTitle = ({ address, propertyId }: StartProposal) => address ?? propertyId;

type RowProps = { proposal: StartProposal; onStarted: () => void; onDismissed: () => void };

function ProposalRow({ proposal, onStarted, onDismissed }: RowProps) {
  const { api, cache, emit, mayAct, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const { id, propertyId, people, sequenceName, refusal } = proposal;
  const title = getTitle(proposal);
  const start = () =>
    run(async () => {
      const { campaignId } = await createStartRulesApi(api).launch(id);
      cache.delete("campaigns");
      status.value = say("Launched.");
      emit("campaign-launched", { propertyId, campaignId, recipients: people });
      onStarted();
    });
  const dismiss = () =>
    run(async () => {
      await createStartRulesApi(api).dismiss(id);
      onDismissed();
    });
  const parts = [describeStatus(proposal.status), sequenceName, formatCount(people, "owner")];
  return (
    <li class="row proposal">
      <div class="row-main">
        <button
          type="button"
          class="card-link"
          onClick={() => emit("open-property", { propertyId })}
          aria-label={say("Open {address}", { address: title })}
        >
          {title}
        </button>
        <p class="muted">{parts.filter(Boolean).join(" · ")}</p>
        {people === 0 && (
          <p class="fine missing">{say("No contact is known. Open the property to add one.")}</p>
        )}
        {refusal !== null && <p class="fine missing">{sayMessage(refusal)}</p>}
        {failure && <FailureNotice failure={failure} />}
      </div>
      {mayAct() && (
        <div class="actions">
          {people > 0 && (
            <Button
              kind="primary"
              isBusy={isBusy}
              label={say("Start at {address}", { address: title })}
              onClick={start}
            >
              {say("Start")}
            </Button>
          )}
          <Button
            kind="quiet"
            isDisabled={isBusy}
            label={say("Dismiss {address}", { address: title })}
            onClick={dismiss}
          >
            {say("Dismiss")}
          </Button>
        </div>
      )}
    </li>
  );
}

type NoticeProps = { proposal: StartProposal; onUndone: () => void; onEnd: () => void };

function DismissalNotice({ proposal, onUndone, onEnd }: NoticeProps) {
  const { api, status } = useSession();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focused button has disappeared, so the notice in its place gets the focus.
    place.current?.focus();
  }, []);
  return (
    <div ref={place} tabIndex={-1}>
      <UndoNotice
        spanMs={undoMs}
        text={say("Dismissed {address}. You can undo this for another", { address: getTitle(proposal) })}
        label={say("Undo")}
        onUndo={async () => {
          await createStartRulesApi(api).restore(proposal.id);
          status.value = say("Undone.");
          onUndone();
        }}
        onEnd={onEnd}
      />
    </div>
  );
}
