import {
  findHoursChoice,
  getDefaultSendWindow,
  skipsHolidaysByDefault,
} from "../../session/sending-hours.ts";
import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { describeStopRules } from "../../words/sequence-rules.ts";
import { SendingFields } from "../sending-fields.tsx";
import { CampaignUnknownPolicyField } from "../unknown-policy.tsx";
import type { LaunchViewData } from "./view-data.ts";

/**
 * Shows the launch view's fields about sending, such as the sender and the hours. Each field has a
 * default that fits most launches.
 */
export function LaunchSendingFields({ view }: { view: LaunchViewData }) {
  const { draft, change, sender, senders, preset } = view;
  const { rules } = preset;
  const ownHours = getDefaultSendWindow(rules);
  const ownChoice = findHoursChoice(ownHours);
  if (!sender) {
    return <Note tone="warning">{say("Add a sender first. Your administrator can set one up.")}</Note>;
  }
  return (
    <section>
      <h3 class="group-title">{say("Sending")}</h3>
      <SendingFields
        sender={sender}
        senders={senders}
        timing={{
          hours: draft.hours ?? ownChoice,
          skipsHolidays: draft.skipsHolidays ?? skipsHolidaysByDefault(rules),
          startOn: draft.startOn,
        }}
        keptWindow={ownChoice === null ? ownHours : null}
        onSender={(senderId) => change({ senderId })}
        onTiming={change}
      />
      <p class="fine stops">{describeStopRules(rules)}</p>
      <details class="more-choices" open={draft.unknownPolicy !== "office"}>
        <summary>{say("More")}</summary>
        <CampaignUnknownPolicyField
          value={draft.unknownPolicy}
          onChange={(unknownPolicy) => change({ unknownPolicy })}
        />
      </details>
    </section>
  );
}
