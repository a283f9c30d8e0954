import { useState } from "preact/hooks";
import type { Preset } from "../../../shared/preset.ts";
import type { Sender } from "../../../shared/sender.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact, JsonRecord } from "../../host/mapping.ts";
import { type Candidate, candidates, type LaunchDraft, newDraft } from "../../session/launch-draft.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { Load, Note } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { plural } from "../../words/words.ts";
import { LaunchConfirm } from "./confirm.tsx";
import { fetchLaunchData, fetchMissing, type LaunchData } from "./data.ts";
import { LaunchEmails } from "./emails.tsx";
import { LaunchRecipients } from "./recipients.tsx";
import { LaunchSending } from "./sending.tsx";
import { LaunchSequence } from "./sequence.tsx";

/** Everything the parts of the builder need, worked out once per change. */
export interface LaunchPlan {
  draft: LaunchDraft;
  change: (part: Partial<LaunchDraft>) => void;
  preset: Preset;
  presets: Preset[];
  sender: Sender | null;
  senders: Sender[];
  offered: Candidate[];
  chosen: Contact[];
  property: JsonRecord;
  /** Variables without a value, by contact key. */
  missing: Record<string, string[]>;
}

function useMissing(preset: Preset, senderId: number | null, chosen: Contact[], property: JsonRecord) {
  const contacts = chosen.filter(({ email }) => email !== null);
  const subject = { preset, senderId, contacts, property };
  const key = `missing ${JSON.stringify([preset.id, senderId, contacts, property])}`;
  const checked = useResource(key, ({ api }) => ({ fetch: (signal) => fetchMissing(api, subject, signal) }));
  return checked.data ?? {};
}

function usePlan(data: LaunchData, preset: Preset, draft: LaunchDraft): LaunchPlan {
  const session = useSession();
  const offered = candidates(session.contacts.value, draft, data.known);
  const chosen = offered.filter(({ isSelected }) => isSelected).map(({ contact }) => contact);
  const usable = data.senders.filter(({ isPaused }) => !isPaused);
  const sender = data.senders.find(({ id }) => id === draft.senderId) ?? usable[0] ?? data.senders[0] ?? null;
  const property = session.property.value;
  const missing = useMissing(preset, sender?.id ?? null, chosen, property);
  return {
    draft,
    change: (part) => {
      session.draft.value = { ...draft, ...part };
    },
    preset,
    presets: data.presets,
    sender,
    senders: data.senders,
    offered,
    chosen,
    property,
    missing,
  };
}

function launchLine({ chosen, preset, sender }: LaunchPlan): string {
  if (!sender) return "A sender has to be set up first";
  if (chosen.length === 0) return "Choose at least one recipient";
  return `${plural(chosen.length, "recipient")} · up to ${plural(preset.steps.length, "email")} each`;
}

function Builder({ data, preset, draft }: { data: LaunchData; preset: Preset; draft: LaunchDraft }) {
  const plan = usePlan(data, preset, draft);
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
        <p>{launchLine(plan)}</p>
        <Button kind="primary" icon="send" isDisabled={!isReady} onClick={() => setIsConfirming(true)}>
          Launch…
        </Button>
      </footer>
      {isConfirming && sender && (
        <LaunchConfirm plan={plan} sender={sender} onClose={() => setIsConfirming(false)} />
      )}
    </div>
  );
}

export function View() {
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
      <Load resource={data} rows={5}>
        {(loaded) => {
          const preset = loaded.presets.find(({ id }) => id === draft.value?.presetId) ?? loaded.presets[0];
          if (!preset) return <Note tone="warning">There is no ready sequence to choose from.</Note>;
          return <Builder data={loaded} preset={preset} draft={draft.value ?? newDraft(preset.id)} />;
        }}
      </Load>
    </>
  );
}
