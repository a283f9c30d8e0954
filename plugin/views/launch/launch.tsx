import { useState } from "preact/hooks";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { useResource } from "../../data/use-resource.ts";
import type { PropertyContactHistory } from "../../session/launch-candidates.ts";
import { createLaunchDraft, type LaunchDraft } from "../../session/launch-draft.ts";
import {
  countEmails,
  getLaunchSequenceKey,
  type LaunchSequence,
  toLaunchSequence,
} from "../../session/launch-sequence.ts";
import { rankPresets } from "../../session/preset-fit.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { LoadedContent, Note } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { say } from "../../words/say.ts";
import { LaunchConfirmDialog } from "./confirm.tsx";
import { fetchLaunchChoices, type LaunchChoices } from "./data.ts";
import { LaunchEmailPreviews } from "./emails.tsx";
import { usePropertyContactHistory } from "./history.tsx";
import { MissingDetailsForm } from "./missing-details.tsx";
import { findLaunchReadiness } from "./readiness.ts";
import { LaunchRecipients } from "./recipients.tsx";
import { LaunchSaleFields } from "./sale.tsx";
import { SaveDraftButton } from "./save-draft.tsx";
import { LaunchSendingFields } from "./sending.tsx";
import { LaunchSequencePicker } from "./sequence.tsx";
import { useLaunchViewData } from "./view-data.ts";

type BuilderProps = {
  data: LaunchChoices;
  memory: PropertyContactHistory;
  preset: LaunchSequence;
  draft: LaunchDraft;
};

/**
 * Loads the letters and tasks of a sequence. Until the letters and tasks are loaded, returns the
 * sequence's outline (the sequence without letters and tasks).
 */
function useWholeSequence(preset: LaunchSequence): LaunchSequence {
  const whole = useResource<LaunchSequence>(getLaunchSequenceKey(preset.id), ({ api }) => ({
    fetch: async (signal) =>
      preset.isOutline ? toLaunchSequence(await createSequenceApi(api).read(preset.id, signal)) : preset,
  }));
  return whole.data ?? preset;
}

function LaunchBuilder({ data, memory, preset: chosen, draft }: BuilderProps) {
  const preset = useWholeSequence(chosen);
  const view = useLaunchViewData(data, memory, preset, draft);
  const [isConfirming, setIsConfirming] = useState(false);
  const readiness = findLaunchReadiness({
    hasSender: view.sender !== null,
    isPropertyClosed: memory.closedBy.length > 0,
    refusalNote: draft.refusalNote,
    lacksSale: view.tellsOfSale && view.nearbySale === null,
    recipients: view.chosen.length,
    steps: countEmails(preset),
  });
  return (
    <div class="builder">
      <div class="builder-choices">
        <LaunchSequencePicker view={view} />
        {view.tellsOfSale && <LaunchSaleFields view={view} />}
        <LaunchRecipients view={view} />
        <MissingDetailsForm view={view} />
      </div>
      <LaunchEmailPreviews view={view} />
      <div class="builder-sending">
        <LaunchSendingFields view={view} />
      </div>
      <footer class="launch-bar">
        <p>{readiness.line}</p>
        <SaveDraftButton view={view} />
        <Button
          kind="primary"
          icon="send"
          isDisabled={!readiness.isReady || preset.isOutline === true}
          onClick={() => setIsConfirming(true)}
        >
          {say("Launch…")}
        </Button>
      </footer>
      {isConfirming && view.sender && (
        <LaunchConfirmDialog view={view} sender={view.sender} onClose={() => setIsConfirming(false)} />
      )}
    </div>
  );
}

export function LaunchView() {
  const { go, property, contacts, draft } = useSession();
  const data = useResource("launch", ({ api }) => ({
    fetch: (signal) => fetchLaunchChoices(api, signal),
  }));
  const memory = usePropertyContactHistory([...contacts.value, ...(draft.value?.added ?? [])]);
  const { streetAddress, city } = property.value;
  const place = [streetAddress, city].filter((part) => typeof part === "string").join(", ");
  return (
    <>
      <ViewHeader
        title={say("New outreach")}
        detail={place || undefined}
        back={{ label: say("Campaigns"), onClick: () => go({ name: "campaigns" }) }}
      />
      <LoadedContent resource={data} rows={5}>
        {(loaded) => {
          const [best] = rankPresets(loaded.presets, property.value, contacts.value).fitting;
          const preset = loaded.presets.find(({ id }) => id === draft.value?.presetId) ?? best?.preset;
          if (!preset)
            return (
              <Note tone="warning">
                {say("There are no sequences to choose from. Ask your administrator.")}
              </Note>
            );
          const current = draft.value ?? createLaunchDraft(preset.id);
          return (
            <LoadedContent resource={memory} rows={5}>
              {(known) => <LaunchBuilder data={loaded} memory={known} preset={preset} draft={current} />}
            </LoadedContent>
          );
        }}
      </LoadedContent>
    </>
  );
}
