import { useState } from "preact/hooks";
import { type FittingPreset, rankPresets } from "../../session/preset-fit.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import { describeSequenceSpan } from "../../words/words.ts";
import type { LaunchViewData } from "./view-data.ts";

function SequenceChoice({
  preset,
  reason,
  isChosen,
  onChoose,
}: FittingPreset & {
  isChosen: boolean;
  onChoose: () => void;
}) {
  return (
    <label class="choice">
      <input type="radio" name="sequence" checked={isChosen} onChange={onChoose} />
      <span>
        <span class="choice-name">{preset.name}</span>
        {reason && <span class="fit">{reason}</span>}
        <span class="muted">{preset.description}</span>
        <span class="fine">{describeSequenceSpan(preset.steps)}</span>
      </span>
    </label>
  );
}

/**
 * Shows the chosen sequence. After a click on "Change", shows the other sequences, too. Sequences
 * that fit the property come first; the rest appears after a click on "More".
 */
export function LaunchSequencePicker({ view }: { view: LaunchViewData }) {
  const { preset, presets, change } = view;
  const { contacts, go } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const [isWhole, setIsWhole] = useState(false);
  const { fitting, more } = rankPresets(presets, view.property, contacts.value);
  const isMoreShown = isWhole || more.some((one) => one.preset.id === preset.id);
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">{say("Sequence")}</h3>
        {isOpen ? (
          <Button kind="quiet" onClick={() => go({ name: "sequences" })}>
            {say("All sequences")}
          </Button>
        ) : (
          <Button kind="quiet" label={say("Change the sequence")} onClick={() => setIsOpen(true)}>
            {say("Change")}
          </Button>
        )}
      </div>
      {isOpen ? (
        <fieldset class="rows">
          <legend class="unseen">{say("Sequence")}</legend>
          {[...fitting, ...(isMoreShown ? more : [])].map((one) => (
            <SequenceChoice
              preset={one.preset}
              reason={one.reason}
              isChosen={one.preset.id === preset.id}
              onChoose={() => change({ presetId: one.preset.id })}
              key={one.preset.id}
            />
          ))}
          {more.length > 0 && !isMoreShown && (
            <Button kind="quiet" label={say("Show more sequences")} onClick={() => setIsWhole(true)}>
              {say("More")}
            </Button>
          )}
        </fieldset>
      ) : (
        <div class="card">
          <p class="choice-name">{preset.name}</p>
          <p class="muted">{preset.description}</p>
          <p class="fine">{describeSequenceSpan(preset.steps)}</p>
        </div>
      )}
    </section>
  );
}
