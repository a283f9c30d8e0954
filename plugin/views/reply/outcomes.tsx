import { useId, useRef, useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { ReplyOutcomeInput } from "../../../shared/reply.ts";
import { type NotNowPlan, notNowPlans, type SettlingOutcome } from "../../../shared/vocabulary.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import {
  nextStages,
  outcomeChoices,
  outcomeEffectTexts,
  outcomeLabels,
  outcomesAboutHome,
} from "../../words/reply.ts";
import { say, translatedTable } from "../../words/say.ts";
import { useReplyStyleSheet } from "./style.ts";
import { tellOutcome } from "./tell-outcome.ts";

/**
 * The person whose reply the agent handles. `canContinue` is false if the sequence has no further
 * email for the person.
 */
type Replier = { recipientId: number; propertyId: string | null; canContinue: boolean };

type Props = Replier & {
  /** The name of the group of buttons for screen readers. */
  label: string;
  /** Called with the recipient after the outcome is recorded. */
  onSettled: (recipient: RecipientDetail, outcome: SettlingOutcome) => void;
};

const dayMs = 86_400_000;
const toDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Returns the function that records an outcome, and the state of the current request. */
function useOutcomeRecording({ recipientId, onSettled }: Pick<Props, "recipientId" | "onSettled">) {
  const session = useSession();
  const { run, isBusy, failure } = useAction();
  const record = (body: ReplyOutcomeInput & { outcome: SettlingOutcome }) =>
    run(async () => {
      const changed = await createRecipientActionsApi(session.api).recordOutcome(recipientId, body);
      session.cache.delete("campaigns");
      session.status.value = outcomeEffectTexts[body.outcome];
      tellOutcome(session, changed);
      onSettled(changed, body.outcome);
    });
  return { record, isBusy, failure };
}

type StageProps = Pick<Props, "recipientId" | "onSettled"> & { outcome: SettlingOutcome };

/** Shows a button for each stage that may follow the outcome on the way to a sale. */
export function NextStageButtons({ outcome, ...settling }: StageProps) {
  const { record, isBusy, failure } = useOutcomeRecording(settling);
  const stages = nextStages[outcome];
  if (stages === undefined) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div class="choices" role="group" aria-label={say("What came of it after that?")}>
        {stages.map((stage) => (
          <Button isDisabled={isBusy} onClick={() => record({ outcome: stage })} key={stage}>
            {outcomeLabels[stage]}
          </Button>
        ))}
      </div>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/** Shows one button for each outcome of a reply. A click records the outcome. */
export function ReplyOutcomeButtons({ recipientId, propertyId, canContinue, label, onSettled }: Props) {
  const { record, isBusy, failure } = useOutcomeRecording({ recipientId, onSettled });
  const [isPlanning, setIsPlanning] = useState(false);
  const planId = useId();
  const place = useReplyStyleSheet();
  const choices = outcomeChoices.filter(
    (outcome) => propertyId !== null || !outcomesAboutHome.includes(outcome),
  );
  return (
    <div class="reply-outcomes" ref={place}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div class="choices" role="group" aria-label={label}>
        {choices.map((outcome) =>
          outcome === "notNow" ? (
            <Button
              isDisabled={isBusy}
              expands={{ id: planId, isOpen: isPlanning }}
              onClick={() => setIsPlanning(!isPlanning)}
              key={outcome}
            >
              {outcomeLabels[outcome]}…
            </Button>
          ) : (
            <Button isDisabled={isBusy} onClick={() => record({ outcome })} key={outcome}>
              {outcomeLabels[outcome]}
            </Button>
          ),
        )}
      </div>
      {isPlanning && (
        <NotNowForm
          id={planId}
          canContinue={canContinue}
          isBusy={isBusy}
          onPlan={(until, plan) => record({ outcome: "notNow", until, plan })}
        />
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}

type FormProps = {
  id: string;
  canContinue: boolean;
  isBusy: boolean;
  onPlan: (until: string, plan: NotNowPlan) => void;
};

const plans = translatedTable<NotNowPlan>({ remind: "Remind me then", continue: "Resume the emails then" });

/** Asks until when the person does not want to talk, and what should happen then. */
function NotNowForm({ id, canContinue, isBusy, onPlan }: FormProps) {
  const { tokens } = useSession();
  const [until, setUntil] = useState(() => toDay(tokens.now() + limits.notNowDays * dayMs));
  const [plan, setPlan] = useState<NotNowPlan>("remind");
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      class="not-now"
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        onPlan(until, plan);
      }}
    >
      <label class="field">
        <span>{say("Until")}</span>
        <input
          type="date"
          required
          min={toDay(tokens.now() + dayMs)}
          max={toDay(tokens.now() + limits.notNowDaysMost * dayMs)}
          value={until}
          onInput={({ currentTarget }) => setUntil(currentTarget.value)}
        />
      </label>
      {canContinue &&
        notNowPlans.map((choice) => (
          <label class="check" key={choice}>
            <input type="radio" name={name} checked={plan === choice} onChange={() => setPlan(choice)} />
            <span>{plans[choice]}</span>
          </label>
        ))}
      <Button kind="primary" isBusy={isBusy} onClick={() => form.current?.requestSubmit()}>
        {say("Save")}
      </Button>
    </form>
  );
}
