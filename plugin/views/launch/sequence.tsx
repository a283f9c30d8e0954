import { useState } from "preact/hooks";
import type { Preset } from "../../../shared/preset.ts";
import { Button } from "../../ui/button.tsx";
import { describeSequenceSpan } from "../../words/words.ts";
import type { LaunchViewData } from "./view-data.ts";

function SequenceChoice({
  preset,
  isChosen,
  onChoose,
}: {
  preset: Preset;
  isChosen: boolean;
  onChoose: () => void;
}) {
  return (
    <label class="choice">
      <input type="radio" name="sequence" checked={isChosen} onChange={onChoose} />
      <span>
        <span class="choice-name">{preset.name}</span>
        <span class="muted">{preset.description}</span>
        <span class="fine">{describeSequenceSpan(preset.steps)}</span>
      </span>
    </label>
  );
}

/**
 * The chosen sequence. The other sequences are shown only after a click on "Change", because a
 * drawer has little room.
 */
export function LaunchSequencePicker({ view }: { view: LaunchViewData }) {
  const { preset, presets, change } = view;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">Sequence</h3>
        {!isOpen && presets.length > 1 && (
          <Button kind="quiet" label="Change the sequence" onClick={() => setIsOpen(true)}>
            Change
          </Button>
        )}
      </div>
      {isOpen ? (
        <fieldset class="rows">
          <legend class="unseen">Sequence</legend>
          {presets.map((one) => (
            <SequenceChoice
              preset={one}
              isChosen={one.id === preset.id}
              onChoose={() => change({ presetId: one.id })}
              key={one.id}
            />
          ))}
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
