import { useState } from "preact/hooks";
import { nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";
import { createLaunchApi } from "../../data/launch-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { getAddingPeopleKey } from "../../session/adding-people.ts";
import type { TimingChoices } from "../../session/launch-draft.ts";
import { buildTiming } from "../../session/launch-request.ts";
import type { LaunchSequence } from "../../session/launch-sequence.ts";
import {
  findHoursChoice,
  getDefaultSendWindow,
  skipsHolidaysByDefault,
} from "../../session/sending-hours.ts";
import { useSession } from "../../session/state.ts";
import { createStyleSheetHook } from "../../style/late-sheet.ts";
import sheet from "../../style/owners.css?inline";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent, Note } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { formatCount, say } from "../../words/say.ts";
import { describeSequenceSpan } from "../../words/words.ts";
import { type AddingDraft, emptyAddingDraft, getAddingDraftKey } from "../add-people/draft.ts";
import { fetchLaunchChoices, type LaunchChoices } from "../launch/data.ts";
import { SendingFields } from "../sending-fields.tsx";
import { forgetHostHomes, listHostPeople, useHostHomes } from "./host-homes.ts";

const useSheet = createStyleSheetHook(sheet);

type Choices = TimingChoices & { sequenceId: string | null; senderId: number | null; name: string | null };
const noChoices: Choices = {
  ...{ sequenceId: null, senderId: null, name: null },
  ...{ hours: null, skipsHolidays: null, startOn: null },
};

/** Returns the agent's choices, which stay while the host has unmounted the tab. */
function useChoices() {
  const { cache } = useSession();
  const key = "manyOwners";
  const [choices, setChoices] = useState(() => (cache.get(key) as Choices | undefined) ?? noChoices);
  const change = (part: Partial<Choices>) => {
    const next = { ...choices, ...part };
    cache.set(key, next);
    setChoices(next);
  };
  return { choices, change, forget: () => cache.delete(key) };
}

/**
 * Shows the first step of a launch to the owners of many properties: the sequence and how it is
 * sent. The people come in the next step, from the host or a file, and the launch comes last.
 */
export function OwnersView() {
  const place = useSheet();
  const homes = useHostHomes(place);
  const { go } = useSession();
  const offered = useResource("choices of sequences", ({ api }) => ({
    fetch: (signal) => fetchLaunchChoices(api, signal),
  }));
  const host = homes === null ? null : listHostPeople(homes);
  return (
    <div ref={place}>
      <ViewHeader
        title={say("Write to many owners")}
        detail={host !== null && formatCount(host.homes, "property", "properties")}
        back={{ label: say("Outreach"), onClick: () => go({ name: "campaigns" }) }}
      />
      {host !== null && host.emptyHomes > 0 && (
        <Note tone="warning">
          <p>
            {say("No contact is known for {homes}.", {
              homes: formatCount(host.emptyHomes, "property", "properties"),
            })}
          </p>
        </Note>
      )}
      <LoadedContent resource={offered} rows={4}>
        {(data) => <OwnersForm offered={data} people={host?.people ?? null} />}
      </LoadedContent>
    </div>
  );
}

/**
 * Tells whether a sequence needs the details of a sale, which only the launch of one home asks for.
 */
const tellsOfSale = ({ steps }: LaunchSequence) =>
  steps.some(({ subject, preheader, bodyHtml, bodyText }) =>
    [subject, preheader, bodyHtml, bodyText].some((part) => part.includes(nearbySaleVariablePath)),
  );

type FormProps = { offered: LaunchChoices; people: AddingDraft["people"] | null };

function OwnersForm({ offered, people }: FormProps) {
  const { choices, change, forget } = useChoices();
  const session = useSession();
  const { run, isBusy, failure } = useAction();
  const sequences = offered.presets.filter((one) => !tellsOfSale(one));
  const sequence = sequences.find(({ id }) => id === choices.sequenceId) ?? sequences[0];
  const usable = offered.senders.filter(({ isPaused }) => !isPaused);
  const sender = offered.senders.find(({ id }) => id === choices.senderId) ?? usable[0] ?? offered.senders[0];
  if (sender === undefined)
    return <Note tone="warning">{say("Add a sender first. Your administrator can set one up.")}</Note>;
  if (sequence === undefined) return null;
  const ownWindow = getDefaultSendWindow(sequence.rules);
  const ownChoice = findHoursChoice(ownWindow);
  const next = () =>
    run(async () => {
      const { api, cache, launchKeys, go } = session;
      const request = {
        ...buildTiming({ preset: sequence, sender, timing: choices }),
        name: (choices.name ?? "").trim() || sequence.name,
        senderId: sender.id,
        status: "draft" as const,
      };
      const campaign = await createLaunchApi(api).launch(request, launchKeys.getKey(request));
      launchKeys.forgetKey();
      cache.delete("campaigns");
      cache.set(`campaign ${campaign.id}`, campaign);
      const draft: AddingDraft =
        people === null
          ? { ...emptyAddingDraft, way: "file" }
          : { ...emptyAddingDraft, way: "host", people, isChecking: true };
      cache.set(getAddingDraftKey(campaign.id), draft);
      cache.set(getAddingPeopleKey(campaign.id), true);
      forgetHostHomes(cache);
      forget();
      go({ name: "people", id: campaign.id, title: campaign.name });
    });
  return (
    <div class="owners-form">
      <div class="fields">
        <label class="field">
          <span>{say("Sequence")}</span>
          <select
            value={sequence.id}
            onChange={({ currentTarget }) => change({ sequenceId: currentTarget.value })}
          >
            {sequences.map(({ id, name }) => (
              <option value={id} key={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{say("Name")}</span>
          <input
            type="text"
            maxLength={200}
            placeholder={sequence.name}
            value={choices.name ?? ""}
            onInput={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        </label>
      </div>
      <p class="fine">{describeSequenceSpan(sequence.steps)}</p>
      <SendingFields
        sender={sender}
        senders={offered.senders}
        timing={{
          hours: choices.hours ?? ownChoice,
          skipsHolidays: choices.skipsHolidays ?? skipsHolidaysByDefault(sequence.rules),
          startOn: choices.startOn,
        }}
        keptWindow={ownChoice === null ? ownWindow : null}
        onSender={(senderId) => change({ senderId })}
        onTiming={change}
      />
      <p class="fine">
        {say("Next come the owners, with a check of each. No emails go out before you press Launch.")}
      </p>
      {failure && <FailureNotice failure={failure} />}
      <div class="form-actions">
        <Button kind="primary" isBusy={isBusy} onClick={next}>
          {people === null ? say("Choose the owners") : say("Check the owners")}
        </Button>
      </div>
    </div>
  );
}
