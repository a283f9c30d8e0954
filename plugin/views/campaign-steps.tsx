import type { StepAnalytics } from "../../shared/analytics.ts";
import type { Campaign, CampaignStep } from "../../shared/campaign.ts";
import { conditionSentence } from "../condition-words.ts";
import { Load } from "../ui/feedback.tsx";
import { Figures } from "../ui/figures.tsx";
import { Subject } from "../ui/subject.tsx";
import { useResource } from "../use-resource.ts";
import { delaySentence } from "../words.ts";

function stepFigures({ stats }: StepAnalytics) {
  return [
    { label: "Sent", value: stats.sent },
    { label: "Opened", value: stats.opened },
    { label: "Clicked", value: stats.clicked },
    { label: "Replied", value: stats.replied, isGood: true },
    ...(stats.skipped > 0 ? [{ label: "Skipped", value: stats.skipped }] : []),
  ];
}

function Step({ step, analytics }: { step: CampaignStep; analytics: StepAnalytics | undefined }) {
  const condition = conditionSentence(step.conditions);
  return (
    <li class="step">
      <span class="step-number" aria-hidden="true">
        {step.stepNumber}
      </span>
      <div class="step-body">
        <p class="fine">{delaySentence(step, step.stepNumber)}</p>
        <h4>
          <span class="unseen">Email {step.stepNumber}: </span>
          <Subject subject={step.subject} />
        </h4>
        {condition && <p class="condition">{condition}</p>}
        {analytics && <Figures figures={stepFigures(analytics)} />}
      </div>
    </li>
  );
}

/** The sequence in order, with what each email has brought. */
export function CampaignSteps({ campaign }: { campaign: Campaign }) {
  const { id, steps, status } = campaign;
  const analytics = useResource(`analytics ${id}`, ({ api }) => ({
    fetch: (signal) => api.analytics(id, signal),
    shouldPoll: () => status === "active",
  }));
  return (
    <section>
      <h3 class="group-title">Emails</h3>
      <ol class="steps">
        {steps.map((step) => (
          <Step
            step={step}
            analytics={analytics.data?.steps.find(({ stepNumber }) => stepNumber === step.stepNumber)}
            key={step.stepNumber}
          />
        ))}
      </ol>
      <Load resource={analytics} rows={0}>
        {() => null}
      </Load>
      <p class="fine">
        Opens are a hint, not a fact: some mail programs open emails by themselves. Those we recognise are not
        counted.
      </p>
    </section>
  );
}
