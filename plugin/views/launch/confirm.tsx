import { useState } from "preact/hooks";
import type { Sender } from "../../../shared/sender.ts";
import { buildLaunchRequest } from "../../session/launch-request.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/feedback.tsx";
import { formatFirstSendDate } from "../../words/planned-dates.ts";
import { formatCount } from "../../words/words.ts";
import { CollisionsNote, useCollisions } from "./collisions.tsx";
import { PlannedDate, usePlannedDates } from "./dates.tsx";
import type { LaunchViewData } from "./view-data.ts";

type Props = {
  view: LaunchViewData;
  sender: Sender;
  onClose: () => void;
};

function useLaunch({ view, sender, onClose }: Props, ignoresCollisions: boolean) {
  const session = useSession();
  const action = useAction();
  const { draft, preset, chosen, property } = view;
  const launch = () =>
    action.run(async () => {
      const { propertyId, launchKeys } = session;
      const request = buildLaunchRequest({
        preset,
        sender,
        hours: draft.hours,
        skipsHolidays: draft.skipsHolidays,
        recipients: chosen,
        property,
        propertyId,
        ignoresCollisions,
        refusalNote: draft.refusalNote,
      });
      const campaign = await session.api.launch(request, launchKeys.getKey(request));
      launchKeys.forgetKey();
      session.cache.delete("campaigns");
      session.cache.delete("launch");
      session.cache.set(`campaign ${campaign.id}`, campaign);
      session.draft.value = null;
      session.status.value = `Launched to ${formatCount(chosen.length, "recipient")}.`;
      session.emit("campaign-launched", { campaignId: campaign.id, recipients: chosen.length });
      onClose();
      session.go({ name: "campaign", id: campaign.id, title: campaign.name });
    });
  return { action, launch };
}

export function LaunchConfirmDialog(props: Props) {
  const { view, sender, onClose } = props;
  const collisions = useCollisions(view.chosen);
  const [ignoresCollisions, setIgnoresCollisions] = useState(false);
  const { action, launch } = useLaunch(props, ignoresCollisions);
  const { format } = useSession();
  const dates = usePlannedDates(view, view.chosen);
  const people = formatCount(view.chosen.length, "recipient");
  const waiting = view.chosen.filter(({ email }) => email === null).length;
  const incomplete = view.chosen.filter(({ key }) => view.missing[key]);
  return (
    <ConfirmDialog
      title={`Launch to ${people}?`}
      confirm={action.failure ? "Try again" : "Launch"}
      isBusy={action.isBusy}
      failure={action.failure}
      onConfirm={launch}
      onClose={onClose}
    >
      <dl class="envelope">
        <dt>Sequence</dt>
        <dd>
          {view.preset.name}, {formatCount(view.preset.steps.length, "email")}
        </dd>
        <dt>To</dt>
        <dd>{view.chosen.map(({ name }) => name).join(", ")}</dd>
        <dt>From</dt>
        <dd>
          {sender.fromName}, {sender.fromEmail}
        </dd>
        {(dates.data || !dates.failure) && (
          <>
            <dt>First email</dt>
            <dd>
              <PlannedDate dates={dates} text={(known) => formatFirstSendDate(known, format)} />
            </dd>
          </>
        )}
      </dl>
      {collisions && (
        <CollisionsNote
          chosen={view.chosen}
          collisions={collisions}
          ignoresCollisions={ignoresCollisions}
          onChange={setIgnoresCollisions}
        />
      )}
      {waiting > 0 && (
        <Note tone="info">
          {formatCount(waiting, "recipient")} without an email address: they start once there is one.
        </Note>
      )}
      {incomplete.length > 0 && (
        <Note tone="warning">
          Something is missing for {incomplete.map(({ name }) => name).join(", ")}. Emails that need it wait
          until it is known.
        </Note>
      )}
      <p class="muted">It stops for everybody at this property as soon as one of them answers or opts out.</p>
    </ConfirmDialog>
  );
}
