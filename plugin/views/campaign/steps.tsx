import type { StepAnalytics } from "../../../shared/analytics.ts";
import type { Campaign } from "../../../shared/campaign.ts";
import type { CampaignStep, EmailStep, TaskStep } from "../../../shared/step.ts";
import type { StepKind } from "../../../shared/vocabulary.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TemplateSubject } from "../../ui/subject.tsx";
import { describeConditions } from "../../words/condition.ts";
import { formatCount, say, sayWithElements } from "../../words/say.ts";
import { taskKindTexts } from "../../words/task.ts";
import { describeDelay } from "../../words/timing.ts";
import { CampaignFunnel } from "./funnel.tsx";
import { EmailFigures, TaskFigures } from "./step-figures.tsx";
import { formatWordingFigures, StepWordingResults, type WordingChoiceProps } from "./wordings.tsx";

type EmailProps = { step: EmailStep; analytics: StepAnalytics | undefined; choosing: WordingChoiceProps };

function EmailBody({ step, analytics, choosing }: EmailProps) {
  const figures = analytics?.kind === "email" ? analytics : undefined;
  const condition = describeConditions(step.conditions);
  const { format } = useSession();
  return (
    <>
      <h4>
        <span class="unseen">{say("Email {stepNumber}:", { stepNumber: step.position })} </span>
        <TemplateSubject subject={step.subject} />
      </h4>
      {step.position > 1 && !step.startsThread && (
        <p class="condition">{say("Sent as a reply to the previous email, under its subject")}</p>
      )}
      {condition && <p class="condition">{condition}</p>}
      {step.variants.length > 0 && <StepWordingResults step={step} analytics={figures} choosing={choosing} />}
      {step.elseEmail && (
        <p class="fine">
          {sayWithElements("Otherwise: {subject}", {
            subject: <TemplateSubject subject={step.elseEmail.subject} />,
          })}
          {figures?.elseEmail && <> · {formatWordingFigures(figures.elseEmail, format.number)}</>}
        </p>
      )}
      {figures && <EmailFigures step={figures} />}
    </>
  );
}

function TaskBody({ step, analytics }: { step: TaskStep; analytics: StepAnalytics | undefined }) {
  const { kind, instructions, waitDays } = step.task;
  const condition = describeConditions(step.conditions);
  return (
    <>
      <h4 class="task-title">
        <span class="unseen">{say("Task {stepNumber}:", { stepNumber: step.position })} </span>
        <Icon name={kind} />
        {taskKindTexts[kind]}
      </h4>
      <p>{instructions}</p>
      <p class="fine">
        {say("For you to do. The sequence continues when it’s done, or after {days}.", {
          days: formatCount(waitDays, "day"),
        })}
      </p>
      {condition && <p class="condition">{condition}</p>}
      {analytics?.kind === "task" && <TaskFigures step={analytics} />}
    </>
  );
}

type StepProps = {
  step: CampaignStep;
  /** The kind of the previous step; undefined for the first step. */
  after: StepKind | undefined;
  analytics: StepAnalytics | undefined;
  choosing: WordingChoiceProps;
};

function Step({ step, after, analytics, choosing }: StepProps) {
  return (
    <li class="step">
      <span class="step-number" aria-hidden="true">
        {step.position}
      </span>
      <div class="step-body">
        <p class="fine">{describeDelay(step, step.position, after)}</p>
        {step.kind === "task" ? (
          <TaskBody step={step} analytics={analytics} />
        ) : (
          <EmailBody step={step} analytics={analytics} choosing={choosing} />
        )}
      </div>
    </li>
  );
}

/** Shows a step that was removed from the sequence, with the step's results. */
function RemovedStep({ step }: { step: StepAnalytics }) {
  return (
    <li class="step">
      <span class="step-number" aria-hidden="true">
        –
      </span>
      <div class="step-body">
        <h4>{step.kind === "task" ? say("Task") : <TemplateSubject subject={step.subject} />}</h4>
        <p>
          <Badge tone="neutral" text={say("Removed")} />
        </p>
        {step.kind === "task" ? <TaskFigures step={step} /> : <EmailFigures step={step} />}
      </div>
    </li>
  );
}

/** Shows the steps of the campaign in order, and the results of each step. */
export function CampaignStepList({
  campaign,
  onChange,
}: {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
}) {
  const { id, name, steps, status } = campaign;
  const { go, mayAct } = useSession();
  const isChangeable = (status === "active" || status === "paused") && mayAct();
  const analytics = useResource(`analytics ${id}`, ({ api }) => ({
    fetch: (signal) => createCampaignApi(api).analytics(id, signal),
    shouldPoll: () => status === "active",
  }));
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">
          {steps.every(({ kind }) => kind === "email") ? say("Emails") : say("Steps")}
        </h3>
        {isChangeable && (
          <Button kind="quiet" icon="edit" onClick={() => go({ name: "steps", id, title: name })}>
            {say("Edit steps")}
          </Button>
        )}
      </div>
      {analytics.data && <CampaignFunnel steps={analytics.data.steps} />}
      <ol class="steps">
        {steps.map((step, index) => (
          <Step
            step={step}
            after={steps[index - 1]?.kind}
            analytics={analytics.data?.steps.find(({ stepNumber }) => stepNumber === step.stepNumber)}
            choosing={isChangeable ? { campaignId: id, onChosen: onChange } : null}
            key={step.stepNumber}
          />
        ))}
        {analytics.data?.steps
          .filter(({ position }) => position === null)
          .map((step) => (
            <RemovedStep step={step} key={step.stepNumber} />
          ))}
      </ol>
      <LoadedContent resource={analytics} rows={0}>
        {() => null}
      </LoadedContent>
      <p class="fine">
        {say(
          "Opens are a hint, not proof: some email apps open emails automatically. The ones we recognize aren’t counted.",
        )}
      </p>
    </section>
  );
}
