import { useState } from "preact/hooks";
import type { Preset } from "../../../shared/preset.ts";
import { useResource } from "../../data/use-resource.ts";
import { createLaunchDraft, type LaunchDraft } from "../../session/launch-draft.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { LoadedContent, Note } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { formatCount } from "../../words/words.ts";
import { LaunchDialog } from "./confirm.tsx";
import { fetchLaunchData, type LaunchData } from "./data.ts";
import { LaunchEmails } from "./emails.tsx";
import { type LaunchPlan, useLaunchPlan } from "./plan.ts";
import { LaunchRecipients } from "./recipients.tsx";
import { LaunchSending } from "./sending.tsx";
import { LaunchSequence } from "./sequence.tsx";

function formatLaunchLine({ chosen, preset, sender }: LaunchPlan): string {
  if (!sender) return "A sender has to be set up first";
  if (chosen.length === 0) return "Choose at least one recipient";
  return `${formatCount(chosen.length, "recipient")} · up to ${formatCount(preset.steps.length, "email")} each`;
}

function LaunchBuilder({ data, preset, draft }: { data: LaunchData; preset: Preset; draft: LaunchDraft }) {
  const plan = useLaunchPlan(data, preset, draft);
  const [isConfirming, setIsConfirming] = useState(false);
  const { sender, chosen } = plan;
  const isReady = sender !== null && chosen.length > 0;
  return (
    <div class="builder">
      <div class="builder-choices">
        <LaunchSequence plan={plan} />
        <LaunchRecipients plan={plan} />
        <LaunchSending plan={plan} />
      </div>
      <LaunchEmails plan={plan} />
      <footer class="launch-bar">
        <p>{formatLaunchLine(plan)}</p>
        <Button kind="primary" icon="send" isDisabled={!isReady} onClick={() => setIsConfirming(true)}>
          Launch…
        </Button>
      </footer>
      {isConfirming && sender && (
        <LaunchDialog plan={plan} sender={sender} onClose={() => setIsConfirming(false)} />
      )}
    </div>
  );
}

export function LaunchView() {
  const { go, propertyId, property, draft } = useSession();
  const data = useResource("launch", ({ api }) => ({
    fetch: (signal) => fetchLaunchData(api, propertyId, signal),
  }));
  const { streetAddress, city } = property.value;
  const place = [streetAddress, city].filter((part) => typeof part === "string").join(", ");
  return (
    <>
      <ViewHeader
        title="New outreach"
        detail={place || undefined}
        back={{ label: "Campaigns", onClick: () => go({ name: "campaigns" }) }}
      />
      <LoadedContent resource={data} rows={5}>
        {(loaded) => {
          const preset = loaded.presets.find(({ id }) => id === draft.value?.presetId) ?? loaded.presets[0];
          if (!preset) return <Note tone="warning">There is no ready sequence to choose from.</Note>;
          return (
            <LaunchBuilder
              data={loaded}
              preset={preset}
              draft={draft.value ?? createLaunchDraft(preset.id)}
            />
          );
        }}
      </LoadedContent>
    </>
  );
}
