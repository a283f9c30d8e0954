import { useEffect, useRef, useState } from "preact/hooks";
import type { SequenceFault } from "../../../shared/sequence.ts";
import type { StepsChangePreview, StepsChangeResult } from "../../../shared/step-change.ts";
import { RequestFailure } from "../../data/api.ts";
import { waitForSettledChoice } from "../../data/settled.ts";
import { createStepsApi } from "../../data/steps-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { listFaultsOfRefusal, type StepsDraft } from "../../session/steps-draft.ts";
import { rememberStepsUndo } from "../../session/steps-undo.ts";
import { useAction } from "../../ui/action.ts";
import { say } from "../../words/say.ts";

export type EditedCampaign = { id: number; title: string };

/**
 * The time in ms without a change after which the view asks the Worker for the effects of the
 * change.
 */
const pauseMs = 600;

/**
 * Returns the faults of the draft's steps that a failed request names. Throws the failure again if
 * the request names no fault.
 */
function readFaults(cause: unknown, draft: StepsDraft): SequenceFault[] {
  const faults = cause instanceof RequestFailure ? listFaultsOfRefusal(cause, draft.steps.peek()) : [];
  if (faults.length === 0) throw cause;
  return faults;
}

/**
 * Loads how many people of the campaign the draft would affect. Loads again after each change, and
 * returns the last numbers until the new numbers are loaded.
 */
export function useStepChangeEffects({ id }: EditedCampaign, draft: StepsDraft) {
  const { version } = draft.base.value;
  const revision = draft.revision.value;
  const { data, failure, reload } = useResource<StepsChangePreview>(
    `steps preview ${id} ${version} ${revision}`,
    ({ api }) => ({
      fetch: async (signal) => {
        if (revision > 0) await waitForSettledChoice(signal, pauseMs);
        try {
          return await createStepsApi(api, id).preview(draft.steps.peek(), signal);
        } catch (cause) {
          return { version, steps: [], faults: readFaults(cause, draft) };
        }
      },
    }),
  );
  const last = useRef<StepsChangePreview | undefined>(undefined);
  if (data !== undefined) last.current = data;
  return { data: last.current, failure, reload };
}

type Handlers = {
  /** Called if another person has changed the steps in the meantime. */
  onStale: () => void;
  onFaults: (faults: SequenceFault[]) => void;
};

/**
 * Returns two functions: one asks the Worker for the effects of the change, and one applies the
 * change. Also returns the effects that the agent still has to confirm.
 */
export function useStepChange(campaign: EditedCampaign, draft: StepsDraft, { onStale, onFaults }: Handlers) {
  const { api: client, cache, go, status } = useSession();
  const action = useAction();
  const [asked, setAsked] = useState<StepsChangePreview | null>(null);
  const api = createStepsApi(client, campaign.id);
  const finish = (changed: StepsChangeResult) => {
    for (const key of [`steps draft ${campaign.id}`, `steps ${campaign.id}`, `campaign ${campaign.id}`])
      cache.delete(key);
    cache.delete(`analytics ${campaign.id}`);
    cache.delete("campaigns");
    rememberStepsUndo(cache, campaign.id, changed);
    status.value = say("Steps changed. You can undo this for a few seconds.");
    go({ name: "campaign", ...campaign });
  };
  const refuse = (cause: unknown) => {
    if (cause instanceof RequestFailure && cause.code === "preconditionFailed") onStale();
    else onFaults(readFaults(cause, draft));
    setAsked(null);
  };
  return {
    action,
    asked,
    close: () => {
      action.forget();
      setAsked(null);
    },
    review: () =>
      action.run(async () => {
        const preview = await api.preview(draft.steps.peek()).catch((cause: unknown) => ({
          ...{ version: draft.base.peek().version, steps: [] },
          faults: readFaults(cause, draft),
        }));
        if (preview.version !== draft.base.peek().version) onStale();
        else if (preview.faults.length > 0) onFaults(preview.faults);
        else setAsked(preview);
      }),
    apply: () =>
      action.run(async () => {
        await api.change(draft.base.peek().version, draft.steps.peek()).then(finish, refuse);
      }),
  };
}

/** Calls `onStale` if the figures belong to newer steps than the draft's steps. */
export function useStaleCheck(
  draft: StepsDraft,
  figures: StepsChangePreview | undefined,
  onStale: () => void,
): void {
  const isStale = figures !== undefined && figures.version > draft.base.value.version;
  useEffect(() => {
    if (isStale) onStale();
  }, [isStale]);
}
