import type { Campaign } from "../../../shared/campaign.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { LabeledCounts } from "../../ui/figures.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { describeFiguresAge } from "../../words/counted-at.ts";
import { formatCount, say } from "../../words/say.ts";
import { describeSendWindow } from "../../words/timing.ts";
import { campaignStatusLabels } from "../../words/words.ts";
import { OpenTaskList } from "../tasks.tsx";
import { CampaignActions } from "./actions.tsx";
import { NextEmail } from "./next-email.tsx";
import { CampaignNotices } from "./notices.tsx";
import { CampaignRecipients } from "./recipients.tsx";
import { CampaignStepList } from "./steps.tsx";
import { StepsUndoNotice } from "./steps-undo.tsx";
import { CampaignUnknownPolicySetting } from "./unknown-policy.tsx";

/**
 * Shows the counts of the campaign's results, such as emails sent and replies. Shows nothing before
 * the launch.
 */
function CampaignOutcome({ campaign }: { campaign: Campaign }) {
  const { format, tokens } = useSession();
  if (campaign.launchedAt === null) return null;
  const age = describeFiguresAge(campaign.countedAt, tokens.now(), format.clock);
  const { sent, unknown, opened, clicked, replied, bounced, unsubscribed, complained } = campaign.stats;
  const badNews = [
    bounced > 0 && say("{bounced} bounced", { bounced }),
    unsubscribed > 0 && say("{unsubscribed} unsubscribed", { unsubscribed }),
    complained > 0 && say("{complained} marked as spam", { complained }),
  ].filter(Boolean);
  return (
    <>
      <LabeledCounts
        size="large"
        figures={[
          { label: say("Sent"), value: sent },
          { label: say("Opened"), value: opened },
          { label: say("Clicked"), value: clicked },
          { label: say("Replied"), value: replied, isGood: true },
        ]}
      />
      {unknown > 0 && (
        <p class="fine">
          {say("{emails} probably sent, not confirmed by the email service", {
            emails: formatCount(unknown, "email"),
          })}
        </p>
      )}
      {badNews.length > 0 && <p class="fine bad-news">{badNews.join(" · ")}</p>}
      {age && <p class="fine">{age}</p>}
    </>
  );
}

type BodyProps = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
  onReload: () => void;
};

function CampaignBody(props: BodyProps) {
  const { campaign } = props;
  return (
    <>
      <CampaignNotices {...props} />
      <StepsUndoNotice campaignId={campaign.id} onUndone={props.onReload} />
      <OpenTaskList
        of={{ campaignId: campaign.id }}
        isLive={campaign.status === "active"}
        onClosed={props.onReload}
      />
      <NextEmail campaign={campaign} />
      <CampaignOutcome campaign={campaign} />
      <CampaignRecipients campaign={campaign} isRunning={campaign.status === "active"} />
      <CampaignStepList campaign={campaign} onChange={props.onChange} />
      <CampaignUnknownPolicySetting campaign={campaign} onChange={props.onChange} />
    </>
  );
}

export function CampaignView({ id, title }: { id: number; title: string }) {
  const { go, format } = useSession();
  const campaign = useResource(`campaign ${id}`, ({ api }) => ({
    fetch: (signal) => createCampaignApi(api).campaign(id, signal),
    shouldPoll: ({ status }: Campaign) => status === "active",
  }));
  const { data } = campaign;
  const launcher = data?.createdBy.name ? ` · ${say("by {name}", { name: data.createdBy.name })}` : "";
  const label = data && campaignStatusLabels[data.status];
  const detail =
    data &&
    `${formatCount(data.counts.recipients, "recipient")} · ${describeSendWindow(data.sendWindow, format.clock)}${launcher}`;
  return (
    <>
      <ViewHeader
        title={data?.name ?? title}
        badge={label && <Badge tone={label.tone} text={say(label.text)} />}
        detail={detail}
        back={{ label: say("Campaigns"), onClick: () => go({ name: "campaigns" }) }}
      >
        {data && <CampaignActions campaign={data} onChange={campaign.set} />}
      </ViewHeader>
      <LoadedContent resource={campaign} rows={4}>
        {(loaded) => <CampaignBody campaign={loaded} onChange={campaign.set} onReload={campaign.reload} />}
      </LoadedContent>
    </>
  );
}
