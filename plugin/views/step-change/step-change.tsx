import { useEffect, useMemo } from "preact/hooks";
import type { CampaignSteps } from "../../../shared/step-change.ts";
import { createStepsApi } from "../../data/steps-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { createStepsDraft, type StepsDraft } from "../../session/steps-draft.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { say } from "../../words/say.ts";
import { useSequenceStyleSheet } from "../sequence/sheet.ts";
import { StepsEditor } from "./editor.tsx";

/**
 * Returns the draft of the change to the campaign's steps. The session's cache keeps the draft
 * while the host shows another view or another tab.
 */
function useStepsDraft(id: number, loaded: CampaignSteps): StepsDraft {
  const { cache } = useSession();
  const draft = useMemo(() => {
    const key = `steps draft ${id}`;
    const kept = (cache.get(key) as StepsDraft | undefined) ?? createStepsDraft(loaded);
    cache.set(key, kept);
    return kept;
    // `loaded` is not a dependency: after a later load, a new draft would lose the agent's changes.
  }, [cache, id]);
  useEffect(() => draft.noteLoaded(loaded), [draft, loaded]);
  return draft;
}

type Props = { id: number; title: string };

function LoadedSteps({
  loaded,
  onReload,
  ...campaign
}: Props & { loaded: CampaignSteps; onReload: () => void }) {
  const draft = useStepsDraft(campaign.id, loaded);
  return <StepsEditor campaign={campaign} draft={draft} onReload={onReload} />;
}

/** Shows the view in which an agent changes the steps of a launched campaign. */
export function StepChangeView({ id, title }: Props) {
  const { go } = useSession();
  const sheet = useSequenceStyleSheet();
  const steps = useResource<CampaignSteps>(`steps ${id}`, ({ api }) => ({
    fetch: (signal) => createStepsApi(api, id).read(signal),
  }));
  return (
    <div ref={sheet}>
      <ViewHeader
        title={say("Edit steps")}
        detail={title}
        back={{ label: say("Campaign"), onClick: () => go({ name: "campaign", id, title }) }}
      />
      <LoadedContent resource={steps} rows={5}>
        {(loaded) => <LoadedSteps id={id} title={title} loaded={loaded} onReload={steps.reload} />}
      </LoadedContent>
    </div>
  );
}
