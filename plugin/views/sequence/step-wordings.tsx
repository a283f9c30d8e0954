import { useId } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { SequenceEmailStep, SequenceVariant } from "../../../shared/sequence.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import { formatWording } from "../../words/sequence.ts";
import { LetterFields } from "./letter.tsx";

type Props = {
  step: SequenceEmailStep;
  /** False for a follow-up in a thread, whose email goes under the thread's subject. */
  hasSubject: boolean;
  onChange: (step: SequenceEmailStep) => void;
};

/** Returns the step with these wordings besides the first; without any, its test ends. */
function withWordings(step: SequenceEmailStep, variants: SequenceVariant[]): SequenceEmailStep {
  const { variants: _, letterWeight, ...single } = step;
  return variants.length === 0 ? single : { ...single, letterWeight: letterWeight ?? 50, variants };
}

function ShareField({
  name,
  weight,
  total,
  onChange,
}: {
  name: string;
  weight: number;
  total: number;
  onChange: (weight: number) => void;
}) {
  return (
    <label class="field share">
      <span>
        {say("Share of wording {name}: {percent}%", { name, percent: Math.round((weight / total) * 100) })}
      </span>
      <input
        type="number"
        min={1}
        max={limits.variantWeight}
        value={weight}
        onChange={({ currentTarget: { value } }) =>
          onChange(Math.min(limits.variantWeight, Math.max(1, Math.trunc(Number(value)) || 1)))
        }
      />
    </label>
  );
}

/**
 * The other wordings of a step's email, among which its recipients are divided, and how the better
 * one is found.
 */
export function StepWordings({ step, hasSubject, onChange }: Props) {
  const titleId = useId();
  const { variants = [], letterWeight = 1 } = step;
  const total = variants.reduce((sum, { weight }) => sum + weight, letterWeight);
  const change = (index: number, part: Partial<SequenceVariant>) =>
    onChange(
      withWordings(
        step,
        variants.map((one, at) => (at === index ? { ...one, ...part } : one)),
      ),
    );
  const add = () => onChange(withWordings(step, [...variants, { weight: 50, letter: step.letter }]));
  return (
    <>
      {variants.length > 0 && (
        <>
          <p class="fine">
            {say(
              "Each person gets one wording. A wording counts as better once it has clearly more replies, from at least 30 emails of each; until then they stay divided as here. The campaign’s page shows the figures.",
            )}
          </p>
          <ShareField
            name="A"
            weight={letterWeight}
            total={total}
            onChange={(weight) => onChange({ ...withWordings(step, variants), letterWeight: weight })}
          />
        </>
      )}
      {variants.map(({ weight, letter }, index) => {
        const name = formatWording(index + 1);
        return (
          <section
            class="else-email"
            data-email={`variants.${index}`}
            aria-labelledby={`${titleId}-${index}`}
            // Wordings have no ids. A removed wording's text must not stay in another editor.
            key={`${index} ${variants.length}`}
          >
            <h5 id={`${titleId}-${index}`}>{say("Wording {name}", { name })}</h5>
            <ShareField
              name={name}
              weight={weight}
              total={total}
              onChange={(changed) => change(index, { weight: changed })}
            />
            <LetterFields
              letter={letter}
              hasSubject={hasSubject}
              onChange={(changed) => change(index, { letter: changed })}
            />
            <div>
              <Button kind="quiet" onClick={() => onChange(withWordings(step, variants.toSpliced(index, 1)))}>
                {say("Remove wording {name}", { name })}
              </Button>
            </div>
          </section>
        );
      })}
      {variants.length < limits.variantsPerStep - 1 && (
        <div>
          <Button kind="quiet" icon="plus" onClick={add}>
            {say("Add a wording to compare (A/B)")}
          </Button>
        </div>
      )}
    </>
  );
}
