import type { LaunchStep } from "../../session/launch-sequence.ts";
import { say } from "../../words/say.ts";
import { formatWordingName } from "../../words/wording-name.ts";

type Props = {
  step: Pick<LaunchStep, "variants" | "letterWeight">;
  /** The index of the shown wording. */
  chosen: number;
  onChoose: (variant: number) => void;
};

/**
 * Shows the buttons by which the agent switches between the wordings of a step. Each button shows
 * the wording's share of the people. The Worker draws each person's wording by lot at the launch.
 */
export function WordingSwitch({ step: { variants = [], letterWeight = 1 }, chosen, onChoose }: Props) {
  const weights = [letterWeight, ...variants.map(({ weight }) => weight)];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (
    <>
      <p class="fine">{say("Each person gets one of these wordings at random.")}</p>
      <fieldset class="choices" aria-label={say("Which wording")}>
        {weights.map((weight, index) => (
          <button
            type="button"
            class="button quiet"
            aria-pressed={chosen === index}
            onClick={() => onChoose(index)}
            key={formatWordingName(index)}
          >
            {say("Wording {name}, {percent}%", {
              ...{ name: formatWordingName(index), percent: Math.round((weight / total) * 100) },
            })}
          </button>
        ))}
      </fieldset>
    </>
  );
}
