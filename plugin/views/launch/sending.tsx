import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { SendingFields } from "../sending-fields.tsx";
import { CampaignUnknownPolicyField } from "../unknown-policy.tsx";
import type { LaunchViewData } from "./view-data.ts";

/** The launch view's fields for sending. Each field has a default that suits most launches. */
export function LaunchSendingFields({ view }: { view: LaunchViewData }) {
  const { draft, change, sender, senders } = view;
  if (!sender) {
    return <Note tone="warning">{say("Add a sender first. Your administrator can set one up.")}</Note>;
  }
  return (
    <section>
      <h3 class="group-title">{say("Sending")}</h3>
      <SendingFields
        sender={sender}
        senders={senders}
        timing={draft}
        onSender={(senderId) => change({ senderId })}
        onTiming={change}
      />
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
