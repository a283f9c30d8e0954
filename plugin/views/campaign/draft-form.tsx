import { useState } from "preact/hooks";
import type { Campaign, CampaignPatch } from "../../../shared/campaign.ts";
import type { Sender } from "../../../shared/sender.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { findCalendarDay, findDayStart } from "../../session/day-start.ts";
import type { TimingChoices } from "../../session/launch-draft.ts";
import { findHoursChoice, sendWindowsByChoice } from "../../session/sending-hours.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent } from "../../ui/feedback.tsx";
import { useFirstFieldFocus } from "../../ui/form-focus.ts";
import { say } from "../../words/say.ts";
import { type EditableTiming, SendingFields } from "../sending-fields.tsx";

type Props = {
  id: string;
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
  onClose: () => void;
};

type Choices = EditableTiming & { name: string; sender: Sender };

function readChoices({ name, sendWindow, schedule }: Campaign, sender: Sender): Choices {
  const { startAt, skipsHolidays } = schedule;
  const zone = schedule.timeZone ?? sender.timeZone;
  return {
    name,
    sender,
    hours: findHoursChoice(sendWindow),
    skipsHolidays,
    startOn: startAt === null ? null : findCalendarDay(Date.parse(startAt), zone),
  };
}

/**
 * Builds the request that changes a draft. If the agent has not changed the first day, the draft
 * keeps the exact start time that the Worker has stored.
 */
function buildChange({ schedule, senderId }: Campaign, before: Choices, now: Choices): CampaignPatch {
  const { name, sender, hours, skipsHolidays, startOn } = now;
  const startsAsBefore = startOn === before.startOn && sender.timeZone === before.sender.timeZone;
  const startAt = startOn === null ? null : findDayStart(startOn, sender.timeZone);
  return {
    name: name.trim(),
    senderId: sender.id,
    ...(hours === null ? {} : { sendWindow: sendWindowsByChoice[hours] }),
    schedule: {
      ...schedule,
      ...(sender.id === senderId ? {} : { timeZone: sender.timeZone }),
      ...(startsAsBefore ? {} : { startAt }),
      skipsHolidays,
    },
  };
}

function DraftFields({ id, campaign, senders, onChange, onClose }: Props & { senders: readonly Sender[] }) {
  const { api, cache, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const form = useFirstFieldFocus<HTMLFormElement>();
  const first = senders.find((one) => one.id === campaign.senderId) ?? senders[0];
  const [choices, setChoices] = useState(() => first && readChoices(campaign, first));
  if (!first || !choices) return null;
  const change = (part: Partial<Choices>) => setChoices({ ...choices, ...part });
  const changeTiming = ({ skipsHolidays, ...others }: Partial<TimingChoices>) =>
    change({ ...others, skipsHolidays: skipsHolidays ?? choices.skipsHolidays });
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const patch = buildChange(campaign, readChoices(campaign, first), choices);
      onChange(await createCampaignApi(api).changeCampaign(campaign.id, patch));
      cache.delete("campaigns");
      status.value = say("Draft saved.");
      onClose();
    });
  };
  return (
    <form ref={form} id={id} class="choices draft-form" onSubmit={save}>
      <label class="field">
        <span>{say("Name")}</span>
        <input
          type="text"
          required
          maxLength={200}
          value={choices.name}
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </label>
      <SendingFields
        sender={choices.sender}
        senders={senders}
        timing={choices}
        keptWindow={findHoursChoice(campaign.sendWindow) === null ? campaign.sendWindow : null}
        onSender={(chosen) => change({ sender: senders.find((one) => one.id === chosen) ?? choices.sender })}
        onTiming={changeTiming}
      />
      <div class="note-actions">
        <button type="submit" class="button primary" aria-busy={isBusy}>
          {say("Save")}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </form>
  );
}

/** Shows the form that changes a draft: its name, sender, first day, hours and holidays. */
export function DraftForm(props: Props) {
  const senders = useResource("senders", ({ api }) => ({ fetch: (signal) => api.senders(signal) }));
  return (
    <LoadedContent resource={senders} rows={3}>
      {({ items }) => <DraftFields {...props} senders={items} />}
    </LoadedContent>
  );
}
