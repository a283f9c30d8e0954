import type { StepAnalytics, VariantAnalytics } from "../../shared/analytics.ts";
import type { Campaign, CampaignStep } from "../../shared/campaign.ts";
import { conditionSentence } from "../condition-words.ts";
import { useSession } from "../state.ts";
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

function variantFigures({ sent, opened, clicked, replied }: VariantAnalytics, number: (n: number) => string) {
  return `${number(sent)} sent, ${number(opened)} opened, ${number(clicked)} clicked, ${number(replied)} replied`;
}

/** The wordings that share a step's recipients, and what each has brought. */
function Variants({
  variants,
  analytics,
}: {
  variants: CampaignStep["variants"];
  analytics?: StepAnalytics;
}) {
  const { format } = useSession();
  const winner = analytics?.winner;
  return (
    <>
      <p class="condition">A/B: {variants.length} wordings</p>
      <ul class="fine">
        {variants.map(({ variant, subject }) => {
          const figures = analytics?.variants.find((one) => one.variant === variant);
          return (
            <li key={variant}>
              {variant}: <Subject subject={subject} />
              {figures && <> · {variantFigures(figures, format.number)}</>}
              {variant === winner && <strong> · clearly more replies</strong>}
            </li>
          );
        })}
      </ul>
    </>
  );
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
        {step.variants.length > 0 && <Variants variants={step.variants} {...(analytics && { analytics })} />}
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
