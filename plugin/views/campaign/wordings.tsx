import type { ElseEmailAnalytics, EmailStepAnalytics } from "../../../shared/analytics.ts";
import type { Campaign } from "../../../shared/campaign.ts";
import type { EmailStep } from "../../../shared/step.ts";
import { createStepsApi } from "../../data/steps-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { TemplateSubject } from "../../ui/subject.tsx";
import { describeReplyRange } from "../../words/reply-range.ts";
import { say } from "../../words/say.ts";
import { describeWinningWording } from "../../words/winner.ts";

/**
 * Returns a text with the counts of a wording, and with an estimate of how many of 100 people
 * reply.
 */
export function formatWordingFigures(
  { sent, opened, clicked, replied }: ElseEmailAnalytics,
  number: (n: number) => string,
) {
  const counts = say("{sent} sent, {opened} opened, {clicked} clicked, {replied} replied", {
    sent: number(sent),
    opened: number(opened),
    clicked: number(clicked),
    replied: number(replied),
  });
  const range = describeReplyRange(replied, sent);
  return range === null ? counts : `${counts} · ${range}`;
}

/**
 * The props that `ChooseWording` needs to store the agent's choice of a wording; null if the agent
 * can't choose.
 */
export type WordingChoiceProps = { campaignId: number; onChosen: (campaign: Campaign) => void } | null;

type Props = { step: EmailStep; analytics: EmailStepAnalytics | undefined; choosing: WordingChoiceProps };

/**
 * Shows the wordings among which a step's recipients are divided, the results of each wording, and
 * the wording that later recipients get.
 */
export function StepWordingResults({ step, analytics, choosing }: Props) {
  const { format } = useSession();
  const { variants, winner } = step;
  const sentence = describeWinningWording(step, format.date);
  return (
    <>
      <p class="condition">{say("A/B test: {count} versions", { count: variants.length })}</p>
      <ul class="fine">
        {variants.map(({ variant, subject }) => {
          const figures = analytics?.variants.find((one) => one.variant === variant);
          return (
            <li key={variant}>
              {variant}: <TemplateSubject subject={subject} />
              {figures && <> · {formatWordingFigures(figures, format.number)}</>}
              {winner === null && variant === analytics?.clearLeader && (
                <strong> · {say("clearly more replies")}</strong>
              )}
              {variant === winner?.variant && <strong> · {say("chosen")}</strong>}
            </li>
          );
        })}
      </ul>
      {sentence && <p class="fine">{sentence}</p>}
      {choosing && <ChooseWording step={step} {...choosing} />}
    </>
  );
}

/** Shows the buttons by which the agent chooses a wording and overrides Doorknock's choice. */
function ChooseWording({
  step,
  campaignId,
  onChosen,
}: { step: EmailStep } & NonNullable<WordingChoiceProps>) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const { variants, winner, stepNumber } = step;
  const choose = (variant: string | null) =>
    run(async () => {
      onChosen(await createStepsApi(api, campaignId).chooseWinner(stepNumber, variant));
      status.value =
        variant === null
          ? say("From now on, people are split among the wordings by their shares.")
          : say("Everyone who hasn’t gotten this email yet will get wording {name}.", { name: variant });
    });
  return (
    <details class="more-choices">
      <summary>{say("Choose a wording yourself")}</summary>
      <div class="form-actions">
        {variants.map(({ variant }) => (
          <Button
            isBusy={isBusy}
            isDisabled={variant === winner?.variant}
            onClick={() => choose(variant)}
            key={variant}
          >
            {say("Wording {name} for everyone", { name: variant })}
          </Button>
        ))}
        <Button
          isBusy={isBusy}
          isDisabled={winner !== null && winner.variant === null}
          onClick={() => choose(null)}
        >
          {say("Keep using all of them")}
        </Button>
      </div>
      <p class="fine">{say("Emails we’ve already tried to send keep their wording.")}</p>
      {failure && <FailureNotice failure={failure} />}
    </details>
  );
}
