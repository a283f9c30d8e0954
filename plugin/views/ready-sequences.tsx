import { useState } from "preact/hooks";
import { useResource } from "../data/use-resource.ts";
import { createLaunchDraft } from "../session/launch-draft.ts";
import { rankPresets } from "../session/preset-fit.ts";
import { useSession } from "../session/state.ts";
import { Button } from "../ui/button.tsx";
import { LoadedContent } from "../ui/feedback.tsx";
import { Icon } from "../ui/icon.tsx";
import { say } from "../words/say.ts";
import { describeSequenceSpan } from "../words/words.ts";

/**
 * Lists the preset sequences. Sequences that fit the property come first. A click on a sequence
 * opens the launch view.
 */
export function ReadySequences() {
  const { go, draft, property, contacts } = useSession();
  const [isWhole, setIsWhole] = useState(false);
  const presets = useResource("presets", ({ api }) => ({ fetch: (signal) => api.presets(signal) }));
  const choose = (id: string) => {
    draft.value = createLaunchDraft(id);
    go({ name: "launch" });
  };
  return (
    <LoadedContent resource={presets}>
      {({ items }) => {
        const { fitting, more } = rankPresets(items, property.value, contacts.value);
        return (
          <>
            <ul class="list presets">
              {[...fitting, ...(isWhole ? more : [])].map(({ preset, reason }) => (
                <li class="card preset-card" key={preset.id}>
                  <h3>
                    <button type="button" class="card-link" onClick={() => choose(preset.id)}>
                      {preset.name}
                    </button>
                  </h3>
                  {reason && <p class="fit">{reason}</p>}
                  <p class="muted">{preset.description}</p>
                  <p class="fine">{describeSequenceSpan(preset.steps)}</p>
                  <Icon name="next" />
                </li>
              ))}
            </ul>
            {more.length > 0 && !isWhole && (
              <p class="more">
                <Button kind="quiet" label={say("Show more sequences")} onClick={() => setIsWhole(true)}>
                  {say("More")}
                </Button>
              </p>
            )}
          </>
        );
      }}
    </LoadedContent>
  );
}
