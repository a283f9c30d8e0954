import { useId } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { SequenceEmailStep, SequenceVariant } from "../../../shared/sequence.ts";
import { Button } from "../../ui/button.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { say } from "../../words/say.ts";
import { describeWinningWordingRule } from "../../words/winner.ts";
import { formatWordingName } from "../../words/wording-name.ts";
import { LetterForm } from "./letter.tsx";

type Props = {
  step: SequenceEmailStep;
  /** The subject of the thread that the step continues; null for a step with its own subject. */
  threadSubject: string | null;
  onChange: (step: SequenceEmailStep) => void;
};

/** By default, Doorknock chooses the better wording after this number of emails of each wording. */
const defaultWinnerAfter = 30;

/**
 * Returns the step with these additional wordings. Without additional wordings, removes the
 * settings of the comparison, too.
 */
function withWordings(step: SequenceEmailStep, variants: SequenceVariant[]): SequenceEmailStep {
  const { variants: before, letterWeight, winnerAfter, ...single } = step;
  if (variants.length === 0) return single;
  const after = before === undefined ? defaultWinnerAfter : winnerAfter;
  const chosen = after === undefined ? {} : { winnerAfter: after };
  return { ...single, letterWeight: letterWeight ?? 50, variants, ...chosen };
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
    <NumberField
      label={say("Share of wording {name}: {percent}%", {
        name,
        percent: Math.round((weight / total) * 100),
      })}
      isShort
      value={weight}
      min={1}
      max={limits.variantWeight}
      onChange={onChange}
    />
  );
}

/**
 * Shows the fields that decide who chooses the better wording, the agent or Doorknock, and after
 * how many emails Doorknock chooses.
 */
function WinnerFields({ step, onChange }: Pick<Props, "step" | "onChange">) {
  const { winnerAfter } = step;
  const set = (count: number | null) => {
    const { winnerAfter: _, ...unchosen } = step;
    onChange(count === null ? unchosen : { ...step, winnerAfter: count });
  };
  const { winnerAfterLeast: least, winnerAfterMost: most } = limits;
  return (
    <>
      <div class="fields">
        <label class="field">
          <span>{say("Who chooses the better wording")}</span>
          <select
            value={winnerAfter === undefined ? "nobody" : "doorknock"}
            onChange={({ currentTarget: { value } }) => set(value === "nobody" ? null : defaultWinnerAfter)}
          >
            <option value="doorknock">{say("Doorknock, based on replies")}</option>
            <option value="nobody">{say("You, on the campaign’s page")}</option>
          </select>
        </label>
        {winnerAfter !== undefined && (
          <NumberField
            label={say("After emails of each wording")}
            value={winnerAfter}
            min={least}
            max={most}
            onChange={set}
          />
        )}
      </div>
      <p class="fine">
        {winnerAfter === undefined
          ? say("People are split by these shares until you choose.")
          : describeWinningWordingRule(winnerAfter)}
      </p>
    </>
  );
}

/**
 * Shows the additional wordings of a step's email, and the rule that chooses the best wording. The
 * step's recipients are divided among the wordings.
 */
export function StepWordingsForm({ step, threadSubject, onChange }: Props) {
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
          <p class="fine">{say("Each person gets one wording. The campaign’s page shows the figures.")}</p>
          <WinnerFields step={step} onChange={onChange} />
          <ShareField
            name="A"
            weight={letterWeight}
            total={total}
            onChange={(weight) => onChange({ ...withWordings(step, variants), letterWeight: weight })}
          />
        </>
      )}
      {variants.map(({ weight, letter }, index) => {
        const name = formatWordingName(index + 1);
        return (
          <section
            class="else-email"
            data-email={`variants.${index}`}
            aria-labelledby={`${titleId}-${index}`}
            // Wordings have no ids. A key with the number of wordings replaces all editors when a
            // wording is removed, so that no editor keeps the removed text.
            key={`${index} ${variants.length}`}
          >
            <h5 id={`${titleId}-${index}`}>{say("Wording {name}", { name })}</h5>
            <ShareField
              name={name}
              weight={weight}
              total={total}
              onChange={(changed) => change(index, { weight: changed })}
            />
            <LetterForm
              letter={letter}
              threadSubject={threadSubject}
              versionsOf={null}
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
